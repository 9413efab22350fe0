using Actors.Kernel;
using Akka.Actor;
using BenchmarkDotNet.Attributes;

namespace Pieces;

/// <summary>What an event costs besides its actor's work: an actor that schedules the next event to itself.</summary>
[MemoryDiagnoser]
public class DeliveryBenchmark
{
    private const int Events = 100_000;
    private readonly ActorSystem _system = ActorSystem.Create("pieces", Engine.Configuration);
    private Engine? _engine;

    [Params(DeliveryMode.Direct, DeliveryMode.Mailbox)]
    public DeliveryMode Delivery { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _engine = new Engine(_system, [("domain", 0)], TimeSpan.MaxValue, Delivery);
        var clock = _engine.ActorOf(0, _engine.On(0, Props.Create<Clock>()), "clock");
        _engine.Begin();
        _engine.Post(clock, "tick", SimTime.Zero);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _engine?.Dispose();
        _system.Terminate().Wait();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void SelfEvents() =>
        _engine!.RunFor(TimeSpan.FromMilliseconds(Events));

    private sealed class Clock : UntypedActor
    {
        private readonly IScheduler _scheduler = Context.System.Scheduler;

        protected override void OnReceive(object message) =>
            _scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(1), Self, message, Self);
    }
}
