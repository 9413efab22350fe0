using System.Collections.Frozen;

namespace Topology.Plans;

/// <summary>
/// A network as data: domains, nodes, and directed links. Immutable; indices of nodes and domains are their positions,
/// and mobile nodes come after all others. Mobile nodes are nodes of the domain of their first router, and stay in it
/// (as logical process) for the whole run; a wireless link stands in the plan once per cell and direction, as the
/// router's <see cref="CellSpec"/>.
/// </summary>
public sealed class NetworkPlan
{
    private readonly Lazy<FrozenDictionary<(NodeId From, NodeId To), int>> _links;
    private readonly Lazy<FrozenDictionary<NodeId, CellSpec>> _cells;
    private readonly Lazy<FrozenDictionary<string, NodeId>> _wiredNames;

    public NetworkPlan()
    {
        _links = new(() => Enumerable.Range(0, Links!.Count)
            .GroupBy(link => (Links[link].From, Links[link].To))
            .ToFrozenDictionary(parallel => parallel.Key, parallel => parallel.First()));
        _cells = new(() => Cells!.DistinctBy(cell => cell.Router).ToFrozenDictionary(cell => cell.Router));
        _wiredNames = new(() => Nodes!.Take(WiredCount).DistinctBy(node => node.Name)
            .ToFrozenDictionary(node => node.Name, node => node.Id));
    }

    public required string Name { get; init; }

    public required IReadOnlyList<DomainSpec> Domains { get; init; }

    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    /// <summary>Wired links, one per direction.</summary>
    public required IReadOnlyList<LinkSpec> Links { get; init; }

    /// <summary>One cell per access router, in order of the router's id.</summary>
    public required IReadOnlyList<CellSpec> Cells { get; init; }

    /// <summary>Mobile nodes with the access router and home agent each starts with, in order of id.</summary>
    public required IReadOnlyList<MobileSpec> Mobiles { get; init; }

    /// <summary>Number of nodes that are not mobile: those with an index below this.</summary>
    public int WiredCount => Nodes.Count - Mobiles.Count;

    public NodeSpec this[NodeId id] => Nodes[id.Index];

    public bool IsMobile(NodeId id) => id.Index >= WiredCount;

    /// <summary>Position in <see cref="Links"/> of the (first) link between two nodes, -1 where there is none.</summary>
    public int LinkBetween(NodeId from, NodeId to) => _links.Value.GetValueOrDefault((from, to), -1);

    /// <summary>The cell of an access router; null for any other node.</summary>
    public CellSpec? CellOf(NodeId router) => _cells.Value.GetValueOrDefault(router);

    /// <summary>The node of this name; null where there is none. Mobile nodes are searched one by one.</summary>
    public NodeId? Find(string name)
    {
        if (_wiredNames.Value.TryGetValue(name, out var wired))
            return wired;
        for (var index = WiredCount; index < Nodes.Count; index++)
        {
            if (Nodes[index].Name == name)
                return new NodeId(index);
        }

        return null;
    }
}

/// <summary>The wireless cell of an access router: a shared medium, one link per direction.</summary>
/// <param name="Uplink">Mobile node to router; both ends name the router, since every mobile node in the cell uses it.</param>
/// <param name="Downlink">Router to mobile node; both ends name the router.</param>
public sealed record CellSpec(NodeId Router, LinkSpec Uplink, LinkSpec Downlink);

/// <summary>A mobile node's start: where it is attached and registered, and which nodes serve it at home.</summary>
public readonly record struct MobileSpec(NodeId Node, NodeId FirstRouter, NodeId HomeAgent, NodeId? HomeAaa, NodeId? Correspondent);
