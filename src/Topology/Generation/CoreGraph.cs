using Topology.Plans;
using Topology.Randomness;

namespace Topology.Generation;

/// <summary>A node of a core; an imported one has a name of its own.</summary>
/// <param name="Position">In metres on a plane, or in degrees east and north; null where it is not known.</param>
public sealed record CoreNode(string Name, PlanePoint? Position, bool IsInDegrees = false);

/// <summary>A full-duplex link of a core, between places in the list of nodes.</summary>
/// <param name="Delay">One way; null where the topology's inter-domain delay holds.</param>
/// <param name="Bandwidth">Null for the topology's.</param>
public sealed record CoreEdge(int From, int To, TimeSpan? Delay = null, BitRate? Bandwidth = null);

/// <summary>What joins the domains of a network: an undirected graph without parallel links.</summary>
public sealed record CoreGraph(IReadOnlyList<CoreNode> Nodes, IReadOnlyList<CoreEdge> Edges);

/// <summary>A way to join domains whose gateways stand at given places.</summary>
public abstract record CoreModel
{
    /// <summary>The links, each once, the lower end first; a function of places and seed. Every model gives a connected core.</summary>
    public abstract IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed);

    /// <summary>What is wrong with the parameters, as a clause without a full stop; null for nothing.</summary>
    public virtual string? Flaw => null;

    /// <summary>The stream from which a core is drawn.</summary>
    protected static RandomStream Stream(ulong seed) => RandomStream.For(seed, 0, 0, StreamPurpose.Topology);
}

/// <summary>Each domain has a link to the next, and the last to the first.</summary>
public sealed record RingCore : CoreModel
{
    public override IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed) =>
        [.. Enumerable.Range(0, places.Count < 3 ? places.Count - 1 : places.Count)
            .Select(node => new CoreEdge(Math.Min(node, (node + 1) % places.Count), Math.Max(node, (node + 1) % places.Count)))];
}

/// <summary>Rows and columns as domains lie on the plane; a domain has a link to each that is next to it.</summary>
public sealed record GridCore : CoreModel
{
    public override IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed)
    {
        var rows = (int)Math.Sqrt(places.Count);
        while (places.Count % rows != 0)
            rows--;
        var columns = places.Count / rows;
        return
        [
            .. from node in Enumerable.Range(0, places.Count)
               from next in new[] { node % columns < columns - 1 ? node + 1 : -1, node + columns < places.Count ? node + columns : -1 }
               where next >= 0
               select new CoreEdge(node, next),
        ];
    }
}

/// <summary>A link between any two domains.</summary>
public sealed record FullMeshCore : CoreModel
{
    public override IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed) =>
        [.. from low in Enumerable.Range(0, places.Count) from high in Enumerable.Range(low + 1, places.Count - low - 1) select new CoreEdge(low, high)];
}

/// <summary>
/// Waxman (1988): two domains at distance d have a link with probability alpha exp(-d / (beta L)), L being the greatest distance. Parts
/// that stay apart are joined by their shortest links.
/// </summary>
public sealed record WaxmanCore(double Alpha, double Beta) : CoreModel
{
    public override string? Flaw => Alpha is > 0 and <= 1 ? Beta > 0 ? null : "beta is not above 0" : "alpha is not above 0 and at most 1";

    public override IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed)
    {
        var pairs = (from low in Enumerable.Range(0, places.Count)
                     from high in Enumerable.Range(low + 1, places.Count - low - 1)
                     select (Low: low, High: high, Distance: places[low].DistanceTo(places[high]))).ToArray();
        var longest = pairs.Select(pair => pair.Distance).DefaultIfEmpty(1).Max();
        var stream = Stream(seed);
        var drawn = pairs.Select(pair => stream.NextDouble() < Alpha * PortableMath.Exp(-pair.Distance / (Beta * longest))).ToArray();
        var parts = new DisjointSets(places.Count);
        foreach (var (pair, _) in pairs.Zip(drawn).Where(entry => entry.Second))
            parts.Join(pair.Low, pair.High);
        for (var next = 0; next < pairs.Length; next++)
            pairs[next] = pairs[next] with { Distance = Math.Round(pairs[next].Distance, 3) };
        foreach (var index in Enumerable.Range(0, pairs.Length).OrderBy(index => pairs[index].Distance).ThenBy(index => index))
            drawn[index] |= parts.Join(pairs[index].Low, pairs[index].High);
        return [.. pairs.Zip(drawn).Where(entry => entry.Second).Select(entry => new CoreEdge(entry.First.Low, entry.First.High))];
    }
}

/// <summary>Barabasi and Albert (1999): each domain in turn gets links to earlier ones, which have the better chance the more links they have.</summary>
/// <param name="Links">Of each new domain, at least 1; as many as there are earlier ones where these are fewer.</param>
public sealed record BarabasiAlbertCore(int Links) : CoreModel
{
    public override string? Flaw => Links >= 1 ? null : "links is below 1";

    public override IReadOnlyList<CoreEdge> Edges(IReadOnlyList<PlanePoint> places, ulong seed)
    {
        var stream = Stream(seed);
        var edges = new List<CoreEdge>();
        // Each end of each link once: a uniform draw from it is one in proportion to the links.
        var ends = new List<int> { 0 };
        for (var node = 1; node < places.Count; node++)
        {
            var chosen = new SortedSet<int>();
            while (chosen.Count < Math.Min(Links, node))
                chosen.Add(ends[stream.NextInt32(ends.Count)]);
            foreach (var earlier in chosen)
                edges.Add(new CoreEdge(earlier, node));
            ends.AddRange(chosen);
            ends.AddRange(Enumerable.Repeat(node, chosen.Count));
        }

        return edges;
    }
}
