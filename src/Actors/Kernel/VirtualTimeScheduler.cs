using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Actors.Kernel;

/// <summary>
/// Akka's scheduler, aware of its caller: inside a logical process time is virtual and a delay is an event of the
/// partition's queue; anywhere else it is the stock scheduler in real time. So a simulation, a coordinator and a cluster
/// share one ActorSystem. Plugged in by <c>akka.scheduler.implementation</c>.
/// </summary>
public sealed class VirtualTimeScheduler(Config scheduler, ILoggingAdapter log) : SchedulerBase(scheduler, log), IDisposable
{
    /// <summary>What virtual time zero looks like to code that asks for a date.</summary>
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HashedWheelTimerScheduler _real = new(scheduler, log);

    public override TimeSpan MonotonicClock =>
        Partition.Current is { } partition ? TimeSpan.FromTicks(partition.Now) : _real.MonotonicClock;

    public override TimeSpan HighResMonotonicClock =>
        Partition.Current is { } partition ? TimeSpan.FromTicks(partition.Now) : _real.HighResMonotonicClock;

    protected override DateTimeOffset TimeNow =>
        Partition.Current is { } partition ? Epoch.AddTicks(partition.Now) : ((ITimeProvider)_real).Now;

    private ITellScheduler RealTell => _real;

    private IActionScheduler RealAction => _real;

    public void Dispose() => _real.Dispose();

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        if (Partition.Current is not { } partition)
        {
            if (cancelable is VirtualTimer)
                throw new InvalidOperationException("a virtual timer is scheduled by an actor of a logical process, in virtual time");
            RealTell.ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        }
        else if (cancelable is null or VirtualTimer)
            partition.Schedule(delay, Target(receiver), message, sender, (VirtualTimer?)cancelable);
        else
            partition.ScheduleAction(delay, new ScheduledAction.Once(Target(receiver), message, sender, cancelable));
    }

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        if (Partition.Current is not { } partition)
            RealTell.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);
        else
            partition.ScheduleAction(initialDelay, new ScheduledAction.Repeated(interval, Target(receiver), message, sender, cancelable));
    }

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable)
    {
        if (Partition.Current is not { } partition)
            RealAction.ScheduleOnce(delay, action, cancelable);
        else
            partition.ScheduleAction(delay, new ScheduledAction.Callback(null, action, cancelable));
    }

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        InternalScheduleOnce(delay, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        if (Partition.Current is not { } partition)
            RealAction.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
        else
            partition.ScheduleAction(initialDelay, new ScheduledAction.Callback(interval, action, cancelable));
    }

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private static IActorRef Target(ICanTell receiver) =>
        receiver as IActorRef
        ?? throw new InvalidOperationException($"in virtual time a message is scheduled for an actor reference, not for {receiver}");
}
