using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>Keeps every handover of one logical process as a row.</summary>
internal sealed class HandoverRows(IHandoverScheme scheme, SchemeOptions options) : IHandoverRecorder
{
    private readonly HandoverMeasure _measure = new(scheme, options);

    public List<HandoverRecord> Rows { get; } = [];

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
    {
        var ticks = new long[scheme.Phases.Count];
        var total = _measure.Take(timeline, ticks);
        Rows.Add(new HandoverRecord(handover, outcome, at, total, ticks)
        {
            InterruptionTicks = HandoverMeasure.InterruptionOf(timeline),
            FullTicks = HandoverMeasure.FullOf(timeline),
        });
    }
}
