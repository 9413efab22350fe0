using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>Keeps every handover of one logical process as a row.</summary>
internal sealed class HandoverRows : IHandoverRecorder
{
    private readonly IReadOnlyList<Phase> _phases;
    private readonly bool[] _inTotal;

    public HandoverRows(IHandoverScheme scheme, SchemeOptions options)
    {
        var total = scheme.TotalPhasesUnder(options);
        _phases = scheme.Phases;
        _inTotal = [.. _phases.Select(phase => total.Contains(phase.Name))];
    }

    public List<HandoverRecord> Rows { get; } = [];

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
    {
        var ticks = new long[_phases.Count];
        var total = 0L;
        for (var i = 0; i < ticks.Length; i++)
        {
            ticks[i] = _phases[i].Duration(timeline)?.Ticks ?? -1;
            if (_inTotal[i])
                total = ticks[i] < 0 || total < 0 ? -1 : total + ticks[i];
        }

        var first = timeline.Find(Mark.FirstPacket);
        Rows.Add(new HandoverRecord(handover, outcome, at, total, ticks)
        {
            InterruptionTicks = (first - timeline.Find(Mark.LastPacket))?.Ticks ?? -1,
            FullTicks = first is { } packet && timeline.Find(Mark.Registered) is { } registered
                ? ((packet > registered ? packet : registered) - timeline.Find(Mark.Trigger)!.Value).Ticks
                : -1,
        });
    }
}
