using Akka.Actor;

namespace Actors.Kernel;

/// <summary>The payload of an event that is more than one delivery.</summary>
internal abstract class ScheduledAction(IActorRef? receiver, ICancelable? cancelable)
{
    /// <summary>Identity of the actor that scheduled it, and in whose name it runs.</summary>
    public LogicalProcessQueue? Owner { get; set; }

    public LogicalProcess? Process { get; set; }

    /// <summary>The owner, for messages.</summary>
    public IActorRef? Self { get; set; }

    /// <summary>Null for a callback.</summary>
    public IActorRef? Receiver => receiver;

    public bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public abstract void Run(Partition partition);

    /// <summary>One delivery that a foreign <see cref="ICancelable"/> may cancel.</summary>
    public sealed class Once(IActorRef receiver, object message, IActorRef? sender, ICancelable cancelable)
        : ScheduledAction(receiver, cancelable)
    {
        public override void Run(Partition partition) => Receiver!.Tell(message, sender);
    }

    public sealed class Repeated(TimeSpan interval, IActorRef receiver, object message, IActorRef? sender, ICancelable? cancelable)
        : ScheduledAction(receiver, cancelable)
    {
        public override void Run(Partition partition)
        {
            Receiver!.Tell(message, sender);
            partition.ScheduleAction(interval, this);
        }
    }

    public sealed class Callback(TimeSpan? interval, Action action, ICancelable? cancelable)
        : ScheduledAction(null, cancelable)
    {
        public override void Run(Partition partition)
        {
            action();
            if (interval is { } next)
                partition.ScheduleAction(next, this);
        }
    }
}
