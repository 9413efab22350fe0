using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>When and where a mobile node hands over. Stateless and shared by all nodes: each decision draws from a stream of its own.</summary>
public interface IMovement
{
    /// <summary>The next move of a node after <paramref name="handovers"/> triggered ones; null when it stays.</summary>
    /// <param name="present">The access router the node is attached to.</param>
    Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers);

    /// <summary>
    /// Whether a node moves on whatever its handover does: the next move counts from the trigger before, else from the end of
    /// the handover.
    /// </summary>
    bool IsHeadless => false;
}

/// <summary>Hand over to <paramref name="Router"/> when <paramref name="After"/> has passed.</summary>
public readonly record struct Move(TimeSpan After, NodeId Router);

/// <summary>One handover: a replication of Figs. 3 and 4.</summary>
/// <param name="after">The trigger, from the start of the run.</param>
public sealed class SingleHandover(NodeId router, TimeSpan after = default) : IMovement
{
    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) =>
        handovers == 0 ? new Move(after, router) : null;
}

/// <summary>To one router and back to the other, so many times, whether the handover before is over or not: ping-pong.</summary>
/// <param name="period">Between two triggers.</param>
public sealed class PingPong(TimeSpan period, NodeId router, NodeId back, int count) : IMovement
{
    public bool IsHeadless => true;

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) => handovers == count
        ? null
        : new Move(handovers == 0 ? TimeSpan.Zero : period, handovers % 2 == 0 ? router : back);
}

/// <summary>Exponential dwell times, then any access router with equal probability (HANDOFF-22).</summary>
public sealed class UniformMovement(TimeSpan meanDwell, IReadOnlyList<NodeId> routers) : IMovement
{
    private readonly ExponentialDelay _dwell = new(meanDwell, TimeSpan.Zero);

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers)
    {
        var stream = run.Stream((ulong)mobile.Index, StreamPurpose.Movement, handovers);
        return new Move(_dwell.Sample(ref stream), routers[stream.NextInt32(routers.Count)]);
    }
}
