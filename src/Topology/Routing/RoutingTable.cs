using Topology.Plans;

namespace Topology.Routing;

/// <summary>
/// Next hops between the wired nodes of a plan: fewest hops, then least mean delay, then the lowest link. A link from a
/// node to itself is never on the way. Trees that hang on the network need no table, since there is one way up and one way down:
/// only what is left without them, the core, has one, so that ten thousand access routers cost a few numbers each. Safe for
/// any number of threads.
/// </summary>
public sealed class RoutingTable
{
    /// <summary>Up to this many nodes of the core all routes are computed at once, beyond it when first asked for.</summary>
    private const int EagerNodes = 1024;

    /// <summary>Mean delays are cut off here (325 days), so that no sum along a path overflows.</summary>
    private const long LongestTicks = 1L << 48;

    private readonly LinkSpec[] _links;
    private readonly long[] _meanTicks;
    private readonly int[][] _outgoing;
    private readonly int[][] _incoming;

    /// <summary>By node: the node that its tree hangs on it by, -1 in the core; and the links to it and back.</summary>
    private readonly (int Node, int Up, int Down)[] _parent;

    /// <summary>By node of a tree: how far from the core.</summary>
    private readonly int[] _depth;

    /// <summary>By node: its place in the core, or that of the node of the core that its tree hangs on.</summary>
    private readonly int[] _coreOf;
    private readonly int[] _core;

    /// <summary>By place in the core of the owner, then of the node at which the packet is.</summary>
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
        var order = Peel(_parent = new (int, int, int)[plan.WiredCount]);
        _core = [.. Enumerable.Range(0, plan.WiredCount).Where(node => _parent[node].Node < 0)];
        _coreOf = new int[plan.WiredCount];
        _depth = new int[plan.WiredCount];
        for (var place = 0; place < _core.Length; place++)
            _coreOf[_core[place]] = place;
        foreach (var node in Enumerable.Reverse(order))
            (_coreOf[node], _depth[node]) = (_coreOf[_parent[node].Node], _depth[_parent[node].Node] + 1);
        _next = new int[]?[_core.Length];
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
        if ((uint)owner.Index >= (uint)_parent.Length || (uint)at.Index >= (uint)_parent.Length || at == owner)
            return -1;
        var (here, target) = (at.Index, owner.Index);
        var core = _coreOf[target];
        if (_coreOf[here] == core)
        {
            // In one tree: down, where the owner's way up comes through here.
            var node = target;
            while (_depth[node] > _depth[here] + 1)
                node = _parent[node].Node;
            if (_depth[node] == _depth[here] + 1 && _parent[node].Node == here)
                return _parent[node].Down;
            if (_parent[here].Node >= 0)
                return _parent[here].Up;
        }

        var towards = Volatile.Read(ref _next[core])
            ?? Interlocked.CompareExchange(ref _next[core], Towards(core), null)
            ?? _next[core]!;
        var next = towards[_coreOf[here]];
        return next >= 0 && _parent[here].Node >= 0 ? _parent[here].Up : next;
    }

    private static long MeanTicks(LinkSpec link) =>
        (long)Math.Round(Math.Min((link.Delay.Distribution.MeanMs + (link.Jitter?.MeanMs ?? 0)) * TimeSpan.TicksPerMillisecond, LongestTicks));

    /// <summary>Takes off node after node that has a single neighbour, with links both ways; returns them in order.</summary>
    private List<int> Peel((int Node, int Up, int Down)[] parent)
    {
        Array.Fill(parent, (-1, -1, -1));
        var neighbours = new HashSet<int>[parent.Length];
        for (var node = 0; node < parent.Length; node++)
            neighbours[node] = [.. _outgoing[node].Select(link => _links[link].To.Index), .. _incoming[node].Select(link => _links[link].From.Index)];
        var order = new List<int>();
        var pending = new Queue<int>(Enumerable.Range(0, parent.Length).Where(node => neighbours[node].Count == 1));
        while (pending.TryDequeue(out var node))
        {
            if (neighbours[node].Count != 1)
                continue;
            var other = neighbours[node].Single();
            var (up, down) = (Shortest(_outgoing[node], link => _links[link].To.Index == other), Shortest(_incoming[node], link => _links[link].From.Index == other));
            if (up < 0 || down < 0)
                continue;
            parent[node] = (other, up, down);
            order.Add(node);
            neighbours[node].Clear();
            neighbours[other].Remove(node);
            if (neighbours[other].Count == 1)
                pending.Enqueue(other);
        }

        return order;
    }

    private int Shortest(int[] links, Func<int, bool> leads)
    {
        var best = -1;
        foreach (var link in links)
        {
            if (leads(link) && (best < 0 || _meanTicks[link] < _meanTicks[best]))
                best = link;
        }

        return best;
    }

    /// <summary>The next link of every node of the core: a breadth-first search against the links, one ring of equal hops after the other.</summary>
    private int[] Towards(int owner)
    {
        var next = new int[_core.Length];
        var hops = new int[_core.Length];
        var ticks = new long[_core.Length];
        Array.Fill(next, -1);
        Array.Fill(hops, -1);
        hops[owner] = 0;
        var queue = new Queue<int>([owner]);
        while (queue.TryDequeue(out var node))
        {
            if (node != owner)
                (next[node], ticks[node]) = Best(node, hops, ticks);
            foreach (var link in _incoming[_core[node]])
            {
                var neighbour = PlaceInCore(_links[link].From);
                if (neighbour < 0 || hops[neighbour] >= 0)
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
        foreach (var link in _outgoing[_core[node]])
        {
            var to = PlaceInCore(_links[link].To);
            if (to < 0)
                continue;
            var total = _meanTicks[link] + ticks[to];
            if (hops[to] == hops[node] - 1 && total < best.Ticks)
                best = (link, total);
        }

        return best;
    }

    private int PlaceInCore(NodeId node) => _parent[node.Index].Node < 0 ? _coreOf[node.Index] : -1;
}
