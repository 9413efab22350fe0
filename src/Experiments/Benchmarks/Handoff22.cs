using System.Diagnostics;
using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Akka.Actor;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Experiments.Benchmarks;

/// <summary>
/// HANDOFF-22: M mobile nodes in 16 domains with 256 access routers hand over again and again, each handover 22 traversals
/// of 44 counted events (a delivery and its processing). It runs through the shipped kernel, node and link actors.
/// </summary>
public static class Handoff22
{
    private const int Domains = 16;
    private const int Routers = 256;
    private const int CountedEventsPerHandover = 44;
    private const double MeanCycleSeconds = 1.111;

    public static BenchmarkResult Run(ActorSystem system, int mobiles, int partitions, double events, ulong seed)
    {
        var warmUp = WarmUpMobiles(mobiles);
        using (var warm = new Simulation(system, Scenario(new Handoff22Scheme(), warmUp, partitions)))
            Measure(warm, seed, End(warmUp, WarmUpEvents(events)));

        var before = Memory.Live();
        var setUp = Stopwatch.StartNew();
        using var simulation = new Simulation(system, Scenario(new Handoff22Scheme(), mobiles, partitions));
        setUp.Stop();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var paused = GC.GetTotalPauseDuration();
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var (run, totals) = Measure(simulation, seed, End(mobiles, events));
        clock.Stop();
        processor = Environment.CpuUsage.TotalTime - processor;
        paused = GC.GetTotalPauseDuration() - paused;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        var counted = Counted(run, mobiles);
        return new BenchmarkResult("handoff22", mobiles, partitions, counted, clock.Elapsed.TotalSeconds)
        {
            Handovers = totals.Count,
            MeanMs = totals.MeanMs,
            BytesPerEvent = allocated / counted,
            ProcessorSeconds = processor.TotalSeconds,
            CollectorShare = paused / clock.Elapsed,
            BytesPerEntity = (double)(Memory.Live() - before) / mobiles,
            RssPerEntity = (double)Process.GetCurrentProcess().WorkingSet64 / mobiles,
            SetUpSeconds = setUp.Elapsed.TotalSeconds,
            Windows = run.Windows,
            Digest = run.Digest,
        };
    }

    /// <summary>Completed handovers per second of a scheme on the topology of HANDOFF-22, for the same span of virtual time.</summary>
    public static double HandoversPerSecond(ActorSystem system, IHandoverScheme scheme, int mobiles, int partitions, double events, ulong seed)
    {
        using (var warm = new Simulation(system, Scenario(scheme, WarmUpMobiles(mobiles), partitions)))
            Measure(warm, seed, End(WarmUpMobiles(mobiles), WarmUpEvents(events)));
        using var simulation = new Simulation(system, Scenario(scheme, mobiles, partitions));
        var clock = Stopwatch.StartNew();
        var (_, totals) = Measure(simulation, seed, End(mobiles, events));
        return totals.Count / clock.Elapsed.TotalSeconds;
    }

    internal static int WarmUpMobiles(int mobiles) => Math.Min(mobiles, 1000);

    internal static double WarmUpEvents(double events) => Math.Min(events, 1_000_000);

    /// <summary>Every event is a hop but the start of each node and the trigger of each handover; a hop counts twice.</summary>
    internal static double Counted(RunRecord run, int mobiles) => 2.0 * (run.Events - mobiles - run.Begun);

    internal static SimTime End(int mobiles, double events) =>
        new((long)(events / CountedEventsPerHandover / mobiles * MeanCycleSeconds * TimeSpan.TicksPerSecond));

    internal static Scenario Scenario(IHandoverScheme scheme, int mobiles, int partitions)
    {
        var topology = new HierarchicalTopology(Domains, Routers, mobiles);
        var delays = new PaperDelays(
            Wireless: Fixed(4),
            IntraDomain: Fixed(2),
            Home: new LinkDelay(new UniformDelay(TimeSpan.Zero, TimeSpan.FromMilliseconds(40)), PerHandover: "home"),
            InterDomain: Fixed(2),
            HomeCorrespondent: Fixed(10),
            RouterCorrespondent: Fixed(10),
            Processing: TimeSpan.FromMilliseconds(0.5));
        var routers = Enumerable.Range(0, Routers).Select(topology.Router).ToArray();
        var ts = TimeSpan.FromMilliseconds(8);
        return new Scenario(
            topology.Build(delays),
            scheme,
            new SchemeOptions(scheme.Options),
            CryptoCosts.Paper(ts, 5 * ts, ts, signatureShare: 0.5),
            new UniformMovement(TimeSpan.FromSeconds(1), routers))
        {
            Partitions = partitions,
        };

        static LinkDelay Fixed(double ms) => LinkDelay.Fixed(TimeSpan.FromMilliseconds(ms));
    }

    internal static (RunRecord Run, Totals Totals) Measure(Simulation simulation, ulong seed, SimTime until)
    {
        List<Totals> parts = [];
        simulation.Recorders = () =>
        {
            parts.Add(new Totals());
            return parts[^1];
        };
        var run = simulation.Run(seed, 0, until);
        return (run, parts.Aggregate(new Totals(), (sum, part) => sum.Add(part)));
    }

    /// <summary>Count and sum of completed handovers, without rows.</summary>
    internal sealed class Totals : IHandoverRecorder
    {
        public long Ticks { get; private set; }

        public long Count { get; private set; }

        public double MeanMs => (double)Ticks / Count / TimeSpan.TicksPerMillisecond;

        public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
        {
            if (outcome.IsFailure)
                return;
            Count++;
            Ticks += (at - timeline.Find(Mark.Trigger)!.Value).Ticks;
        }

        public Totals Add(Totals other)
        {
            Count += other.Count;
            Ticks += other.Ticks;
            return this;
        }
    }
}
