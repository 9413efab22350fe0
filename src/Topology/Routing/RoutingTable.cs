using Topology.Plans;

namespace Topology.Routing;

/// <summary>
/// Next hops between the wired nodes of a plan: fewest hops, then least mean delay, then the lowest link. A link from a
/// node to itself is never on the way. Safe for any number of threads.
/// </summary>
public sealed class RoutingTable
{
    /// <summary>Up to this many wired nodes all routes are computed at once, beyond it when first asked for.</summary>
    private const int EagerNodes = 1024;

    /// <summary>Mean delays are cut off here (325 days), so that no sum along a path overflows.</summary>
    private const long LongestTicks = 1L << 48;

    private readonly LinkSpec[] _links;
    private readonly long[] _meanTicks;
    private readonly int[][] _outgoing;
    private readonly int[][] _incoming;

    /// <summary>By owner, then by the node at which the packet is.</summary>
    private readonly int[]?[] _next;

    public RoutingTable(NetworkPlan plan)
    {
        _links = [.. plan.Links];
        _meanTicks = [.. _links.Select(MeanTicks)];
        var usable = Enumerable.Range(0, _links.Length).Where(link => _links[link].From != _links[link].To).ToArray();
        var outgoing = usable.ToLookup(link => _links[link].From.Index);
        var incoming = usable.ToLookup(link => _links[link].To.Index);
        _outgoing = [.. Enumerable.Range(0, plan.WiredCount).Select(node => outgoing[node].ToArray())];
        _incoming = [.. Enumerable.Range(0, plan.WiredCount).Select(node => incoming[node].ToArray())];
        _next = new int[]?[plan.WiredCount];
        for (var owner = 0; owner < _next.Length && _next.Length <= EagerNodes; owner++)
            _next[owner] = Towards(owner);
    }

    /// <summary>
    /// Position in <see cref="NetworkPlan.Links"/> of the link on which a packet at <paramref name="at"/> leaves for the
    /// node that owns its destination's prefix (<see cref="Addressing.Address.PrefixOwner"/>).
    /// </summary>
    /// <returns>-1 at the owner itself, where there is no way, and for a mobile node, which only has its cell.</returns>
    public int NextLink(NodeId at, NodeId owner)
    {
        if ((uint)owner.Index >= (uint)_next.Length || (uint)at.Index >= (uint)_next.Length)
            return -1;
        var towards = Volatile.Read(ref _next[owner.Index])
            ?? Interlocked.CompareExchange(ref _next[owner.Index], Towards(owner.Index), null)
            ?? _next[owner.Index]!;
        return towards[at.Index];
    }

    private static long MeanTicks(LinkSpec link) =>
        (long)Math.Round(Math.Min((link.Delay.Distribution.MeanMs + (link.Jitter?.MeanMs ?? 0)) * TimeSpan.TicksPerMillisecond, LongestTicks));

    /// <summary>The next link of every node: a breadth-first search against the links, one ring of equal hops after the other.</summary>
    private int[] Towards(int owner)
    {
        var next = new int[_next.Length];
        var hops = new int[_next.Length];
        var ticks = new long[_next.Length];
        Array.Fill(next, -1);
        Array.Fill(hops, -1);
        hops[owner] = 0;
        var queue = new Queue<int>([owner]);
        while (queue.TryDequeue(out var node))
        {
            if (node != owner)
                (next[node], ticks[node]) = Best(node, hops, ticks);
            foreach (var link in _incoming[node])
            {
                var neighbour = _links[link].From.Index;
                if (hops[neighbour] >= 0)
                    continue;
                hops[neighbour] = hops[node] + 1;
                queue.Enqueue(neighbour);
            }
        }

        return next;
    }

    /// <summary>The best link into the ring one hop nearer, all of whose nodes were dequeued before.</summary>
    private (int Link, long Ticks) Best(int node, int[] hops, long[] ticks)
    {
        var best = (Link: -1, Ticks: long.MaxValue);
        foreach (var link in _outgoing[node])
        {
            var to = _links[link].To.Index;
            var total = _meanTicks[link] + ticks[to];
            if (hops[to] == hops[node] - 1 && total < best.Ticks)
                best = (link, total);
        }

        return best;
    }
}
