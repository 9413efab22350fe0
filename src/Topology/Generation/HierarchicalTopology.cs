using System.Globalization;
using Topology.Plans;

namespace Topology.Generation;

/// <summary>
/// The regular multi-domain HMIPv6 network of the engine's benchmark: each domain has a mobility anchor point and a home
/// agent, the access routers and mobile nodes are dealt out in turn. Inter-domain links join every pair of anchor
/// points and each anchor point to itself, because a handover inside a domain also traverses d.
/// </summary>
/// <param name="Domains">At least 1; node index order is anchor points, home agents, routers, mobile nodes.</param>
/// <param name="Routers">At least 1; router r is in domain r mod <paramref name="Domains"/>.</param>
/// <param name="Mobiles">
/// At least 0; mobile node i is registered at the home agent of domain i mod <paramref name="Domains"/> and starts at
/// router i mod <paramref name="Routers"/>, in whose domain it lives.
/// </param>
public sealed record HierarchicalTopology(int Domains, int Routers, int Mobiles)
{
    public NodeId AnchorPoint(int domain) => new(domain);

    public NodeId HomeAgent(int domain) => new(Domains + domain);

    public NodeId Router(int router) => new(2 * Domains + router);

    public NodeId Mobile(int mobile) => new(2 * Domains + Routers + mobile);

    public DomainId DomainOfRouter(int router) => new(router % Domains);

    /// <summary>The network; mobile nodes are computed when asked for, so that their number costs neither time nor memory.</summary>
    /// <param name="delays">The correspondent's f and g are not used.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below its least value.</exception>
    public NetworkPlan Build(PaperDelays delays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Domains, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Routers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Mobiles);
        var domains = Enumerable.Range(0, Domains).ToArray();
        var routers = Enumerable.Range(0, Routers).ToArray();
        NodeSpec Node(NodeId id, string prefix, int number, DomainId domain, NodeRole role) =>
            new(id, prefix + number.ToString(CultureInfo.InvariantCulture), domain, role, delays.Processing) { Forwarding = delays.Forwarding };

        NodeSpec[] wired =
        [
            .. domains.Select(d => Node(AnchorPoint(d), "map", d, new DomainId(d), NodeRole.MobilityAnchorPoint)),
            .. domains.Select(d => Node(HomeAgent(d), "ha", d, new DomainId(d), NodeRole.HomeAgent)),
            .. routers.Select(r => Node(Router(r), "ar", r, DomainOfRouter(r), NodeRole.AccessRouter)),
        ];
        return new NetworkPlan
        {
            Name = "hierarchical",
            Domains = [.. domains.Select(d => new DomainSpec(new DomainId(d), string.Create(CultureInfo.InvariantCulture, $"domain{d}")))],
            Nodes = new ComputedList<NodeSpec>(wired, Mobiles, i =>
                Node(Mobile(i), "mn", i, DomainOfRouter(i % Routers), NodeRole.MobileNode)),
            Links =
            [
                .. routers.SelectMany(r => delays.Duplex(Router(r), AnchorPoint(r % Domains), LinkClass.IntraDomain)),
                .. from left in domains
                   from right in domains
                   select new LinkSpec(AnchorPoint(left), AnchorPoint(right), LinkClass.InterDomain, delays.InterDomain),
                .. from anchor in domains
                   from home in domains
                   from link in delays.Duplex(AnchorPoint(anchor), HomeAgent(home), LinkClass.Home)
                   select link,
            ],
            Cells = [.. routers.Select(r => delays.Cell(Router(r)))],
            Mobiles = new ComputedList<MobileSpec>([], Mobiles, i =>
                new MobileSpec(Mobile(i), Router(i % Routers), HomeAgent(i % Domains), HomeAaa: null, Correspondent: null)),
        };
    }
}
