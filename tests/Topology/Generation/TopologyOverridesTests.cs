using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Topology.Generation;

public sealed class TopologyOverridesTests
{
    private static TopologyOverrides Link(string name, LinkOverride change) =>
        TopologyOverrides.None with { Links = TopologyOverrides.None.Links.Add(name, change) };

    private static TopologyOverrides Processing(string name, double ms) =>
        TopologyOverrides.None with { Nodes = TopologyOverrides.None.Nodes.Add(name, new NodeOverride(Ms(ms))) };

    private static NetworkPlan Built(TopologyOverrides overrides) =>
        PaperTopology.Build(Delays, overrides) is { Plan: { } plan, Errors: [] } ? plan : throw new InvalidOperationException("Refused.");

    private static string Refusal(TopologyOverrides overrides)
    {
        var result = PaperTopology.Build(Delays, overrides);
        Assert.Null(result.Plan);
        return Assert.Single(result.Errors).ToString();
    }

    [Fact]
    public void No_override_changes_nothing()
    {
        var plan = Built(TopologyOverrides.None);
        Assert.Equal(Paper.Links, plan.Links);
        Assert.Equal(Paper.Nodes, plan.Nodes);
        Assert.Equal(Paper.Cells, plan.Cells);
    }

    [Fact]
    public void A_link_is_overridden_in_its_direction_only()
    {
        var plan = Built(Link("par>nar", new LinkOverride { Delay = Fixed(9) }));
        var index = plan.LinkBetween(plan.Node("par"), plan.Node("nar"));
        Assert.Equal(Fixed(9), plan.Links[index].Delay);
        Assert.Equal(Paper.Links.Where((_, link) => link != index), plan.Links.Where((_, link) => link != index));
        Assert.Equal(Paper.Cells, plan.Cells);
    }

    [Fact]
    public void Every_property_of_a_link_can_be_overridden()
    {
        Outage[] outages = [new(Ms(1), Ms(2))];
        var jitter = new ExponentialDelay(Ms(1), Ms(0));
        var change = new LinkOverride
        {
            Delay = Fixed(9),
            Loss = 0.1,
            Bandwidth = BitRate.FromMegabits(11),
            QueuePackets = 7,
            Jitter = jitter,
            Outages = outages,
            Duplication = 0.2,
            Corruption = 0.3,
            Reordering = new Reordering(0.4, jitter),
        };
        var plan = Built(Link("nar>ha", change));
        var before = Paper.Links[Paper.LinkBetween(Paper.Node("nar"), Paper.Node("ha"))];
        var expected = new LinkSpec(before.From, before.To, before.Class, Fixed(9), BitRate.FromMegabits(11), 7, 0.1, jitter)
        {
            Outages = outages,
            Duplication = 0.2,
            Corruption = 0.3,
            Reordering = new Reordering(0.4, jitter),
        };
        Assert.Equal(expected, plan.Links[plan.LinkBetween(before.From, before.To)]);
    }

    [Fact]
    public void A_property_that_is_not_named_keeps_its_value()
    {
        var plan = Built(Link("nar>ha", new LinkOverride { Loss = 0.25 }));
        var link = plan.Links[plan.LinkBetween(plan.Node("nar"), plan.Node("ha"))];
        Assert.Equal((Delays.Home, 0.25), (link.Delay, link.Loss));
    }

    [Fact]
    public void Names_with_the_mobile_node_are_the_directions_of_the_cell()
    {
        var up = Built(Link("mn>nar", new LinkOverride { Loss = 1 }));
        Assert.Equal([(0.0, 0.0), (1, 0)], up.Cells.Select(cell => (cell.Uplink.Loss, cell.Downlink.Loss)));
        var down = Built(Link("par>mn", new LinkOverride { Loss = 1 }));
        Assert.Equal([(0.0, 1.0), (0, 0)], down.Cells.Select(cell => (cell.Uplink.Loss, cell.Downlink.Loss)));
        Assert.Equal(Paper.Links, down.Links);
    }

