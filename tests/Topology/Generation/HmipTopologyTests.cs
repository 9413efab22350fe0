using CsCheck;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using Topology.Routing;
using static Tests.Topology.Networks;

namespace Tests.Topology.Generation;

public sealed class HmipTopologyTests
{
    private static readonly HmipTopology Shape = new() { Domains = 6, MapsPerDomain = 2, RoutersPerMap = 6, HomeDomains = 2, Correspondents = 3, Core = new WaxmanCore(0.3, 0.2) };

    private static readonly Gen<CoreModel> Cores = Gen.OneOf(
        Gen.Const<CoreModel>(new RingCore()),
        Gen.Const<CoreModel>(new GridCore()),
        Gen.Const<CoreModel>(new FullMeshCore()),
        Gen.Select(Gen.Double[0.01, 1], Gen.Double[0.01, 2]).Select((alpha, beta) => (CoreModel)new WaxmanCore(alpha, beta)),
        Gen.Int[1, 4].Select(links => (CoreModel)new BarabasiAlbertCore(links)));

    private static readonly Gen<HmipTopology> Shapes =
        from domains in Gen.Int[1, 12]
        from maps in Gen.Int[1, 3]
        from routers in Gen.Int[1, 7]
        from homes in Gen.Int[1, 3]
        from correspondents in Gen.Int[0, 4]
        from core in Cores
        select new HmipTopology { Domains = domains, MapsPerDomain = maps, RoutersPerMap = routers, HomeDomains = homes, Correspondents = correspondents, Core = core };

    [Fact]
    public void Every_generated_network_is_valid_and_has_the_nodes_that_were_asked_for() => Gen.Select(Shapes, Gen.ULong).Sample((shape, seed) =>
    {
        var plan = Build(shape, seed, mobiles: 20);
        var roles = plan.Nodes.CountBy(node => node.Role).ToDictionary();
        Assert.Empty(NetworkPlanValidation.Errors(plan));
        Assert.Equal(shape.Routers, roles[NodeRole.AccessRouter]);
        Assert.Equal(shape.Domains * shape.MapsPerDomain, roles[NodeRole.MobilityAnchorPoint]);
        Assert.Equal((shape.HomeDomains, shape.HomeDomains, shape.Domains), (roles[NodeRole.HomeAgent], roles[NodeRole.HomeAaa], roles[NodeRole.VisitedAaa]));
        Assert.Equal(shape.Correspondents, roles.GetValueOrDefault(NodeRole.CorrespondentNode));
        Assert.Equal(20, roles[NodeRole.MobileNode]);
    }, iter: 100);

    [Fact]
    public void The_prefixes_of_a_domain_are_one_range()
    {
        var plan = Build(Shape, 1);
        Assert.All(plan.Domains, domain =>
        {
            var places = Enumerable.Range(0, plan.WiredCount).Where(index => plan.Nodes[index].Domain == domain.Id).ToList();
            Assert.Equal(places.Count, places[^1] - places[0] + 1);
        });
    }

    [Fact]
    public void Same_seed_same_network_and_another_seed_another_core_and_other_delays()
    {
        var delays = Delays with { InterDomain = new LinkDelay(new UniformDelay(Ms(1), Ms(9))) };
        string Text(ulong seed) => string.Join('\n', Shape.Build(delays, seed, TopologyOverrides.None, 0).Plan!.Links);
        Assert.Equal(Text(7), Text(7));
        Assert.NotEqual(Text(7), Text(8));
    }

    [Fact]
    public void A_link_keeps_the_delay_that_it_drew_and_both_directions_share_it()
    {
        var delays = Delays with { InterDomain = new LinkDelay(new UniformDelay(Ms(1), Ms(9))) };
        var plan = Shape.Build(delays, 7, TopologyOverrides.None, 0).Plan!;
        var core = plan.Links.Where(link => link.Class == LinkClass.InterDomain).ToList();
        Assert.All(core, link => Assert.True(link.Delay.Distribution.IsConstant));
        Assert.All(core, link => Assert.Equal(link.Delay, plan.Links[plan.LinkBetween(link.To, link.From)].Delay));
        Assert.True(core.Select(link => link.Delay.Distribution.MeanMs).Distinct().Count() > 1);
        Assert.All(plan.Links.Where(link => link.Class == LinkClass.Home), link => Assert.Equal("home", link.Delay.PerHandover));
    }

