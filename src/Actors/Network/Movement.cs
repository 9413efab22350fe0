using Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>When and where a mobile node hands over. Stateless and shared by all nodes: each decision draws from a stream of its own.</summary>
public interface IMovement
{
    /// <summary>The next move of a node after <paramref name="handovers"/> triggered ones; null when it stays.</summary>
    /// <param name="present">The access router the node is attached to.</param>
    Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers);

    /// <summary>The same for a movement that goes by the clock; by default it does not.</summary>
    Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers, SimTime now) => Next(run, mobile, present, handovers);

    /// <summary>Of the run that is over, handovers back to a router that had just been left; null where nobody counts them.</summary>
    /// <param name="isHere">Whose are counted: of a network over several members, each counts those of its own mobile nodes.</param>
    long? PingPongs(Func<NodeId, bool> isHere) => null;

    /// <summary>
    /// Whether a node moves on whatever its handover does: the next move counts from the trigger before, else from the end of
    /// the handover.
    /// </summary>
    bool IsHeadless => false;
}

/// <summary>Hand over to <paramref name="Router"/> when <paramref name="After"/> has passed.</summary>
/// <param name="Anticipation">T_ant, where the way of the node tells it and <see cref="MovementDelays"/> have no law; null where the old link outlasts the handover.</param>
public readonly record struct Move(TimeSpan After, NodeId Router, TimeSpan? Anticipation = null);

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

/// <summary>
/// Handovers of many mobile nodes as a Poisson process, one for each node: given their number, the instants of a Poisson process are
/// independent and uniform, so the first N nodes draw theirs each for itself and the others stay.
/// </summary>
/// <param name="first">The first of the nodes, which follow one another.</param>
/// <param name="count">Nodes there are.</param>
/// <param name="perSecond">Mean number of handovers in a second.</param>
/// <param name="duration">Of the process.</param>
/// <param name="after">When it begins, from the start of the run.</param>
public sealed class PoissonHandovers(
    NodeId first, int count, double perSecond, TimeSpan duration, NodeId router, TimeSpan after = default) : IMovement
{
    /// <summary>Of the run that was asked about last; a process that finds another run's draws anew, and gets what every other gets.</summary>
    private volatile Population? _latest;

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers)
    {
        if (handovers > 0 || mobile.Index - first.Index >= PopulationOf(run))
            return null;
        var instant = run.Stream((ulong)mobile.Index, StreamPurpose.Movement);
        return new Move(after + TimeSpan.FromTicks((long)(instant.NextDouble() * duration.Ticks)), router);
    }

    /// <summary>As many nodes as suffice in all but one of about a thousand million runs.</summary>
    public static int Enough(double perSecond, TimeSpan duration)
    {
        var mean = perSecond * duration.TotalSeconds;
        return (int)Math.Min(int.MaxValue, Math.Ceiling(mean + 6 * Math.Sqrt(mean) + 10));
    }

    /// <exception cref="InvalidOperationException">The run has more handovers than nodes.</exception>
    private int PopulationOf(RunContext run)
    {
        if (_latest is { } latest && latest.Seed == run.Seed && latest.Replication == run.Replication)
            return latest.Handovers;

        // Intervals of the whole process, in units of their mean, until the end.
        var stream = run.Stream((ulong)first.Index, StreamPurpose.Movement, 1);
        var (left, handovers) = (perSecond * duration.TotalSeconds, -1);
        for (; left > 0; handovers++)
            left += PortableMath.Log(stream.NextOpenDouble());
        if (handovers > count)
            throw new InvalidOperationException($"{handovers} handovers in a run, but {count} mobile nodes");
        _latest = new Population(run.Seed, run.Replication, handovers);
        return handovers;
    }

    private sealed record Population(ulong Seed, long Replication, int Handovers);
}
