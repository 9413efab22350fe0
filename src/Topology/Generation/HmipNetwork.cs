using System.Globalization;
using Topology.Plans;
using Topology.Randomness;

namespace Topology.Generation;

/// <summary>Assembles the nodes and links of one <see cref="HmipTopology"/>.</summary>
internal sealed class HmipNetwork
{
    private readonly HmipTopology _topology;
    private readonly PaperDelays _delays;
    private readonly ulong _seed;
    private readonly List<DomainSpec> _domains = [];
    private readonly List<NodeSpec> _nodes = [];
    private readonly List<LinkSpec> _links = [];
    private readonly List<NodeId> _routers = [];
    private readonly List<(NodeId HomeAgent, NodeId? Aaa)> _homes = [];
    private readonly NodeId[] _correspondents;

    public HmipNetwork(HmipTopology topology, PaperDelays delays, ulong seed)
    {
        (_topology, _delays, _seed) = (topology, delays, seed);
        _correspondents = new NodeId[topology.Correspondents];
        var core = topology.ImportedCore;
        var hosts = core is null ? [.. Enumerable.Range(0, topology.Domains)] : HostsIn(core.Nodes.Count, topology.Domains);
        var coreNodes = new NodeId[core?.Nodes.Count ?? topology.Domains];
        var transit = core is null ? [] : TransitOf(core, hosts);
        for (var domain = 0; domain < topology.Domains; domain++)
        {
            coreNodes[hosts[domain]] = AddVisited(domain);
            foreach (var node in transit.Where(entry => entry.Value == domain).Select(entry => entry.Key))
                coreNodes[node] = Add($"core{node}", NodeRole.CoreRouter, null);
        }

        for (var home = 0; home < topology.HomeDomains; home++)
            AddHome(home, coreNodes[(int)((long)home * coreNodes.Length / topology.HomeDomains)]);
        var edges = core?.Edges ?? topology.Core.Edges([.. Enumerable.Range(0, topology.Domains).Select(topology.Layout.Domain)], seed);
        foreach (var edge in edges)
            Link(coreNodes[edge.From], coreNodes[edge.To], LinkClass.InterDomain, edge.Delay, edge.Bandwidth);
    }

    /// <summary>The network with so many mobile nodes.</summary>
    public NetworkPlan Plan(int mobiles, Func<int, int> firstRouter)
    {
        var wired = _nodes.Count;
        var radio = Spec(new NodeId(0), new NodeId(0), LinkClass.Wireless, null, null);
        return new NetworkPlan
        {
            Name = "hmipv6",
            Domains = _domains,
            Nodes = new ComputedList<NodeSpec>(_nodes, mobiles, mobile => new NodeSpec(
                new NodeId(wired + mobile), Numbered("mn", mobile), _nodes[_routers[firstRouter(mobile)].Index].Domain, NodeRole.MobileNode, _delays.Processing)
            {
                Forwarding = _delays.Forwarding,
            }),
            Links = _links,
            Cells = [.. _routers.Select(router => radio with { From = router, To = router }).Select(link => new CellSpec(link.From, link, link))],
            Mobiles = new ComputedList<MobileSpec>([], mobiles, mobile => new MobileSpec(
                new NodeId(wired + mobile),
                _routers[firstRouter(mobile)],
                _homes[mobile % _homes.Count].HomeAgent,
                _homes[mobile % _homes.Count].Aaa,
                _correspondents.Length == 0 ? null : _correspondents[mobile % _correspondents.Length])),
        };
    }

    private bool HasAaa(int domain) => _topology.AaaDomains?.Contains(domain) ?? true;

    private NodeId AddVisited(int domain)
    {
        var (layout, middle) = (_topology.Layout, _topology.Layout.Domain(domain));
        _domains.Add(new DomainSpec(new DomainId(_domains.Count), Numbered("domain", domain)));
        var gateway = Add(Numbered("gw", domain), NodeRole.CoreRouter, middle);
        if (HasAaa(domain))
            Link(gateway, Add(Numbered("aaav", domain), NodeRole.VisitedAaa, middle with { Y = middle.Y + 0.3 * layout.Spacing }), LinkClass.IntraDomain);
        for (var map = 0; map < _topology.MapsPerDomain; map++)
        {
            var anchor = Add(Numbered("map", domain * _topology.MapsPerDomain + map), NodeRole.MobilityAnchorPoint, layout.Map(domain, map));
            Link(gateway, anchor, LinkClass.IntraDomain);
            for (var router = 0; router < _topology.RoutersPerMap; router++)
            {
                _routers.Add(Add(Numbered("ar", _routers.Count), NodeRole.AccessRouter, layout.Router(domain, map, router)));
                Link(anchor, _routers[^1], LinkClass.IntraDomain);
            }
        }

        return gateway;
    }

