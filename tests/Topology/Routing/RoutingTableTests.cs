using CsCheck;
using Topology.Generation;
using Topology.Plans;
using Topology.Routing;
using static Tests.Topology.Networks;

namespace Tests.Topology.Routing;

public sealed class RoutingTableTests
{
    /// <summary>The crossings of the schemes: what a message of a scheme is addressed to and the links it may use.</summary>
    [Theory]
    [InlineData("par", "nar", "par>nar")]                        // HI, forwarded packets
    [InlineData("nar", "par", "nar>par")]                        // HAck, FBU of the reactive case
    [InlineData("nar", "ha", "nar>ha")]                          // BU
    [InlineData("ha", "nar", "ha>nar")]                          // BA
    [InlineData("par", "ha", "par>ha")]
    [InlineData("ha", "par", "ha>par")]                          // packets tunnelled before the handover
    [InlineData("ha", "cn", "ha>cn")]                            // HoTI
    [InlineData("cn", "ha", "cn>ha")]                            // HoT
    [InlineData("nar", "cn", "nar>cn")]                          // CoTI, BU to the correspondent
    [InlineData("cn", "nar", "cn>nar")]                          // CoT
    [InlineData("cn", "par", "cn>par")]
    [InlineData("nar", "nmap", "nar>nmap")]                      // LBU
    [InlineData("nmap", "nar", "nmap>nar")]
    [InlineData("par", "pmap", "par>pmap")]                      // RtSolPr of F-HMIPv6
    [InlineData("pmap", "par", "pmap>par")]
    [InlineData("pmap", "nar", "pmap>nar")]                      // HI of F-HMIPv6
    [InlineData("nar", "pmap", "nar>pmap")]                      // LBU to the anchor point that stays
    [InlineData("pmap", "ha", "pmap>ha")]
    [InlineData("ha", "pmap", "ha>pmap")]
    [InlineData("nmap", "ha", "nmap>ha")]                        // BU(RCoA)
    [InlineData("ha", "nmap", "ha>nmap")]
    [InlineData("pmap", "nmap", "pmap>nmap")]
    [InlineData("nmap", "pmap", "nmap>pmap")]
    [InlineData("nar", "aaav", "nar>aaav")]                      // AAA request, hop by hop
    [InlineData("aaav", "aaah", "aaav>aaah")]
    [InlineData("aaah", "aaav", "aaah>aaav")]
    [InlineData("aaav", "nar", "aaav>nar")]
    [InlineData("par", "paaav", "par>paaav")]
    [InlineData("paaav", "aaah", "paaav>aaah")]
    [InlineData("aaah", "ha", "aaah>ha")]
    public void Messages_of_the_paper_take_the_link_of_their_class(string at, string owner, string links) =>
        Assert.Equal(links, Path(Paper, new RoutingTable(Paper), Paper.Node(at), Paper.Node(owner)));

    [Fact]
    public void A_slow_direct_link_is_preferred_to_a_quick_detour()
    {
        var slow = PaperTopology.Build(Delays with { Home = Fixed(1000) });
        Assert.Equal("nar>ha", Path(slow, new RoutingTable(slow), slow.Node("nar"), slow.Node("ha")));
    }

    [Fact]
    public void Of_two_ways_with_equal_hops_the_quicker_is_taken_jitter_included_and_of_equals_the_lower_link()
    {
        Assert.Equal("nmap>pmap pmap>par", Path(Paper, new RoutingTable(Paper), Paper.Node("nmap"), Paper.Node("par")));
        var jittery = Paper.With(links:
            [.. Paper.Links.Select(link => Paper.LinkName(link) == "nmap>pmap" ? link with { Jitter = Fixed(1).Distribution } : link)]);
        Assert.Equal("nmap>nar nar>par", Path(jittery, new RoutingTable(jittery), jittery.Node("nmap"), jittery.Node("par")));
    }

    [Fact]
    public void There_is_no_next_link_at_the_owner_for_mobile_nodes_and_beyond_the_plan()
    {
        var table = new RoutingTable(Paper);
        var (par, mn, beyond) = (Paper.Node("par"), Paper.Node("mn"), new NodeId(99));
        Assert.All([(par, par), (mn, par), (par, mn), (beyond, par), (par, beyond), (par, new NodeId(-1))], pair =>
            Assert.Equal(-1, table.NextLink(pair.Item1, pair.Item2)));
    }

