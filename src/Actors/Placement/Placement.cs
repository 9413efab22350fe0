using Topology.Partitioning;
using Topology.Plans;

namespace Actors.Placement;

/// <summary>
/// Which member runs which partitions of one network: a pure function of the plan and of the threads that each member gives, so
/// that all members come to the same. A member runs consecutive partitions; where there are fewer domains than members, the last
/// members run none.
/// </summary>
public sealed class Placement
{
    private readonly int[] _firstPartition;

    /// <param name="threads">By member: at least 1.</param>
    /// <param name="eventsPerSecond">Of virtual time, as far as is known.</param>
    public Placement(NetworkPlan plan, IReadOnlyList<int> threads, double eventsPerSecond)
    {
        Partitions = PartitionPlan.Balanced(plan, threads.Sum(), eventsPerSecond);
        Members = Math.Min(threads.Count, Partitions.Partitions);

        // In proportion to the threads, but at least one for each.
        var all = threads.Take(Members).Sum();
        _firstPartition = new int[Members + 1];
        for (var (member, given) = (0, 0); member < Members; member++)
        {
            given += threads[member];
            var share = (int)((long)Partitions.Partitions * given / all);
            _firstPartition[member + 1] = Math.Clamp(share, _firstPartition[member] + 1, Partitions.Partitions - (Members - 1 - member));
        }

        Distances = new Distances(Lookahead.BetweenEach(plan, [.. plan.Domains.Select(domain => MemberOf(Partitions.PartitionOf(domain.Id)))]));
    }

    /// <summary>Between members.</summary>
    public Distances Distances { get; }

    public PartitionPlan Partitions { get; }

    /// <summary>Members that have anything to run; those after them have not.</summary>
    public int Members { get; }

    public int FirstPartition(int member) => _firstPartition[member];

    /// <summary>How many partitions a member runs.</summary>
    public int PartitionsOf(int member) => _firstPartition[member + 1] - _firstPartition[member];

    public int MemberOf(int partition)
    {
        var member = 0;
        while (partition >= _firstPartition[member + 1])
            member++;
        return member;
    }
}

/// <summary>A member's place in a network that runs over several.</summary>
/// <param name="Member">Its number in the placement.</param>
/// <param name="Carrier">Brings its batches to the others, and theirs to it.</param>
public sealed record Seat(Placement Placement, int Member, IBatchCarrier Carrier);

/// <summary>
/// Carries batches between members. Each member gives each other one for every window, so that the n-th batch from a member is that of
/// the n-th window; nobody is more than one window ahead, which bounds what has to be kept.
/// </summary>
public interface IBatchCarrier
{
    /// <summary>Give a member the next batch of this one.</summary>
    /// <param name="batch">May be changed afterwards.</param>
    /// <exception cref="Kernel.MemberLostException">The member takes nothing any more.</exception>
    void Send(int member, ReadOnlySpan<byte> batch);

    /// <summary>Wait for the next batch of a member; it stands until that member's next one is asked for.</summary>
    /// <exception cref="Kernel.MemberLostException">It does not come.</exception>
    ArraySegment<byte> Receive(int member);
}
