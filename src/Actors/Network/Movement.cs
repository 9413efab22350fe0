using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>When and where a mobile node hands over. Stateless and shared by all nodes: each decision draws from a stream of its own.</summary>
public interface IMovement
{
    /// <summary>The next move of a node after <paramref name="handovers"/> finished ones; null when it stays.</summary>
    /// <param name="present">The access router the node is attached to.</param>
    Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers);
}

/// <summary>Hand over to <paramref name="Router"/> when <paramref name="After"/> has passed.</summary>
public readonly record struct Move(TimeSpan After, NodeId Router);

/// <summary>One handover, at the start of the run: a replication of Figs. 3 and 4.</summary>
public sealed class SingleHandover(NodeId router) : IMovement
{
    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) =>
        handovers == 0 ? new Move(TimeSpan.Zero, router) : null;
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
