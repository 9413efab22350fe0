using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Topology.Plans;

public sealed class NodeFaultValidationTests
{
    private static string[] Errors(string name, Func<NodeSpec, NodeSpec> change) =>
        [.. NetworkPlanValidation.Errors(Paper.With(nodes: [.. Paper.Nodes.Select(node => node.Name == name ? change(node) : node)])).Select(error => error.ToString())];

    [Fact]
    public void Nodes_that_restart_one_time_after_the_other_and_servers_that_refuse_may_run()
    {
        Assert.Empty(Errors("nar", node => node with { Restarts = [new(Ms(0), Ms(5)), new(Ms(5), Ms(1))] }));
        Assert.Empty(Errors("ha", node => node with { Refusal = new Refusal(130, 0.5) }));
    }

    [Fact]
    public void A_restart_takes_time_and_follows_the_one_before()
    {
        Assert.Equal(
            ["HO3010 node 'nar' restarts at 4 ms for 1 ms. Let each restart take some time and begin after the one before is over, at 0 ms or later."],
            Errors("nar", node => node with { Restarts = [new(Ms(0), Ms(5)), new(Ms(4), Ms(1))] }));
        Assert.StartsWith("HO3010 node 'nar' restarts at 4 ms for 0 ms.", Assert.Single(Errors("nar", node => node with { Restarts = [new(Ms(4), Ms(0))] })), StringComparison.Ordinal);
        Assert.StartsWith("HO3010 node 'nar' restarts at -1 ms", Assert.Single(Errors("nar", node => node with { Restarts = [new(Ms(-1), Ms(2))] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Mobile_nodes_do_not_restart() => Assert.Equal(
        ["HO3010 mobile node 'mn' restarts. Let a node restart that is not mobile."],
        Errors("mn", node => node with { Restarts = [new(Ms(0), Ms(5))] }));

    [Fact]
    public void Only_servers_refuse_and_with_a_status_of_a_refusal()
    {
        Assert.Equal(
            ["HO3011 node 'nar' is no server that could refuse. Let a home agent, a mobility anchor point or a home AAA server refuse."],
            Errors("nar", node => node with { Refusal = new Refusal(130) }));
        Assert.Equal(
            ["HO3011 node 'ha' refuses with status 0. Give a status of RFC 6275 section 6.1.8, 128 to 134."],
            Errors("ha", node => node with { Refusal = new Refusal(0) }));
        Assert.Equal(["HO3006 node 'ha' refuses 120 %. Give 0 % to 100 %."], Errors("ha", node => node with { Refusal = new Refusal(130, 1.2) }));
    }

    [Fact]
    public void Every_share_of_a_links_packets_is_a_probability()
    {
        string[] Link(Func<LinkSpec, LinkSpec> change) =>
            [.. NetworkPlanValidation.Errors(Paper.With(links: [change(Paper.Links[0]), .. Paper.Links.Skip(1)])).Select(error => error.ToString())];
        Assert.Equal(["HO3006 the duplication of link 'par>nar' is 150 %. Give 0 % to 100 %."], Link(link => link with { Duplication = 1.5 }));
        Assert.Equal(["HO3006 the corruption of link 'par>nar' is -10 %. Give 0 % to 100 %."], Link(link => link with { Corruption = -0.1 }));
        Assert.Equal(
            ["HO3006 the reordering of link 'par>nar' is 200 %. Give 0 % to 100 %."],
            Link(link => link with { Reordering = new Reordering(2, new ConstantDelay(Ms(1))) }));
        Assert.Equal(
            ["HO3005 the reordering delay of link 'par>nar' is no delay: the delay is negative. Give a distribution of delays of 0 ms or more."],
            Link(link => link with { Reordering = new Reordering(0.5, new ConstantDelay(Ms(-1))) }));
    }
}
