using Akka.Actor;

namespace Actors.Kernel;

/// <summary>The payload of an event that is more than one delivery.</summary>
internal abstract class ScheduledAction(ICancelable? cancelable)
{
    /// <summary>The actor that scheduled it, and in whose name it runs.</summary>
    public LogicalProcessQueue? Owner { get; set; }

    public LogicalProcess? Process { get; set; }

    protected bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public abstract void Run(Partition partition);

    /// <summary>One delivery that a foreign <see cref="ICancelable"/> may cancel.</summary>
    public sealed class Once(IActorRef receiver, object message, IActorRef? sender, ICancelable cancelable)
        : ScheduledAction(cancelable)
    {
        public override void Run(Partition partition)
        {
            if (!IsCancelled)
                receiver.Tell(message, sender);
        }
    }

    public sealed class Repeated(TimeSpan interval, IActorRef receiver, object message, IActorRef? sender, ICancelable? cancelable)
        : ScheduledAction(cancelable)
    {
        public override void Run(Partition partition)
        {
            if (IsCancelled)
                return;
            receiver.Tell(message, sender);
            partition.ScheduleAction(interval, this);
        }
    }

    public sealed class Callback(TimeSpan? interval, Action action, ICancelable? cancelable) : ScheduledAction(cancelable)
    {
        public override void Run(Partition partition)
        {
            if (IsCancelled)
                return;
            action();
            if (interval is { } next)
                partition.ScheduleAction(next, this);
        }
    }
}