    [Fact]
    public void A_node_processes_for_the_time_it_is_given()
    {
        var plan = Built(Processing("nar", 3));
        Assert.All(plan.Nodes, node => Assert.Equal(Ms(node.Name == "nar" ? 3 : 0.5), node.Processing));
        Assert.Equal(Ms(2), Built(Processing("mn", 2))[Paper.Node("mn")].Processing);
    }

    [Fact]
    public void Every_link_can_be_impaired_at_once_and_a_links_own_change_stands_above_it()
    {
        var plan = Built(Link("mn>nar", new LinkOverride { Loss = 0 }) with { EveryLink = new LinkOverride { Loss = 0.2, Corruption = 0.1 } });
        Assert.All(plan.Links, link => Assert.Equal((0.2, 0.1), (link.Loss, link.Corruption)));
        Assert.Equal([(0.2, 0.2), (0, 0.2)], plan.Cells.Select(cell => (cell.Uplink.Loss, cell.Downlink.Loss)));
        Assert.All(plan.Cells, cell => Assert.Equal((0.1, 0.1), (cell.Uplink.Corruption, cell.Downlink.Corruption)));
    }

    [Fact]
    public void A_node_restarts_and_refuses_as_it_is_told()
    {
        Restart[] restarts = [new(Ms(1), Ms(2))];
        var change = new NodeOverride(null) { Restarts = restarts, Refusal = new Refusal(130) };
        var agent = Built(TopologyOverrides.None with { Nodes = TopologyOverrides.None.Nodes.Add("ha", change) })[Paper.Node("ha")];
        Assert.Equal(Paper[Paper.Node("ha")] with { Restarts = restarts, Refusal = new Refusal(130) }, agent);
    }

    [Fact]
    public void An_unknown_link_is_refused_with_the_nearest_name()
    {
        Assert.Equal("HO3009 there is no link 'par>nra'. Did you mean 'par>nar'?", Refusal(Link("par>nra", new())));
        Assert.Equal("HO3009 there is no link 'mn>pra'. Did you mean 'mn>par'?", Refusal(Link("mn>pra", new())));
        Assert.StartsWith("HO3009 there is no link 'mn>ha'.", Refusal(Link("mn>ha", new())), StringComparison.Ordinal);
        Assert.StartsWith("HO3009 there is no link 'par'.", Refusal(Link("par", new())), StringComparison.Ordinal);
        Assert.StartsWith("HO3009 there is no link 'par>nar>ha'.", Refusal(Link("par>nar>ha", new())), StringComparison.Ordinal);
        Assert.StartsWith("HO3009 there is no link 'nmap>cn'.", Refusal(Link("nmap>cn", new())), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_node_is_refused_with_the_nearest_name_or_all_names()
    {
        Assert.Equal("HO3009 there is no node 'aaahh'. Did you mean 'aaah'?", Refusal(Processing("aaahh", 1)));
        Assert.Equal("HO3009 there is no node 'NAR'. Did you mean 'nar'?", Refusal(Processing("NAR", 1)));
        Assert.Equal(
            "HO3009 there is no node 'gateway'. Known are par, nar, pmap, nmap, ha, aaav, paaav, aaah, cn, mn.", Refusal(Processing("gateway", 1)));
    }

    [Fact]
    public void All_unknown_names_are_told_at_once_in_order()
    {
        var overrides = new TopologyOverrides(
            TopologyOverrides.None.Links.Add("x>y", new()).Add("a>b", new()), TopologyOverrides.None.Nodes.Add("z", new NodeOverride(null)));
        Assert.Equal(["a>b", "x>y", "z"], PaperTopology.Build(Delays, overrides).Errors.Select(error => error.Subject));
    }

    [Fact]
    public void An_impossible_value_is_refused_by_the_name_it_was_given_to()
    {
        var errors = PaperTopology.Build(Delays, Link("mn>par", new LinkOverride { Loss = 1.5 })).Errors;
        Assert.Equal(("HO3006", "mn>par"), (Assert.Single(errors).Code, errors[0].Subject));
        Assert.Equal("HO3005 the processing time of node 'cn' is negative (-1 ms). Give 0 ms or more.", Refusal(Processing("cn", -1)));
    }
}
