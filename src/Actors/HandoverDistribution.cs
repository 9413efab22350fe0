using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>How many handovers ended in one way.</summary>
public sealed record EndedHandovers(string Name, string? Reason, int Count);

/// <summary>
/// The handovers of one logical process, or of a whole run: how many ended in which way, and how long they took, in classes that are a 256th
/// wide at most. It takes as much memory for a million of them as for a thousand, and whole numbers only, so that any order of adding gives the same.
/// </summary>
public sealed class HandoverDistribution
{
    /// <summary>Of <see cref="TickHistogram"/>: quantiles are at most 0.4 % too great.</summary>
    public const int Parts = 256;

    private readonly List<EndedHandovers> _outcomes = [];
    private readonly TickHistogram[] _phases;

    internal HandoverDistribution(int phases) => _phases = [.. Enumerable.Range(0, phases).Select(_ => new TickHistogram(Parts))];

    /// <summary>Handovers that ended, failed ones included.</summary>
    public int Ended { get; private set; }

    /// <summary>How they ended; in no order.</summary>
    public IReadOnlyList<EndedHandovers> Outcomes => _outcomes;

    /// <summary>Of those that did not fail and have all phases of the total.</summary>
    public TickHistogram Total { get; } = new(Parts);

    /// <summary>In the order of the scheme's phases, of those that did not fail and have the phase.</summary>
    public IReadOnlyList<TickHistogram> Phases => _phases;

    public TickHistogram Interruption { get; } = new(Parts);

    /// <summary>See <see cref="HandoverRecord.FullTicks"/>.</summary>
    public TickHistogram Full { get; } = new(Parts);

    private IEnumerable<TickHistogram> Histograms => [Total, .. _phases, Interruption, Full];

    internal void Add(HandoverDistribution other)
    {
        foreach (var ended in other._outcomes)
            Count(ended);
        foreach (var (mine, its) in Histograms.Zip(other.Histograms))
            mine.Add(its);
    }

    internal void Count(EndedHandovers ended)
    {
        Ended += ended.Count;
        var known = _outcomes.FindIndex(outcome => outcome.Name == ended.Name && outcome.Reason == ended.Reason);
        if (known < 0)
            _outcomes.Add(ended);
        else
            _outcomes[known] = ended with { Count = _outcomes[known].Count + ended.Count };
    }
}

/// <summary>Counts the handovers of one logical process.</summary>
internal sealed class DistributionRecorder(IHandoverScheme scheme, SchemeOptions options) : IHandoverRecorder
{
    private readonly HandoverMeasure _measure = new(scheme, options);
    private readonly long[] _ticks = new long[scheme.Phases.Count];

    public HandoverDistribution Distribution { get; } = new(scheme.Phases.Count);

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
    {
        Distribution.Count(new EndedHandovers(outcome.Name, outcome.Reason, 1));
        if (outcome.IsFailure)
            return;
        Add(Distribution.Total, _measure.Take(timeline, _ticks));
        for (var i = 0; i < _ticks.Length; i++)
            Add(Distribution.Phases[i], _ticks[i]);
        Add(Distribution.Interruption, HandoverMeasure.InterruptionOf(timeline));
        Add(Distribution.Full, HandoverMeasure.FullOf(timeline));
    }

    private static void Add(TickHistogram histogram, long ticks)
    {
        if (ticks >= 0)
            histogram.Add(ticks);
    }
}