    [Fact]
    public void Benchmark_packets_climb_to_their_anchor_point_cross_once_and_never_use_its_link_to_itself()
    {
        var network = new HierarchicalTopology(4, 8, 10);
        var plan = network.Build(Delays);
        var table = new RoutingTable(plan);
        Assert.Equal("ar1>map1 map1>map2 map2>ar6", Path(plan, table, network.Router(1), network.Router(6)));
        Assert.Equal("ar1>map1 map1>ar5", Path(plan, table, network.Router(1), network.Router(5)));
        Assert.Equal("ar1>map1 map1>ha3", Path(plan, table, network.Router(1), network.HomeAgent(3)));
        Assert.Equal("ha3>map1 map1>ar1", Path(plan, table, network.HomeAgent(3), network.Router(1)));
        Assert.Equal("map0>map3", Path(plan, table, network.AnchorPoint(0), network.AnchorPoint(3)));
    }

    /// <summary>Bellman-Ford over (hops, ticks), for every pair of random networks.</summary>
    [Fact]
    public void Every_way_has_the_fewest_hops_and_among_those_the_least_delay() =>
        Networks.Random.Sample(plan =>
        {
            var table = new RoutingTable(plan);
            for (var owner = 0; owner < plan.WiredCount; owner++)
            {
                var best = Distances(plan, owner);
                for (var at = 0; at < plan.WiredCount; at++)
                {
                    var next = table.NextLink(new NodeId(at), new NodeId(owner));
                    var candidates = Enumerable.Range(0, plan.Links.Count)
                        .Where(link => plan.Links[link].From.Index == at && at != owner && best[plan.Links[link].To.Index] is { } rest
                            && (rest.Hops + 1, rest.Ticks + plan.Links[link].Delay.Distribution.Minimum.Ticks) == best[at]);
                    Assert.Equal(candidates.DefaultIfEmpty(-1).First(), next);
                }
            }
        }, iter: 300);

    [Fact]
    public void A_network_beyond_the_eager_size_is_routed_when_asked_from_any_number_of_threads()
    {
        const int count = 5000;
        var ring = new NetworkPlan
        {
            Name = "ring",
            Domains = [new DomainSpec(new(0), "ring")],
            Nodes = [.. Enumerable.Range(0, count).Select(n => new NodeSpec(new(n), $"n{n}", new(0), NodeRole.AccessRouter, Ms(0)))],
            Links = [.. Enumerable.Range(0, count).Select(n => new LinkSpec(new(n), new((n + 1) % count), LinkClass.IntraDomain, Fixed(1)))],
            Cells = [],
            Mobiles = [],
        };
        var table = new RoutingTable(ring);
        var next = new int[count * 2];
        Parallel.For(0, count * 2, i => next[i] = table.NextLink(new NodeId(i % count), new NodeId(i % 3)));
        Assert.All(Enumerable.Range(0, count * 2), i => Assert.Equal(i % count == i % 3 ? -1 : i % count, next[i]));
    }

    private static string Path(NetworkPlan plan, RoutingTable table, NodeId at, NodeId owner)
    {
        var links = new List<string>();
        while (at != owner)
        {
            var link = plan.Links[table.NextLink(at, owner)];
            links.Add(plan.LinkName(link));
            at = link.To;
        }

        return string.Join(' ', links);
    }

    private static (int Hops, long Ticks)?[] Distances(NetworkPlan plan, int owner)
    {
        var best = new (int Hops, long Ticks)?[plan.WiredCount];
        best[owner] = (0, 0);
        for (var round = 0; round < plan.WiredCount; round++)
        {
            foreach (var link in plan.Links)
            {
                if (best[link.To.Index] is not { } rest)
                    continue;
                var through = (rest.Hops + 1, rest.Ticks + link.Delay.Distribution.Minimum.Ticks);
                if (best[link.From.Index] is not { } known || through.CompareTo(known) < 0)
                    best[link.From.Index] = through;
            }
        }

        return best;
    }
}
