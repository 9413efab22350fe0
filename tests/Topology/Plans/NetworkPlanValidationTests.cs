using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Topology.Plans;

public sealed class NetworkPlanValidationTests
{
    private static string[] Errors(NetworkPlan plan) => [.. NetworkPlanValidation.Errors(plan).Select(error => error.ToString())];

    private static IReadOnlyList<LinkSpec> Changed(Func<LinkSpec, LinkSpec> change) =>
        [.. Paper.Links.Select(link => Paper.LinkName(link) == "par>nar" ? change(link) : link)];

    private static IReadOnlyList<NodeSpec> Changed(string name, Func<NodeSpec, NodeSpec> change) =>
        [.. Paper.Nodes.Select(node => node.Name == name ? change(node) : node)];

    [Fact]
    public void A_node_that_no_link_leads_to_is_unreachable() =>
        Assert.Equal(
            ["HO3001 node 'cn' is unreachable from 'par'. Add a link that leads to 'cn'."],
            Errors(Paper.With(links: [.. Paper.Links.Where(link => link.To != Paper.Node("cn"))])));

    [Fact]
    public void A_node_that_no_link_leads_away_from_cannot_answer() =>
        Assert.Equal(
            ["HO3001 node 'par' is unreachable from 'cn'. Add a link that leads away from 'cn'."],
            Errors(Paper.With(links: [.. Paper.Links.Where(link => link.From != Paper.Node("cn"))])));

    [Fact]
    public void Names_are_unique()
    {
        Assert.Equal(["HO3003 two nodes are named 'par'. Rename one of them."], Errors(Paper.With(nodes: Changed("cn", node => node with { Name = "par" })))
            .Where(error => error.Contains("nodes", StringComparison.Ordinal)));
        Assert.Equal(
            ["HO3003 two domains are named 'fn1'. Rename one of them."],
            Errors(Paper.With(domains: [.. Paper.Domains.Select(domain => domain.Name == "fn2" ? domain with { Name = "fn1" } : domain)])));
        Assert.Equal(["HO3003 there are two links 'par>nar'. Keep one of them."], Errors(Paper.With(links: [.. Paper.Links, Paper.Links[0]])));
    }

    [Fact]
    public void A_link_joins_wired_nodes_of_the_plan()
    {
        Assert.Equal(
            ["HO3004 link #0>#99 names node #99, which is not there. Name two nodes of the topology."],
            Errors(Paper.With(links: Changed(link => link with { To = new NodeId(99) }))));
        Assert.Equal(
            ["HO3004 link 'par>mn' ends at a mobile node. Give the access router a cell instead."],
            Errors(Paper.With(links: Changed(link => link with { To = Paper.Node("mn") }))));
    }

    [Fact]
    public void Delays_are_not_negative()
    {
        Assert.Equal(
            ["HO3005 the delay of link 'par>nar' is no delay: the delay is negative. Give a distribution of delays of 0 ms or more."],
            Errors(Paper.With(links: Changed(link => link with { Delay = Fixed(-1) }))));
        Assert.Equal(
            ["HO3005 the jitter of link 'par>nar' is no delay: max is below min. Give a distribution of delays of 0 ms or more."],
            Errors(Paper.With(links: Changed(link => link with { Jitter = new UniformDelay(Ms(2), Ms(1)) }))));
        Assert.Equal(
            ["HO3005 the processing time of node 'nar' is negative (-0.5 ms). Give 0 ms or more."],
            Errors(Paper.With(nodes: Changed("nar", node => node with { Processing = Ms(-0.5) }))));
    }

    [Theory]
    [InlineData(-0.01, "-1 %")]
    [InlineData(1.5, "150 %")]
    [InlineData(double.NaN, "NaN %")]
    public void Loss_is_a_probability(double loss, string shown) =>
        Assert.Equal(
            [$"HO3006 the loss of link 'par>nar' is {shown}. Give 0 % to 100 %."],
            Errors(Paper.With(links: Changed(link => link with { Loss = loss }))));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Bandwidth_is_positive(double bitsPerSecond) =>
        Assert.Equal(
            ["HO3007 the bandwidth of link 'par>nar' is not above 0. Give a positive bandwidth, or none."],
            Errors(Paper.With(links: Changed(link => link with { Bandwidth = new BitRate(bitsPerSecond) }))));

