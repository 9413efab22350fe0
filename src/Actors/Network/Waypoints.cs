using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>From router to router along a path, each handover after a stay that counts from the end of the one before.</summary>
/// <param name="path">The first router is where the node starts; the last is where it stays.</param>
/// <param name="dwell">A stay, drawn for each by itself, so that all schemes meet the same ones.</param>
/// <param name="start">When the first stay begins.</param>
public sealed class Waypoints(IReadOnlyList<NodeId> path, DelayDistribution dwell, TimeSpan start = default) : IMovement
{
    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers)
    {
        if (handovers >= path.Count - 1)
            return null;
        var stream = run.Stream((ulong)mobile.Index, StreamPurpose.Dwell, handovers);
        return new Move(dwell.Sample(ref stream) + (handovers == 0 ? start : TimeSpan.Zero), path[handovers + 1]);
    }
}