    private void AddHome(int home, NodeId attachment)
    {
        _domains.Add(new DomainSpec(new DomainId(_domains.Count), Numbered("home", home)));
        var gateway = Add(Numbered("hgw", home), NodeRole.CoreRouter, null);
        Link(attachment, gateway, LinkClass.Home);
        var agent = Add(Numbered("ha", home), NodeRole.HomeAgent, null);
        Link(gateway, agent, LinkClass.IntraDomain);
        NodeId? aaa = null;
        if (_topology.AaaDomains is not { Count: 0 })
        {
            aaa = Add(Numbered("aaah", home), NodeRole.HomeAaa, null);
            Link(gateway, aaa.Value, LinkClass.IntraDomain);
        }

        _homes.Add((agent, aaa));
        for (var correspondent = home; correspondent < _correspondents.Length; correspondent += _topology.HomeDomains)
        {
            _correspondents[correspondent] = Add(Numbered("cn", correspondent), NodeRole.CorrespondentNode, null);
            Link(gateway, _correspondents[correspondent], LinkClass.HomeCorrespondent);
        }
    }

    /// <summary>A node of the domain that was added last.</summary>
    private NodeId Add(string name, NodeRole role, PlanePoint? position)
    {
        var id = new NodeId(_nodes.Count);
        _nodes.Add(new NodeSpec(id, name, _domains[^1].Id, role, _delays.Processing) { Forwarding = _delays.Forwarding, Position = position });
        return id;
    }

    private void Link(NodeId left, NodeId right, LinkClass link, TimeSpan? delay = null, BitRate? rate = null)
    {
        var there = Spec(left, right, link, delay, rate);
        _links.Add(there);
        _links.Add(there with { From = right, To = left });
    }

    private LinkSpec Spec(NodeId from, NodeId to, LinkClass link, TimeSpan? delay, BitRate? rate)
    {
        var law = delay is { } given ? LinkDelay.Fixed(given) : _delays.Of(link);
        if (_topology.DrawsPerLink && law.PerHandover is null && link != LinkClass.Wireless && !law.Distribution.IsConstant)
        {
            var stream = RandomStream.For(_seed, 0, (ulong)_links.Count, StreamPurpose.Topology, 1);
            law = LinkDelay.Fixed(law.Distribution.Sample(ref stream));
        }

        return new LinkSpec(from, to, link, law, rate ?? _topology.Rates.Of(link));
    }

    private static string Numbered(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The nodes of an imported core that become gateways, evenly over the list.</summary>
    private static int[] HostsIn(int nodes, int domains) =>
        [.. Enumerable.Range(0, domains).Select(domain => (int)((long)domain * nodes / domains))];

    /// <summary>Every other node of the core, with the domain of the gateway that is fewest hops away; the first domain for one that none reaches.</summary>
    private static SortedDictionary<int, int> TransitOf(CoreGraph core, int[] hosts)
    {
        var neighbours = core.Edges.SelectMany(edge => new[] { (edge.From, edge.To), (From: edge.To, To: edge.From) }).ToLookup(edge => edge.From, edge => edge.To);
        var domainOf = new SortedDictionary<int, int>();
        var pending = new Queue<int>();
        for (var domain = 0; domain < hosts.Length; domain++)
        {
            domainOf[hosts[domain]] = domain;
            pending.Enqueue(hosts[domain]);
        }

        while (pending.TryDequeue(out var node))
        {
            foreach (var next in neighbours[node].Order().Where(next => domainOf.TryAdd(next, domainOf[node])))
                pending.Enqueue(next);
        }

        for (var node = 0; node < core.Nodes.Count; node++)
            domainOf.TryAdd(node, 0);
        foreach (var host in hosts)
            domainOf.Remove(host);
        return domainOf;
    }
}
