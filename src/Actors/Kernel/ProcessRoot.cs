using System.Reflection;
using Akka.Actor;

namespace Actors.Kernel;

/// <summary>
/// Parent of actors of one logical process: it lives on the process too, so that its children fail and stop in virtual time.
/// A child's failure fails the run. Children are made on request, inside the process; nest roots to keep families small.
/// </summary>
public sealed class ProcessRoot : UntypedActor
{
    /// <summary>Ask a root to create children; runs in the root's context.</summary>
    public sealed record Populate(Action<IUntypedActorContext> Create);

    protected override void OnReceive(object message)
    {
        if (message is not Populate populate)
        {
            Unhandled(message);
            return;
        }

        try
        {
            populate.Create(Context);
        }
        catch (Exception cause)
        {
            // The guardian above lives in real time and would restart this root in silence.
            Partition.Current?.RecordFault(cause, StableIdentity.Name(Self.Path));
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => new FailTheRun();

    private sealed class FailTheRun() : OneForOneStrategy(_ => Directive.Stop, loggingEnabled: false)
    {
        protected override Directive Handle(IActorRef child, Exception exception)
        {
            // What creation wraps around the constructor's own exception tells nothing.
            var cause = exception;
            while (cause is ActorInitializationException or TypeLoadException or TargetInvocationException && cause.InnerException is { } inner)
                cause = inner;
            Partition.Current?.RecordFault(cause, StableIdentity.Name(child.Path));
            return Directive.Stop;
        }
    }
}
