using Topology.Generation;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Topology.Generation;

public sealed class PaperTopologyTests
{
    [Theory]
    [InlineData("home", "aaah cn ha")]
    [InlineData("fn1", "mn paaav par pmap")]
    [InlineData("fn2", "aaav nar nmap")]
    public void Domains_hold_the_nodes_of_the_paper(string domain, string nodes)
    {
        var id = Paper.Domains.Single(spec => spec.Name == domain).Id;
        Assert.Equal(nodes, string.Join(' ', Paper.Nodes.Where(node => node.Domain == id).Select(node => node.Name).Order()));
    }

    [Theory]
    [InlineData("access-router", "nar par")]
    [InlineData("mobility-anchor-point", "nmap pmap")]
    [InlineData("home-agent", "ha")]
    [InlineData("aaa-visited", "aaav paaav")]
    [InlineData("aaa-home", "aaah")]
    [InlineData("correspondent", "cn")]
    [InlineData("mobile-node", "mn")]
    public void Nodes_have_their_roles(string role, string nodes) =>
        Assert.Equal(nodes, string.Join(' ', Paper.Nodes.Where(node => node.Role.Name == role).Select(node => node.Name).Order()));

    [Fact]
    public void Links_of_every_class_have_its_delay_in_both_directions()
    {
        var expected = new Dictionary<LinkClass, string>
        {
            [LinkClass.IntraDomain] = "aaah>ha aaav>nar ha>aaah nar>aaav nar>nmap nar>pmap nmap>nar paaav>par par>paaav par>pmap pmap>nar pmap>par",
            [LinkClass.Home] = "aaah>aaav aaah>paaav aaav>aaah ha>nar ha>nmap ha>par ha>pmap nar>ha nmap>ha paaav>aaah par>ha pmap>ha",
            [LinkClass.InterDomain] = "aaav>paaav nar>par nmap>pmap paaav>aaav par>nar pmap>nmap",
            [LinkClass.HomeCorrespondent] = "cn>ha ha>cn",
            [LinkClass.RouterCorrespondent] = "cn>nar cn>par nar>cn par>cn",
        };
        Assert.All(expected, row =>
        {
            var links = Paper.Links.Where(link => link.Class == row.Key).ToArray();
            Assert.Equal(row.Value, string.Join(' ', links.Select(Paper.LinkName).Order(StringComparer.Ordinal)));
            Assert.All(links, link => Assert.Equal(Delays.Of(row.Key), link.Delay));
        });
        Assert.Equal(Paper.Links.Count, expected.Values.Sum(names => names.Split(' ').Length));
    }

    [Fact]
    public void Both_routers_have_a_cell_and_the_mobile_node_starts_at_the_previous_one()
    {
        Assert.Equal([Paper.Node("par"), Paper.Node("nar")], Paper.Cells.Select(cell => cell.Router));
        Assert.All(Paper.Cells, cell => Assert.Equal((Delays.Wireless, Delays.Wireless), (cell.Uplink.Delay, cell.Downlink.Delay)));
        Assert.Equal(
            new MobileSpec(Paper.Node("mn"), Paper.Node("par"), Paper.Node("ha"), Paper.Node("aaah"), Paper.Node("cn")),
            Assert.Single(Paper.Mobiles));
    }

    [Fact]
    public void Every_node_processes_for_the_same_time() => Assert.All(Paper.Nodes, node => Assert.Equal(Ms(0.5), node.Processing));

    [Fact]
    public void The_network_of_the_paper_is_valid() => Assert.Empty(NetworkPlanValidation.Errors(Paper));

    [Fact]
    public void An_unknown_class_of_links_has_no_delay() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Delays.Of((LinkClass)99));
}
