using System.Collections.Concurrent;
using Actors;
using Actors.Mobility;
using Actors.Network;
using Experiments.Plans;
using Experiments.Results;
using Topology.Plans;
using HandoverOutcome = Actors.Observation.Outcome;

namespace Experiments.MonteCarlo;

/// <summary>
/// What each replication of a scheme records: total and the scheme's phases over the handovers that came to their end, the share
/// of predictive ones, and packets, bytes and computations of all of them. Each is a mean over the handovers of the
/// replication, except those of data, which are over its whole run; waiting for a core is one over the computations that take time. A warm-up
/// leaves handovers out of all but signalling and computations, which are counted for the whole run and are means over all of its handovers.
/// </summary>
internal sealed class CellMetrics
{
    private static readonly LinkClass[] Links = Enum.GetValues<LinkClass>();
    private const int ManyParts = 1000;
    private readonly int[] _phases;
    private readonly bool _hasData;
    private readonly bool _hasFragments;
    private readonly bool _moves;
    private readonly bool _hasWarmUp;
    private readonly ConcurrentDictionary<HandoverOutcome, OutcomeCounts> _single = new();

    /// <param name="parts">Of a packet, in which means over several handovers are recorded.</param>
    /// <param name="hasData">Whether there is a stream of data that a handover can interrupt.</param>
    /// <param name="hasFragments">Whether messages have the sizes of a profile, and are fragmented.</param>
    /// <param name="moves">Whether nodes move on the plane, so that their handovers are as many as they are.</param>
    /// <param name="hasWarmUp">Whether those triggered first are left out.</param>
    private CellMetrics(IHandoverScheme scheme, int parts, bool hasData, bool hasFragments, bool moves, bool hasWarmUp)
    {
        (_hasData, _hasFragments, _moves, _hasWarmUp) = (hasData, hasFragments, moves, hasWarmUp);
        var phases = scheme.Phases.Select((phase, index) => (phase.Name, Index: index)).Where(phase => phase.Name != "total").ToArray();
        _phases = [.. phases.Select(phase => phase.Index)];
        Definitions =
        [
            new MetricDefinition("total", "ms"),
            .. phases.Select(phase => new MetricDefinition(phase.Name, "ms")),
            .. hasData
                ? [new MetricDefinition(Metric.Interruption, "ms"), new MetricDefinition(Metric.Full, "ms"), .. Metric.OfData.Select(metric => new MetricDefinition(metric.Name, metric.Unit))]
                : Array.Empty<MetricDefinition>(),
            MetricDefinition.Share(Metric.PredictiveShare),
            .. moves ? [MetricDefinition.Share(Metric.PingPongShare), new MetricDefinition(Metric.Handovers, "count")] : Array.Empty<MetricDefinition>(),
            .. hasWarmUp ? [new MetricDefinition(Metric.LeftOut, "count")] : Array.Empty<MetricDefinition>(),
            new MetricDefinition(Metric.Messages, "count", parts),
            .. Metric.LinkClasses.Select(link => new MetricDefinition($"{Metric.Messages}.{link}", "count", parts)),
            new MetricDefinition(Metric.Bytes, "bytes", parts),
            .. Metric.LinkClasses.Select(link => new MetricDefinition($"{Metric.Bytes}.{link}", "bytes", parts)),
            .. hasFragments ? [new MetricDefinition(Metric.Fragments, "count", parts)] : Array.Empty<MetricDefinition>(),
            new MetricDefinition(Metric.ComputationTime, "ms"),
            .. Metric.NodeClasses.Select(node => new MetricDefinition($"{Metric.ComputationTime}.{node}", "ms")),
            new MetricDefinition(Metric.Computations, "count", parts),
            .. Metric.NodeClasses.Select(node => new MetricDefinition($"{Metric.Computations}.{node}", "count", parts)),
            .. Metric.NodeClasses.Select(node => new MetricDefinition($"{Metric.Waiting}.{node}", "ms")),
        ];
    }

    public IReadOnlyList<MetricDefinition> Definitions { get; }

    public static CellMetrics Of(CellPlan cell, SchemeLibrary schemes) => new(
        schemes[cell.Scheme.Name],
        cell.Mobiles is null && cell.Mobility is null ? 1 : ManyParts,
        cell.Traffic is not null,
        cell.Crypto.Profile is not null,
        cell.Mobility is not null,
        cell.WarmUp > TimeSpan.Zero);

