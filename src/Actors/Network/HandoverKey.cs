using Topology.Plans;

namespace Actors.Network;

/// <summary>
/// Names one handover of one mobile node. Every packet that a handover causes carries it, so that links can use the one
/// draw of c that the whole handover shares, and counters can attribute signalling.
/// </summary>
/// <param name="Number">1 for the first handover of the node in this run; 0 means no handover.</param>
public readonly record struct HandoverKey(NodeId Mobile, int Number)
{
    public override string ToString() => $"handover {Number} of node {Mobile}";
}
