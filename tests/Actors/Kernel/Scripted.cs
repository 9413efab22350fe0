using Actors.Kernel;
using Akka.Actor;

namespace Tests.Actors.Kernel;

/// <summary>An actor whose behaviour is a function of the test; it has everything that Akka offers an actor.</summary>
internal sealed class Scripted : UntypedActor, IWithTimers, IWithStash
{
    private readonly Action<Scripted, object> _onMessage;
    private readonly Action<Scripted>? _onStart;

    private Scripted(Action<Scripted, object> onMessage, Action<Scripted>? onStart)
    {
        _onMessage = onMessage;
        _onStart = onStart;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public new IActorRef Self => base.Self;

    public new IActorRef Sender => base.Sender;

    public IUntypedActorContext Here => Context;

    public IScheduler Scheduler => Context.System.Scheduler;

    public double NowMs => Scheduler.MonotonicClock.TotalMilliseconds;

    public static Props Props(Action<Scripted, object> onMessage, Action<Scripted>? onStart = null) =>
        Akka.Actor.Props.CreateBy(new Producer(onMessage, onStart));

    /// <summary>Schedule a message without sender's ceremony.</summary>
    public void After(double ms, IActorRef receiver, object message, ICancelable? cancelable = null)
    {
        if (cancelable is null)
            Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(ms), receiver, message, Self);
        else
            Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(ms), receiver, message, Self, cancelable);
    }

    public new void Become(UntypedReceive behaviour) => base.Become(behaviour);

    protected override void PreStart() => _onStart?.Invoke(this);

    protected override void OnReceive(object message) => _onMessage(this, message);

    private sealed class Producer(Action<Scripted, object> onMessage, Action<Scripted>? onStart) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Scripted);

        public ActorBase Produce() => new Scripted(onMessage, onStart);

        public void Release(ActorBase actor)
        {
        }
    }
}
