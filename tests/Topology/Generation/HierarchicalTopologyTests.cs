using Topology.Generation;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Topology.Generation;

public sealed class HierarchicalTopologyTests
{
    private static readonly HierarchicalTopology Benchmark = new(Domains: 16, Routers: 256, Mobiles: 1000);
    private static readonly NetworkPlan Plan = Benchmark.Build(Delays);

    [Fact]
    public void Each_domain_has_an_anchor_point_a_home_agent_and_its_share_of_routers_and_mobile_nodes()
    {
        Assert.Equal(16, Plan.Domains.Count);
        Assert.All(Plan.Domains, domain =>
        {
            var roles = Plan.Nodes.Where(node => node.Domain == domain.Id).CountBy(node => node.Role).ToDictionary();
            Assert.Equal((1, 1, 16), (roles[NodeRole.MobilityAnchorPoint], roles[NodeRole.HomeAgent], roles[NodeRole.AccessRouter]));
            Assert.InRange(roles[NodeRole.MobileNode], 62, 63);
        });
    }

    [Fact]
    public void Mobile_nodes_are_dealt_out_to_domains_and_routers_in_turn() =>
        Assert.All(Enumerable.Range(0, 1000), i =>
        {
            var mobile = Plan.Mobiles[i];
            Assert.Equal(new MobileSpec(Benchmark.Mobile(i), Benchmark.Router(i % 256), Benchmark.HomeAgent(i % 16), null, null), mobile);
            Assert.Equal(($"mn{i}", i % 16, NodeRole.MobileNode), (Plan[mobile.Node].Name, Plan[mobile.Node].Domain.Index, Plan[mobile.Node].Role));
            Assert.Equal($"ar{i % 256}", Plan[mobile.FirstRouter].Name);
        });

    [Fact]
    public void A_mobile_node_lives_with_its_first_router_where_routers_do_not_divide_evenly()
    {
        var plan = new HierarchicalTopology(Domains: 3, Routers: 5, Mobiles: 20).Build(Delays);
        Assert.Empty(NetworkPlanValidation.Errors(plan));
        Assert.Equal((0, "ha2"), (plan[plan.Mobiles[5].Node].Domain.Index, plan[plan.Mobiles[5].HomeAgent].Name));
    }

    [Fact]
    public void Every_traversal_of_the_benchmark_has_a_link()
    {
        for (var from = 0; from < 16; from++)
        {
            Assert.Equal(LinkClass.InterDomain, Between(Benchmark.AnchorPoint(from), Benchmark.AnchorPoint(from)));
            for (var to = 0; to < 16; to++)
            {
                Assert.Equal(LinkClass.InterDomain, Between(Benchmark.AnchorPoint(from), Benchmark.AnchorPoint(to)));
                Assert.Equal(LinkClass.Home, Between(Benchmark.AnchorPoint(from), Benchmark.HomeAgent(to)));
                Assert.Equal(LinkClass.Home, Between(Benchmark.HomeAgent(to), Benchmark.AnchorPoint(from)));
            }
        }

        for (var router = 0; router < 256; router++)
        {
            Assert.Equal(LinkClass.IntraDomain, Between(Benchmark.Router(router), Benchmark.AnchorPoint(router % 16)));
            Assert.Equal(LinkClass.IntraDomain, Between(Benchmark.AnchorPoint(router % 16), Benchmark.Router(router)));
            Assert.NotNull(Plan.CellOf(Benchmark.Router(router)));
        }

        Assert.Equal(2 * 256 + 16 * 16 + 2 * 16 * 16, Plan.Links.Count);
        Assert.All(Plan.Links, link => Assert.Equal(Delays.Of(link.Class), link.Delay));
    }

    [Fact]
    public void The_benchmark_network_is_valid() => Assert.Empty(NetworkPlanValidation.Errors(Plan));

    /// <summary>The first build pays for the code itself; after it, a million mobile nodes may cost no more than one.</summary>
    [Fact]
    public void A_million_mobile_nodes_allocate_nothing_until_asked_for()
    {
        Allocated(1);
        Assert.Equal(Allocated(1), Allocated(1_000_000), 4096L);
        var plan = new HierarchicalTopology(16, 256, 1_000_000).Build(Delays);
        Assert.Equal("mn999999", plan.Nodes[^1].Name);
        Assert.Equal(plan.Nodes[^1].Id, plan.Find("mn999999"));
        Assert.Equal(1_000_288, plan.Nodes.Count);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, -1)]
    public void Counts_below_their_least_value_are_refused(int domains, int routers, int mobiles) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HierarchicalTopology(domains, routers, mobiles).Build(Delays));

    private static LinkClass Between(NodeId from, NodeId to) => Plan.Links[Plan.LinkBetween(from, to)].Class;

    private static double Allocated(int mobiles)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        new HierarchicalTopology(16, 256, mobiles).Build(Delays);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
