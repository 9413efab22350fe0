using System.Diagnostics;
using Actors.Kernel;
using Akka.Actor;
using Topology.Randomness;

namespace Experiments.Benchmarks;

/// <summary>
/// PHOLD (Fujimoto 1990), the engine's classic: N actors with one event each; on an event an actor schedules the next one,
/// with probability 1/4 for a uniformly drawn actor, else for itself, after 0.1 + Exp(0.9) seconds of virtual time.
/// </summary>
public static class Phold
{
    private const int ActorsPerProcess = 250;
    private static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(100);

    public static BenchmarkResult Run(ActorSystem system, int actors, int partitions, long events, ulong seed)
    {
        var warmUp = Math.Min(events, 200_000);
        using (var warm = new Instance(system, Math.Min(actors, 1000), partitions, seed))
            warm.Run(new SimTime(warmUp / Math.Min(actors, 1000) * TimeSpan.TicksPerSecond));

        var before = Memory.Live();
        var setUp = Stopwatch.StartNew();
        using var instance = new Instance(system, actors, partitions, seed);
        setUp.Stop();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        instance.Run(new SimTime((long)((double)events / actors * TimeSpan.TicksPerSecond)));
        clock.Stop();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var engine = instance.Engine;
        return new BenchmarkResult("phold", actors, partitions, engine.Events, clock.Elapsed.TotalSeconds)
        {
            BytesPerEvent = (double)allocated / engine.Events,
            BytesPerEntity = (double)(Memory.Live() - before) / actors,
            RssPerEntity = (double)Process.GetCurrentProcess().WorkingSet64 / actors,
            SetUpSeconds = setUp.Elapsed.TotalSeconds,
            Windows = engine.Windows,
            Digest = engine.Digest,
        };
    }

    private sealed class Instance : IDisposable
    {
        private readonly IActorRef[] _actors;

        public Instance(ActorSystem system, int actors, int partitions, ulong seed)
        {
            // As many processes for every number of partitions, so that identities, and with them digests, do not depend on it.
            var processes = Math.Max(1, actors / ActorsPerProcess);
            Engine = new Engine(
                system,
                [.. Enumerable.Range(0, processes).Select(i => ($"phold-{i}", (int)((long)i * Math.Min(partitions, processes) / processes)))],
                Minimum);
            _actors = new IActorRef[actors];
            for (var process = 0; process < processes; process++)
            {
                var here = process;
                Engine.Populate(process, root =>
                {
                    for (var i = here; i < actors; i += processes)
                    {
                        var index = i;
                        _actors[i] = root.ActorOf(
                            Engine.On(here, Props.CreateBy(new Producer(() => new Element(_actors, index, seed)))), $"e{i}");
                    }
                });
            }

            foreach (var actor in _actors)
                Engine.Post(actor, Element.Step, SimTime.Zero);
        }

        public Engine Engine { get; }

        public void Run(SimTime until) => Engine.Run(until);

        public void Dispose() => Engine.Dispose();
    }

    private sealed class Element(IActorRef[] actors, int index, ulong seed) : UntypedActor
    {
        public static readonly object Step = new();
        private readonly IScheduler _scheduler = Context.System.Scheduler;
        private RandomStream _stream = RandomStream.For(seed, 0, (ulong)index, StreamPurpose.Bench);

        protected override void OnReceive(object message)
        {
            var receiver = _stream.NextDouble() < 0.25 ? actors[_stream.NextInt32(actors.Length)] : Self;
            var delay = Minimum + TimeSpan.FromTicks((long)(-PortableMath.Log(_stream.NextOpenDouble()) * 0.9 * TimeSpan.TicksPerSecond));
            _scheduler.ScheduleTellOnce(delay, receiver, Step, Self);
        }
    }

    private sealed class Producer(Func<ActorBase> create) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Element);

        public ActorBase Produce() => create();

        public void Release(ActorBase actor)
        {
        }
    }
}
