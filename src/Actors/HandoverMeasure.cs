using Actors.Mobility;
using Actors.Observation;

namespace Actors;

/// <summary>What is measured of a handover, in ticks of 100 ns; -1 for what did not take place.</summary>
internal sealed class HandoverMeasure
{
    private readonly IReadOnlyList<Phase> _phases;
    private readonly bool[] _inTotal;

    public HandoverMeasure(IHandoverScheme scheme, SchemeOptions options)
    {
        var total = scheme.TotalPhasesUnder(options);
        _phases = scheme.Phases;
        _inTotal = [.. _phases.Select(phase => total.Contains(phase.Name))];
    }

    /// <summary>The total; -1 where a phase of it is missing.</summary>
    /// <param name="phases">One for each phase of the scheme, written to.</param>
    public long Take(HandoverTimeline timeline, long[] phases)
    {
        var total = 0L;
        for (var i = 0; i < phases.Length; i++)
        {
            phases[i] = _phases[i].Duration(timeline)?.Ticks ?? -1;
            if (_inTotal[i])
                total = phases[i] < 0 || total < 0 ? -1 : total + phases[i];
        }

        return total;
    }

    public static long InterruptionOf(HandoverTimeline timeline) => (timeline.Find(Mark.FirstPacket) - timeline.Find(Mark.LastPacket))?.Ticks ?? -1;

    public static long FullOf(HandoverTimeline timeline) => timeline.Find(Mark.FirstPacket) is { } packet && timeline.Find(Mark.Registered) is { } registered
        ? ((packet > registered ? packet : registered) - timeline.Find(Mark.Trigger)!.Value).Ticks
        : -1;
}
