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
/// <param name="LookaheadMs">Null for one partition.</param>
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
    IReadOnlyList<string> Notes)
{
    private const int Pilot = 32;

    /// <summary>More cells than these are sampled evenly.</summary>
    private const int MostPilots = 100;

    /// <summary>Beside the replications: runtime, actors, libraries.</summary>
    private const long BaseMib = 100;

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
        var seconds = pilots.Sum(pilot => Math.Max(0, pilot.Run.Needed - stored.GetValueOrDefault(pilot.Cell.Key)) * pilot.Run.SecondsEach) * scale;
        var metrics = distinct.Select(cell => CellMetrics.Of(cell, schemes).Definitions.Count).DefaultIfEmpty(0).Max();
        var partitioning = simulated.Count == 0 ? null : PartitionPlan.Create(CellScenario.NetworkOf(simulated[0]).Plan!, settings.Partitions);
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
            BaseMib + (long)(replications * (metrics + 2) * 2 * sizeof(long) / 1048576),
            seconds / Math.Min(settings.Workers, Environment.ProcessorCount),
            (long)pilots.Count * Pilot,
            settings.Workers,
            partitioning?.Partitions ?? settings.Partitions,
            partitioning?.Lookahead?.TotalMilliseconds,
            partitioning?.Notes ?? []);
    }

    /// <summary>A few replications of a cell.</summary>
    private sealed record PilotRun(long Needed, double SecondsEach, double EventsEach)
    {
        public static PilotRun Of(ActorSystem system, ulong seed, CellPlan cell, SchemeLibrary schemes, int partitions)
        {
            var metrics = CellMetrics.Of(cell, schemes);
            var samples = new CellSamples(metrics.Definitions);
            var rule = new StoppingRule(cell.Stop.Precision, cell.Stop.Confidence, cell.Stop.Batch, cell.Stop.MaxReplications);
            var count = Math.Min(Pilot, rule.MaxReplications);
            var events = 0L;
            using var simulation = new Simulation(system, CellScenario.Of(cell, schemes, partitions));
            try
            {
                // The first one also compiles and touches everything.
                simulation.Run(seed, 0);
                var clock = Stopwatch.StartNew();
                for (var index = 0; index < count; index++)
                {
                    var run = simulation.Run(seed, index);
                    events += run.Events;
                    samples.Add(run.Handovers.Count == run.Begun ? metrics.Of(index, run) : metrics.OfBroken(index, run.Digest));
                }

                var decision = rule.Decide(count, [.. cell.Stop.On.Select(statistic =>
                    samples.Estimate(CellStatistics.Watched(statistic), rule.Confidence))]);
                var needed = Math.Clamp(rule.Needed(decision) ?? rule.MaxReplications, rule.NextTest(0), rule.MaxReplications);
                return new PilotRun(needed, clock.Elapsed.TotalSeconds / count, (double)events / count);
            }
            catch (SimulationFailedException)
            {
                return new PilotRun(rule.NextTest(0), 0, 0);
            }
        }
    }
}
