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
        if (message is Populate populate)
            populate.Create(Context);
        else
            Unhandled(message);
    }

    protected override SupervisorStrategy SupervisorStrategy() => new FailTheRun();

    private sealed class FailTheRun() : OneForOneStrategy(_ => Directive.Stop)
    {
        protected override Directive Handle(IActorRef child, Exception exception)
        {
            Partition.Current?.RecordFault(exception, child.Path.ToStringWithoutAddress());
            return Directive.Stop;
        }
    }
}
