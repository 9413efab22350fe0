using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>
/// The handovers of one logical process, or of a whole run: how many ended in which way, and how long they took, in classes that are a 256th
/// wide at most. It takes as much memory for a million of them as for a thousand, and whole numbers only, so that any order of adding gives the same.
/// </summary>
public sealed class HandoverDistribution : IHandoverRecorder
{
    /// <summary>Of <see cref="TickHistogram"/>: quantiles are at most 0.4 % too great.</summary>
    public const int Parts = 256;

    private readonly HandoverMeasure _measure;
    private readonly long[] _ticks;
    private readonly Dictionary<(string Name, string? Reason), int> _outcomes = [];

    internal HandoverDistribution(IHandoverScheme scheme, SchemeOptions options)
    {
        _measure = new HandoverMeasure(scheme, options);
        _ticks = new long[scheme.Phases.Count];
        Phases = NewHistograms(_ticks.Length);
    }

    /// <summary>Handovers that ended, failed ones included.</summary>
    public int Ended { get; private set; }

    /// <summary>How they ended; in no order.</summary>
    public IEnumerable<(string Name, string? Reason, int Count)> Outcomes => _outcomes.Select(outcome => (outcome.Key.Name, outcome.Key.Reason, outcome.Value));

    /// <summary>Of those that did not fail and have all phases of the total.</summary>
    public TickHistogram Total { get; } = new(Parts);

    /// <summary>In the order of the scheme's phases, of those that did not fail and have the phase.</summary>
    public IReadOnlyList<TickHistogram> Phases { get; }

    public TickHistogram Interruption { get; } = new(Parts);

    /// <summary>See <see cref="HandoverRecord.FullTicks"/>.</summary>
    public TickHistogram Full { get; } = new(Parts);

    private IEnumerable<TickHistogram> Histograms => [Total, .. Phases, Interruption, Full];

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
    {
        Ended++;
        Count((outcome.Name, outcome.Reason), 1);
        if (outcome.IsFailure)
            return;
        Add(Total, _measure.Take(timeline, _ticks));
        for (var i = 0; i < _ticks.Length; i++)
            Add(Phases[i], _ticks[i]);
        Add(Interruption, HandoverMeasure.InterruptionOf(timeline));
        Add(Full, HandoverMeasure.FullOf(timeline));
    }

    internal void Add(HandoverDistribution other)
    {
        Ended += other.Ended;
        foreach (var (outcome, count) in other._outcomes)
            Count(outcome, count);
        foreach (var (mine, its) in Histograms.Zip(other.Histograms))
            mine.Add(its);
    }

    private void Count((string, string?) outcome, int count) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + count;

    private static TickHistogram[] NewHistograms(int count) => [.. Enumerable.Range(0, count).Select(_ => new TickHistogram(Parts))];

    private static void Add(TickHistogram histogram, long ticks)
    {
        if (ticks >= 0)
            histogram.Add(ticks);
    }
}
