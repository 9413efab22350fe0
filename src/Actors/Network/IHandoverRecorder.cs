using Actors.Kernel;
using Actors.Observation;

namespace Actors.Network;

/// <summary>Takes the handovers that end in one logical process; the timeline is only lent.</summary>
public interface IHandoverRecorder
{
    void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline);
}