    [Fact]
    public void A_queue_is_not_negative() =>
        Assert.Equal(
            ["HO3007 the queue of link 'par>nar' is negative. Give 0 packets or more."],
            Errors(Paper.With(links: Changed(link => link with { QueuePackets = -1 }))));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    public void An_outage_ends_after_it_begins(double from, double until) =>
        Assert.Equal(
            [$"HO3008 an outage of link 'par>nar' runs from {from} ms to {until} ms. Let it begin at 0 ms or later and end after it begins."],
            Errors(Paper.With(links: Changed(link => link with { Outages = [new(Ms(1), Ms(2)), new(Ms(from), Ms(until))] }))));

    [Fact]
    public void Indices_are_places()
    {
        Assert.Contains(
            "HO3004 node 'cn' stands at place 8, which is not its index. Number the nodes from 0 in order.",
            Errors(Paper.With(nodes: Changed("cn", node => node with { Id = new NodeId(3) }))));
        Assert.Contains(
            "HO3004 domain 'fn2' stands at place 1, which is not its index. Number the domains from 0 in order.",
            Errors(Paper.With(domains: [Paper.Domains[0], Paper.Domains[2], Paper.Domains[1]])));
        Assert.Contains(
            "HO3004 node 'cn' is in domain 7, which is not there. Name a domain of the topology.",
            Errors(Paper.With(nodes: Changed("cn", node => node with { Domain = new DomainId(7) }))));
    }

    [Fact]
    public void Each_router_has_one_cell_of_its_own()
    {
        var (par, nar) = (Paper.Cells[0], Paper.Cells[1]);
        Assert.Equal(
            ["HO3003 the cell of 'par' is a second one or out of order. Give each router one cell, in order of the routers."],
            Errors(Paper.With(cells: [par, par, nar])));
        Assert.Equal(
            ["HO3004 a link of the cell of 'nar' ends elsewhere. Both ends of a cell's links name its router."],
            Errors(Paper.With(cells: [par, nar with { Uplink = par.Uplink }])));
        Assert.Equal(
            ["HO3004 a cell names router #9, which is not there. Name a node of the topology that is not mobile."],
            Errors(Paper.With(cells: [par, nar with { Router = Paper.Node("mn") }])));
        Assert.Equal(
            ["HO3006 the loss of link 'nar>mn' is 200 %. Give 0 % to 100 %."],
            Errors(Paper.With(cells: [par, nar with { Downlink = nar.Downlink with { Loss = 2 } }])));
    }

    [Fact]
    public void A_mobile_node_starts_at_a_cell_of_its_domain_and_is_served_by_wired_nodes()
    {
        var mobile = Paper.Mobiles[0];
        Assert.Equal(
            ["HO3004 mobile node 'mn' starts at a router without a cell. Give the router a cell."],
            Errors(Paper.With(mobiles: [mobile with { FirstRouter = Paper.Node("pmap") }])));
        Assert.Equal(
            ["HO3004 mobile node 'mn' is in another domain than its first router. Put it in its first router's domain."],
            Errors(Paper.With(mobiles: [mobile with { FirstRouter = Paper.Node("nar") }])));
        Assert.Equal(
            ["HO3004 mobile node 'mn' is served by a node that is not there. Name nodes of the topology that are not mobile."],
            Errors(Paper.With(mobiles: [mobile with { Correspondent = mobile.Node }])));
        Assert.Equal(
            ["HO3004 mobile node #3 is not the node at 9. List mobile nodes last, in order."],
            Errors(Paper.With(mobiles: [mobile with { Node = new NodeId(3) }])));
    }

    [Fact]
    public void A_plan_with_more_mobile_nodes_than_nodes_is_refused() =>
        Assert.Contains(
            "HO3004 mobile node #-1 is not the node at -1. List mobile nodes last, in order.",
            Errors(Paper.With(nodes: [], links: [], cells: [], mobiles: [Paper.Mobiles[0] with { Node = new NodeId(-1) }])));

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var links = Changed(link => link with { Delay = Fixed(-1), Loss = 2, QueuePackets = -1 });
        Assert.Equal(["HO3005", "HO3006", "HO3007"], NetworkPlanValidation.Errors(Paper.With(links: links)).Select(error => error.Code));
    }

    [Fact]
    public void An_empty_network_is_valid() =>
        Assert.Empty(Errors(Paper.With(domains: [], nodes: [], links: [], cells: [], mobiles: [])));
}
