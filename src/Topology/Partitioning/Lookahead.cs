using Topology.Plans;

namespace Topology.Partitioning;

/// <summary>
/// How far partitions may run ahead of each other: the least time in which anything that happens in one can be felt in
/// another. Delays drawn from a distribution count with their minimum; transmission and queueing only add to it.
/// </summary>
public static class Lookahead
{
    /// <summary>
    /// Minimum, over the links whose ends are in different parts, of propagation delay, jitter and the receiver's processing.
    /// A cell counts as cut when its router is in another part than some mobile node, since any may roam into it.
    /// </summary>
    /// <param name="partOf">Part of each domain.</param>
    /// <returns>Null when no link crosses, so that nothing bounds the window.</returns>
    public static TimeSpan? Between(NetworkPlan plan, IReadOnlyList<int> partOf) => Between(new DomainCrossings(plan), partOf);

    /// <summary>As <see cref="Between(NetworkPlan, IReadOnlyList{int})"/>, from each part into each other.</summary>
    /// <param name="partOf">Part of each domain, from 0.</param>
    /// <returns>By part that is left, then part that is entered; null where no link leads from one into the other.</returns>
    public static TimeSpan?[,] BetweenEach(NetworkPlan plan, IReadOnlyList<int> partOf) => BetweenEach(new DomainCrossings(plan), partOf);

    internal static TimeSpan?[,] BetweenEach(DomainCrossings crossings, IReadOnlyList<int> partOf)
    {
        var parts = partOf.Max() + 1;
        var least = new TimeSpan?[parts, parts];
        foreach (var crossing in crossings.All())
        {
            var (from, to) = (partOf[crossing.From.Index], partOf[crossing.To.Index]);
            if (from != to && !(least[from, to] <= crossing.Time))
                least[from, to] = crossing.Time;
        }

        return least;
    }

    internal static TimeSpan? Between(DomainCrossings crossings, IReadOnlyList<int> partOf)
    {
        TimeSpan? least = null;
        foreach (var crossing in crossings.All())
        {
            if (partOf[crossing.From.Index] != partOf[crossing.To.Index] && !(least <= crossing.Time))
                least = crossing.Time;
        }

        return least;
    }
}