    [Fact]
    public void Neighbouring_cells_overlap_by_the_share_that_was_asked_for_and_none_is_nearer() => Gen.Select(Shapes, Gen.Double[0, 0.45]).Sample((shape, overlap) =>
    {
        var layout = (shape with { CellOverlap = overlap, CellRadius = 100 }).Layout;
        var places = Build(shape with { CellOverlap = overlap, CellRadius = 100 }, 1).Nodes
            .Where(node => node.Role == NodeRole.AccessRouter).Select(node => node.Position!.Value).ToList();
        Assert.Equal(overlap * 200, 200 - layout.Spacing, 6);
        foreach (var place in places)
        {
            var others = places.Where(other => other != place).Select(place.DistanceTo).ToList();
            Assert.All(others, distance => Assert.True(distance > layout.Spacing - 1e-6));
            Assert.True(others.Count == 0 || others.Min() < layout.Spacing + 1e-6);
            Assert.InRange(place.X, layout.Spacing / 2 - 1e-6, layout.Size.X - layout.Spacing / 2 + 1e-6);
            Assert.InRange(place.Y, 0, layout.Size.Y);
        }
    }, iter: 50);

    [Fact]
    public void Barabasi_and_Albert_give_each_later_domain_its_links_and_the_first_ones_more()
    {
        var places = new PlanePoint[400];
        var edges = new BarabasiAlbertCore(2).Edges(places, 5);
        Assert.Equal(2 * 400 - 3, edges.Count);
        var degrees = Enumerable.Range(0, 400).Select(node => edges.Count(edge => edge.From == node || edge.To == node)).ToList();
        Assert.True(degrees.Min() >= 1);
        Assert.True(degrees.Take(20).Average() > 3 * degrees.TakeLast(200).Average());
    }

    [Fact]
    public void What_cannot_be_generated_is_told_in_a_line()
    {
        Assert.Equal("HO3019 the core cannot be made: alpha is not above 0 and at most 1. Change its parameters.", Problem(Shape with { Core = new WaxmanCore(2, 1) }));
        Assert.Equal("HO3019 the core has 1 nodes for 6 domains. Ask for as many domains as it has nodes, or fewer.",
            Problem(Shape with { ImportedCore = new CoreGraph([new CoreNode("a", null)], []) }));
        Assert.Equal("HO3004 AAA is asked for in domain 6, which is not there. Name domains from 0 to 5.", Problem(Shape with { AaaDomains = [6] }));
        Assert.StartsWith("HO3001 node 'gw1' is unreachable from 'gw0'",
            Problem(new HmipTopology { Domains = 2, ImportedCore = new CoreGraph([new CoreNode("a", null), new CoreNode("b", null)], []) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_of_an_imported_core_without_a_domain_of_their_own_belong_to_the_nearest_gateway()
    {
        var core = new CoreGraph([.. "abcdef".Select(name => new CoreNode($"{name}", null))], [new(0, 1), new(1, 2), new(2, 3), new(3, 4), new(4, 5)]);
        var plan = Build(new HmipTopology { Domains = 2, RoutersPerMap = 1, ImportedCore = core }, 1);
        Assert.Equal("domain0", Domain("core1"));
        Assert.Equal("domain1", Domain("core4"));
        Assert.Equal("domain1", Domain("core5"));
        string Domain(string node) => plan.Domains[plan[plan.Node(node)].Domain.Index].Name;
    }

    [Fact]
    public void Ten_thousand_routers_are_routed_by_the_core_alone()
    {
        var shape = new HmipTopology { Domains = 100, MapsPerDomain = 4, RoutersPerMap = 25, Core = new WaxmanCore(0.15, 0.2) };
        var plan = Build(shape, 7, mobiles: 1_000_000);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var routes = new RoutingTable(plan);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40_000_000);
        foreach (var (from, to) in new[] { ("ar0", "ar9999"), ("ar9999", "ha0"), ("ar17", "ar18"), ("cn0", "ar5000"), ("map3", "aaav99") })
        {
            var (at, hops) = (plan.Node(from), 0);
            while (at != plan.Node(to))
            {
                at = plan.Links[routes.NextLink(at, plan.Node(to))].To;
                Assert.True(++hops < 40);
            }
        }
    }

    private static NetworkPlan Build(HmipTopology shape, ulong seed, int mobiles = 0) => shape.Build(Delays, seed, TopologyOverrides.None, mobiles).Plan!;

    private static string Problem(HmipTopology shape) => shape.Build(Delays, 1, TopologyOverrides.None, 0).Errors[0].ToString();
}
