using Actors.Network;
using Actors.Security.Profiles;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// What the nodes of a network know of one another by configuration: who serves which domain, and which router owns an
/// access point (RFC 5568's neighbour tables). Built once from a plan; never changes.
/// </summary>
public sealed class NetworkFacts
{
    private readonly NetworkPlan _plan;
    private readonly Dictionary<(DomainId, NodeRole), NodeId> _servers = [];

    /// <summary>Servers that a node has a link to in its own domain, where the domain has several of their role.</summary>
    private readonly Dictionary<(NodeId, NodeRole), NodeId> _nearest = [];

    /// <summary>By node: the anchor points that it has an intra-domain link to.</summary>
    private readonly ILookup<NodeId, NodeId> _linkedAnchorPoints;

    public NetworkFacts(NetworkPlan plan)
    {
        _plan = plan;
        var several = new HashSet<(DomainId, NodeRole)>();
        for (var i = 0; i < plan.WiredCount; i++)
        {
            if (!_servers.TryAdd((plan.Nodes[i].Domain, plan.Nodes[i].Role), new NodeId(i)))
                several.Add((plan.Nodes[i].Domain, plan.Nodes[i].Role));
        }

        _linkedAnchorPoints = plan.Links
            .Where(link => link.Class == LinkClass.IntraDomain && plan[link.To].Role == NodeRole.MobilityAnchorPoint)
            .ToLookup(link => link.From, link => link.To);
        foreach (var link in plan.Links.Where(link => link.Class == LinkClass.IntraDomain))
        {
            var (domain, role) = (plan[link.To].Domain, plan[link.To].Role);
            if (plan[link.From].Domain == domain && several.Contains((domain, role)))
                _nearest.TryAdd((link.From, role), link.To);
        }
    }

    public NodeSpec this[NodeId id] => _plan[id];

    /// <summary>The router that an access point belongs to; null where nobody knows it. A cell has one access point and bears its router's id.</summary>
    public NodeId? RouterOf(NodeId accessPoint) => _plan.CellOf(accessPoint)?.Router;

    /// <summary>
    /// The mobility anchor points that cover a router's link: its own domain's first, then every other with an intra-domain
    /// link to it.
    /// </summary>
    public IReadOnlyList<NodeId> AnchorPointsOf(NodeId router)
    {
        var own = InDomainOf(router, NodeRole.MobilityAnchorPoint);
        var linked = _linkedAnchorPoints[router];
        return [.. (own is { } first ? linked.Prepend(first) : linked).Distinct()];
    }

    /// <summary>Whether an anchor point is among those of a router's link.</summary>
    public bool Covers(NodeId anchorPoint, NodeId router) =>
        InDomainOf(router, NodeRole.MobilityAnchorPoint) == anchorPoint || _linkedAnchorPoints[router].Contains(anchorPoint);

    /// <summary>Where a mobile node starts and who serves it at home: its profile in the policy store (RFC 5213 section 6.2).</summary>
    public MobileSpec ProfileOf(NodeId mobile) => _plan.Mobiles[mobile.Index - _plan.WiredCount];

    /// <summary>The care-of address that a mobile node starts with.</summary>
    public Address FirstCareOfAddressOf(NodeId mobile) => Address.On(ProfileOf(mobile).FirstRouter, mobile);

    /// <summary>The regional care-of address that it starts with, at the anchor point of its first router's domain.</summary>
    /// <exception cref="ArgumentException">The domain has none.</exception>
    public Address FirstRegionalAddressOf(NodeId mobile) => Address.On(
        InDomainOf(ProfileOf(mobile).FirstRouter, NodeRole.MobilityAnchorPoint)
            ?? throw new ArgumentException($"{_plan[ProfileOf(mobile).FirstRouter].Name} has no {NodeRole.MobilityAnchorPoint} in its domain"),
        mobile);

    /// <summary>
    /// The node of a role in the domain of <paramref name="node"/>, or null where the domain has none. Of several it is the one that the
    /// node has a link to, as an access router has to its anchor point, else the first.
    /// </summary>
    public NodeId? InDomainOf(NodeId node, NodeRole role) =>
        _nearest.TryGetValue((node, role), out var near) || _servers.TryGetValue((_plan[node].Domain, role), out near) ? near : null;
}

/// <summary>All that a role machine is built from.</summary>
/// <param name="Node">The node it will run on.</param>
/// <param name="Mobile">Where a mobile node starts; null for other roles.</param>
/// <param name="Options">The scheme's options, complete.</param>
public sealed record RoleContext(NodeSpec Node, MobileSpec? Mobile, NetworkFacts Network, SchemeOptions Options)
{
    public MovementDelays Delays { get; init; } = MovementDelays.None;

    /// <summary>Whose algorithms decide the bytes of messages; null for those of the paper's RSA-2048.</summary>
    public CryptoProfile? Profile { get; init; }

    /// <summary>Packets of data that a router holds back for one mobile node at a time; null for no limit, 0 for none.</summary>
    public int? BufferPackets { get; init; }

    /// <summary>The node of a role that serves this node's domain.</summary>
    /// <exception cref="ArgumentException">The domain has none.</exception>
    public NodeId Server(NodeRole role) => Network.InDomainOf(Node.Id, role)
        ?? throw new ArgumentException($"{Node.Name} has no {role} in its domain; the scheme needs one in every domain with access routers");

    /// <summary>The mobility anchor point that a mobile node starts with.</summary>
    /// <exception cref="ArgumentException">Its first domain has none.</exception>
    public NodeId FirstAnchorPoint() => Network.InDomainOf(Mobile!.Value.FirstRouter, NodeRole.MobilityAnchorPoint)
        ?? throw new ArgumentException($"{Node.Name} has no {NodeRole.MobilityAnchorPoint} in its domain; the scheme needs one in every domain with access routers");

    /// <summary>The AAA server of a mobile node's home.</summary>
    /// <exception cref="ArgumentException">The mobile node has none.</exception>
    public NodeId HomeAaa() => Mobile?.HomeAaa
        ?? throw new ArgumentException($"{Node.Name} has no {NodeRole.HomeAaa}; the scheme needs one for every mobile node");
}
