using Actors.Kernel;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>Passes handovers on to a recorder but for those of the warm-up, which it counts.</summary>
/// <param name="from">The first instant of a trigger that is passed on.</param>
internal sealed class WarmUpRecorder(IHandoverRecorder recorder, SimTime from) : IHandoverRecorder
{
    /// <summary>Handovers that were triggered earlier and have ended.</summary>
    public int LeftOut { get; private set; }

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline)
    {
        if (timeline.Find(Mark.Trigger) < from)
            LeftOut++;
        else
            recorder.Record(at, handover, outcome, timeline);
    }
}
