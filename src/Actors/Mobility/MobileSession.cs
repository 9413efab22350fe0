using Actors.Kernel;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>What a router or server keeps of one mobile node for the time of one handover.</summary>
public abstract class MobileSession(NodeId mobile) : Exchange
{
    public NodeId Mobile { get; } = mobile;

    internal SimTime ExpiresAt { get; set; }

    internal MobileSession? Older { get; set; }

    internal MobileSession? Newer { get; set; }
}
