using Actors.Mobility;
using Actors.Network;
using Actors.Security;
using Topology.Generation;
using Topology.Plans;

namespace Tests.Actors;

/// <summary>Networks and costs that tests of schemes share: a = 4, b = d = 2, c = 20, t_p = 0.5, t_s = 8 ms.</summary>
internal static class ProtocolNetworks
{
    public static readonly CryptoCosts Costs = CryptoCosts.Paper(Ms(8), Ms(40), Ms(8), 0.5);

    public static readonly NetworkPlan Paper = PaperTopology.Build(Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)));

    public static TheoryData<string> SchemeNames => ["mipv6", "fmipv6", "famipv6", "ibs-famipv6", "ipsec-fmipv6", "wang-prasad", "ibs", "fmipv6-rfc5269", "ipsec-fmipv6-plus"];

    public static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    public static IHandoverScheme Scheme(string name) => HandoverSchemes.Find(name) ?? throw new ArgumentException($"no scheme {name}");

    public static PaperDelays Delays(TimeSpan a, TimeSpan b, TimeSpan c, TimeSpan d, TimeSpan tp) => new(
        LinkDelay.Fixed(a), LinkDelay.Fixed(b), LinkDelay.Fixed(c), LinkDelay.Fixed(d), LinkDelay.Fixed(Ms(3)), LinkDelay.Fixed(Ms(5)), tp);

    public static ProtocolNetwork InPaper(string scheme) => new(Paper, Scheme(scheme), Costs);

    /// <summary>
    /// Three visited domains around a core router, in which every path between routers, servers and home crosses several
    /// links, and mobile nodes mn0, mn1, ... that start at the routers ar0, ar1, ar2 in turn.
    /// </summary>
    public static NetworkPlan Hierarchical(int mobiles)
    {
        const int visited = 3;
        var delay = Ms(1);
        var nodes = new List<NodeSpec>();
        var links = new List<LinkSpec>();
        NodeId Add(string name, int domain, NodeRole role)
        {
            nodes.Add(new NodeSpec(new NodeId(nodes.Count), name, new DomainId(domain), role, Ms(0.5)));
            return nodes[^1].Id;
        }

        void Join(NodeId left, NodeId right, LinkClass link)
        {
            links.Add(new LinkSpec(left, right, link, LinkDelay.Fixed(delay)));
            links.Add(new LinkSpec(right, left, link, LinkDelay.Fixed(delay)));
        }

        var core = Add("core", 0, new NodeRole("core"));
        var ha = Add("ha", 0, NodeRole.HomeAgent);
        var aaah = Add("aaah", 0, NodeRole.HomeAaa);
        Join(core, ha, LinkClass.Home);
        Join(core, aaah, LinkClass.Home);
        var cn = Add("cn", 0, NodeRole.CorrespondentNode);
        Join(core, cn, LinkClass.HomeCorrespondent);
        var routers = new List<NodeId>();
        for (var domain = 1; domain <= visited; domain++)
        {
            var map = Add($"map{domain}", domain, NodeRole.MobilityAnchorPoint);
            var aaav = Add($"aaav{domain}", domain, NodeRole.VisitedAaa);
            var router = Add($"ar{domain - 1}", domain, NodeRole.AccessRouter);
            Join(core, map, LinkClass.InterDomain);
            Join(map, aaav, LinkClass.IntraDomain);
            Join(map, router, LinkClass.IntraDomain);
            routers.Add(router);
        }

        var mobileSpecs = Enumerable.Range(0, mobiles)
            .Select(i => new MobileSpec(Add($"mn{i}", 1 + i % visited, NodeRole.MobileNode), routers[i % visited], ha, aaah, cn))
            .ToArray();
        return new NetworkPlan
        {
            Name = "three domains",
            Domains = [.. Enumerable.Range(0, visited + 1).Select(domain => new DomainSpec(new DomainId(domain), $"domain{domain}"))],
            Nodes = nodes,
            Links = links,
            Cells = [.. routers.Select(router => Cell(router, delay))],
            Mobiles = mobileSpecs,
        };
    }

    private static CellSpec Cell(NodeId router, TimeSpan delay)
    {
        var link = new LinkSpec(router, router, LinkClass.Wireless, LinkDelay.Fixed(delay));
        return new CellSpec(router, link, link);
    }
}