    /// <summary>The record of a run whose handovers all came to an end, failed ones included.</summary>
    public ReplicationRecord Of(int index, RunRecord run)
    {
        var values = new long[Definitions.Count];
        var next = 0;
        values[next++] = MeanTicks(run, handover => handover.TotalTicks, distribution => distribution.Total);
        foreach (var phase in _phases)
            values[next++] = MeanTicks(run, handover => handover.PhaseTicks[phase], distribution => distribution.Phases[phase]);
        if (_hasData)
        {
            values[next++] = MeanTicks(run, handover => handover.InterruptionTicks, distribution => distribution.Interruption);
            values[next++] = MeanTicks(run, handover => handover.FullTicks, distribution => distribution.Full);
            foreach (var value in DataMetrics.Of(run.Streams!))
                values[next++] = value;
        }

        var outcomes = OutcomesOf(run);
        Add(outcomes[HandoverOutcome.Predictive.Name], run.Ended);
        if (_moves)
        {
            Add(run.PingPongs ?? 0, run.Ended);
            values[next++] = run.Ended;
        }

        if (_hasWarmUp)
            values[next++] = run.LeftOut;
        var all = run.Ended + run.LeftOut;
        AddByClass(Links, run.Signalling.Messages);
        AddByClass(Links, run.Signalling.Bytes);
        if (_hasFragments)
            Add(run.Signalling.Fragments, all);
        AddByClass(Metric.NodeClasses, node => run.Computations[node].Ticks);
        AddByClass(Metric.NodeClasses, node => run.Computations[node].Operations);
        foreach (var node in Metric.NodeClasses)
        {
            var computations = run.Computations[node];
            values[next++] = computations.TimedOperations == 0
                ? MetricDefinition.Absent
                : Quotient(computations.WaitTicks, computations.TimedOperations);
        }

        return new ReplicationRecord(index, values, run.Digest, outcomes, run.Distribution is { } distribution ? Bytes(distribution) : null);

        void Add(long sum, int handovers)
        {
            values[next] = handovers == 0 ? MetricDefinition.Absent : Quotient(sum * Definitions[next].Parts, handovers);
            next++;
        }

        void AddByClass<T>(IReadOnlyList<T> classes, Func<T, long> of)
        {
            Add(classes.Sum(of), all);
            foreach (var one in classes)
                Add(of(one), all);
        }
    }

    /// <summary>The record of a replication that broke off: nothing was measured.</summary>
    public ReplicationRecord OfBroken(int index, ulong digest)
    {
        var values = new long[Definitions.Count];
        Array.Fill(values, MetricDefinition.Absent);
        return new ReplicationRecord(index, values, digest);
    }

    private byte[] Bytes(HandoverDistribution distribution) => HandoverHistograms.Write(
    [
        ("total", distribution.Total),
        .. _phases.Select((phase, index) => (Definitions[1 + index].Name, distribution.Phases[phase])),
        .. _hasData ? [(Metric.Interruption, distribution.Interruption), (Metric.Full, distribution.Full)] : Array.Empty<(string, TickHistogram)>(),
    ]);

    private OutcomeCounts OutcomesOf(RunRecord run) => run.Distribution is { } distribution
        ? OutcomeCounts.Of(distribution.Outcomes.Select(outcome => new OutcomeCount(outcome.Name, outcome.Reason, outcome.Count)))
        : run.Handovers is [var only]
        ? _single.GetOrAdd(only.Outcome, outcome => OutcomeCounts.Of([new OutcomeCount(outcome.Name, outcome.Reason, 1)]))
        : OutcomeCounts.Of(run.Handovers.Select(handover => new OutcomeCount(handover.Outcome.Name, handover.Outcome.Reason, 1)));

    /// <summary>Over the handovers that did not fail and have the phase.</summary>
    private static long MeanTicks(RunRecord run, Func<HandoverRecord, long> ticksOf, Func<HandoverDistribution, TickHistogram> histogramOf)
    {
        if (run.Distribution is { } distribution)
            return histogramOf(distribution) is { Count: > 0 } histogram ? histogram.MeanTicks : MetricDefinition.Absent;
        var (sum, count) = (0L, 0);
        foreach (var handover in run.Handovers)
        {
            if (handover.Outcome.IsFailure || ticksOf(handover) is var ticks && ticks < 0)
                continue;
            sum += ticks;
            count++;
        }

        return count == 0 ? MetricDefinition.Absent : Quotient(sum, count);
    }

    /// <summary>Rounded half up.</summary>
    private static long Quotient(long sum, long count) => count == 1 ? sum : (2 * sum + count) / (2 * count);
}
