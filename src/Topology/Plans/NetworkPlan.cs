namespace Topology.Plans;

/// <summary>
/// A network as data: domains, nodes, and directed links. Immutable; indices of nodes and domains are their positions.
/// Mobile nodes are nodes of the domain in which they start, and stay in it (as logical process) for the whole run;
/// a wireless link stands in the plan once per cell and direction, between the access router and <see cref="Medium"/>.
/// </summary>
public sealed class NetworkPlan
{
    public required string Name { get; init; }

    public required IReadOnlyList<DomainSpec> Domains { get; init; }

    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    /// <summary>Wired links, one per direction.</summary>
    public required IReadOnlyList<LinkSpec> Links { get; init; }

    /// <summary>One cell per access router, in order of the router's id.</summary>
    public required IReadOnlyList<CellSpec> Cells { get; init; }

    /// <summary>Mobile nodes with the access router and home agent each starts with, in order of id.</summary>
    public required IReadOnlyList<MobileSpec> Mobiles { get; init; }

    public NodeSpec this[NodeId id] => Nodes[id.Index];
}

/// <summary>The wireless cell of an access router: a shared medium, one link per direction.</summary>
/// <param name="Uplink">Mobile node to router; its From is the router itself, since every mobile node in the cell uses it.</param>
/// <param name="Downlink">Router to mobile node.</param>
public sealed record CellSpec(NodeId Router, LinkSpec Uplink, LinkSpec Downlink);

/// <summary>A mobile node's start: where it is attached and registered, and which nodes serve it at home.</summary>
public sealed record MobileSpec(NodeId Node, NodeId FirstRouter, NodeId HomeAgent, NodeId? HomeAaa, NodeId? Correspondent);
