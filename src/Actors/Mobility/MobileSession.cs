using Actors.Kernel;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>What a router or server keeps of one mobile node for the time of one handover.</summary>
public abstract class MobileSession(NodeId mobile) : Exchange
{
    public NodeId Mobile { get; protected set; } = mobile;

    internal SimTime ExpiresAt { get; set; }

    internal MobileSession? Older { get; set; }

    internal MobileSession? Newer { get; set; }

    /// <summary>Whether it may be made another session once it is removed: nothing refers to it any more.</summary>
    protected internal virtual bool MayServeAgain => false;

    /// <summary>Of the table's hash chain.</summary>
    internal MobileSession? NextInBucket;
}
