using System.Diagnostics;
using Actors;
using Actors.Kernel;
using Akka.Actor;
using Experiments.Plans;
using Experiments.Results;
using Experiments.Statistics;
using Topology.Partitioning;
using Engine = Experiments.Plans.Engine;

namespace Experiments.MonteCarlo;

/// <summary>
/// What a run would take, measured on a few replications of every cell: how many replications the precision needs follows
/// from their variance, and the time from theirs.
/// </summary>
/// <param name="DistinctCells">Simulated cells with different parameters; equal ones share their replications.</param>
/// <param name="ReplicationsBound">If every cell went to its maximum.</param>
/// <param name="PredictedSeconds">Wall time for what is not stored.</param>
/// <param name="LookaheadMs">Least over the networks of its cells; null for one partition.</param>
/// <param name="ExpectedSpeedUp">Of a replication by its partitions, with a core for each.</param>
public sealed record Forecast(
    int Cells,
    int AnalyticCells,
    int SimulatedCells,
    int DistinctCells,
    long ReplicationsBound,
    long PredictedReplications,
    int StoredCells,
    long StoredReplications,
    long PredictedEvents,
    long PredictedMemoryMib,
    double PredictedSeconds,
    long CalibrationReplications,
    int Workers,
    int Partitions,
    double? LookaheadMs,
    double ExpectedSpeedUp,
    IReadOnlyList<string> Notes)
{
    private const int Pilot = 32;

    /// <summary>More cells than these are sampled evenly.</summary>
    private const int MostPilots = 100;

    /// <summary>Of nodes that move on the plane, at least: enough to know what one of them takes.</summary>
    private const int PilotMobiles = 500;

    /// <summary>Of very many, one in so many: else what a large network itself costs at each start would count for each of them.</summary>
    private const int MobilesEach = 100;

    /// <summary>Of the same, replications: each is a mean over many handovers already.</summary>
    private const int MovingPilot = 2;

    private static readonly TimeSpan PilotDuration = TimeSpan.FromSeconds(10);

    /// <param name="stored">Replications there are, by key of the cell.</param>
    internal static Forecast Of(
        ActorSystem system, ExperimentPlan plan, SchemeLibrary schemes, IReadOnlyDictionary<string, int> stored, RunSettings settings)
    {
        var simulated = plan.Cells.Where(cell => cell.Engine == Engine.Simulation).ToList();
        var distinct = simulated.DistinctBy(cell => cell.Key).ToList();
        var step = Math.Max(1, (distinct.Count + MostPilots - 1) / MostPilots);
        var pilots = distinct.Where((_, index) => index % step == 0)
            .Select(cell => (Cell: cell, Run: PilotRun.Of(system, plan.Seed, cell, schemes, settings.Partitions))).ToList();
        var scale = pilots.Count == 0 ? 0 : (double)distinct.Count / pilots.Count;
        var replications = pilots.Sum(pilot => pilot.Run.Needed) * scale;
        var metrics = distinct.Select(cell => CellMetrics.Of(cell, schemes).Definitions.Count).DefaultIfEmpty(0).Max();
        var heaviest = pilots.OrderByDescending(pilot => pilot.Run.EventsEach).FirstOrDefault();
        var partitioning = heaviest.Cell is null ? null : PartitionPlan.Balanced(
            CellScenario.NetworkOf(heaviest.Cell).Plan!, settings.Partitions, heaviest.Run.EventsPerSecond);
        var speedUp = partitioning?.ExpectedSpeedUp(heaviest.Run.EventsPerSecond) ?? 1;
        var faster = Math.Min(speedUp, Environment.ProcessorCount);
        var seconds = scale * pilots.Sum(pilot => Math.Max(0, pilot.Run.Needed - stored.GetValueOrDefault(pilot.Cell.Key)) * pilot.Run.SecondsEach
            / (pilot.Cell.Mobility is null ? 1 : faster));
        return new Forecast(
            plan.Cells.Count(),
            plan.Cells.Count() - simulated.Count,
            simulated.Count,
            distinct.Count,
            distinct.Sum(cell => (long)cell.Stop.MaxReplications),
            (long)replications,
            stored.Count,
            stored.Values.Sum(count => (long)count),
            (long)(pilots.Sum(pilot => pilot.Run.Needed * pilot.Run.EventsEach) * scale),
            Footprint.Mib(plan, settings.Workers) + (long)(replications * (metrics + 2) * 2 * sizeof(long) / 1048576),
            seconds / Math.Min(settings.Workers, Environment.ProcessorCount),
            pilots.Sum(pilot => pilot.Run.Replications),
            settings.Workers,
            partitioning?.Partitions ?? settings.Partitions,
            partitioning?.Lookahead?.TotalMilliseconds,
            speedUp,
            partitioning?.Notes ?? []);
    }

    /// <summary>A few replications of a cell; of nodes that move, fewer ones for a shorter time, from which the whole follows in proportion.</summary>
    /// <param name="EventsPerSecond">Of virtual time.</param>
    private sealed record PilotRun(long Needed, double SecondsEach, double EventsEach, double EventsPerSecond, int Replications)
    {
        public static PilotRun Of(ActorSystem system, ulong seed, CellPlan cell, SchemeLibrary schemes, int partitions)
        {
            var (pilot, scale, slower) = Scaled(cell);
            var metrics = CellMetrics.Of(pilot, schemes);
            var samples = new CellSamples(metrics.Definitions);
            var rule = new StoppingRule(cell.Stop.Precision, cell.Stop.Confidence, cell.Stop.Batch, cell.Stop.MaxReplications);
            var count = Math.Min(cell.Mobility is null ? Pilot : MovingPilot, Math.Max(2, rule.MaxReplications));
            var (events, ticks) = (0L, 0L);
            using var simulation = new Simulation(system, CellScenario.Of(pilot, schemes, cell.Mobility is null ? partitions : 1));
            try
            {
                // The first one also compiles and touches everything.
                simulation.Run(seed, 0);
                var clock = Stopwatch.StartNew();
                for (var index = 0; index < count; index++)
                {
                    var run = simulation.Run(seed, index);
                    events += run.Events;
                    ticks += run.End.Ticks;
                    samples.Add(run.NeverEnded == 0 ? metrics.Of(index, run) : metrics.OfBroken(index, run.Digest));
                }

                // As many times more handovers in a replication make as many times fewer replications.
                var decision = rule.Decide(count, [.. cell.Stop.On.Select(statistic =>
                    samples.Estimate(CellStatistics.Watched(statistic), rule.Confidence))]);
                var needed = Math.Clamp((long)((rule.Needed(decision) ?? rule.MaxReplications) / scale), rule.NextTest(0), rule.MaxReplications);
                return new PilotRun(
                    needed,
                    clock.Elapsed.TotalSeconds / count * scale * slower,
                    (double)events / count * scale,
                    events / Math.Max(1e-3, (double)ticks / TimeSpan.TicksPerSecond) * Nodes(cell) / Nodes(pilot),
                    count);
            }
            catch (SimulationFailedException)
            {
                return new PilotRun(rule.NextTest(0), 0, 0, 0, count);
            }
        }

        private static double Nodes(CellPlan cell) => Math.Max(1, cell.Mobiles?.Count ?? 1);

        /// <summary>
        /// A smaller cell like this one, how many times more the whole does, and how many times longer an event takes there, since nodes by the
        /// thousand no longer fit into the caches (docs/performance.md).
        /// </summary>
        private static (CellPlan Pilot, double Scale, double Slower) Scaled(CellPlan cell)
        {
            if (cell is not { Mobility: { Duration: { } duration, File: null } mobility, Mobiles: { Count: > 0 } mobiles })
                return (cell, 1, 1);
            var (count, time) = (Math.Min(Math.Max(PilotMobiles, mobiles.Count / MobilesEach), mobiles.Count), duration < PilotDuration ? duration : PilotDuration);
            var pilot = cell with { Mobiles = mobiles with { Count = count }, Mobility = mobility with { Duration = time }, WarmUp = cell.WarmUp * (time / duration) };
            return (pilot, (double)mobiles.Count / count * (duration / time), 1 + 0.5 * Math.Max(0, Math.Log10(mobiles.Count / Math.Max(1000.0, count))));
        }
    }
}
