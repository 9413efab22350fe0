using Topology.Generation;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Topology.Generation;

/// <summary>Home and two foreign networks, and paths through them.</summary>
public class HomePlusTwoTopologyTests
{
    private static readonly NetworkPlan Plan = HomePlusTwoTopology.Build(Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)), mobiles: 2);

    [Fact]
    public void The_network_is_valid_and_the_node_starts_in_the_cell_of_its_home_agent()
    {
        Assert.Empty(NetworkPlanValidation.Errors(Plan));
        Assert.All(Plan.Mobiles, mobile => Assert.Equal(mobile.HomeAgent, mobile.FirstRouter));
        Assert.NotNull(Plan.CellOf(Plan.Find("ha")!.Value));
    }

    [Fact]
    public void The_first_hop_between_routers_costs_c_and_the_second_d()
    {
        Assert.Equal(LinkClass.Home, Plan.Links[Plan.LinkBetween(Plan.Find("ha")!.Value, Plan.Find("ar1")!.Value)].Class);
        Assert.Equal(LinkClass.InterDomain, Plan.Links[Plan.LinkBetween(Plan.Find("ar1")!.Value, Plan.Find("ar2")!.Value)].Class);
    }

    /// <summary>36 B more take 26.2 us on a cell.</summary>
    [Fact]
    public void Cells_are_of_11_Mbit_per_second() => Assert.All(Plan.Cells, cell => Assert.Equal(
        TimeSpan.FromMicroseconds(26.2), cell.Downlink.Bandwidth!.Value.TransmissionTime(36)));

    [Theory]
    [InlineData("home,fn1,fn2", "ha,ar1,ar2")]
    [InlineData("ha,ar2,home", "ha,ar2,ha")]
    public void A_path_names_domains_or_routers(string path, string routers)
    {
        var (found, error) = WaypointPath.Resolve(Plan, path.Split(','));
        Assert.Null(error);
        Assert.Equal(routers.Split(','), found.Select(router => Plan[router].Name));
    }

    [Theory]
    [InlineData("home,fn3", "there is no waypoint 'fn3'")]
    [InlineData("fn1,fn2", "mn does not start at fn1")]
    [InlineData("home,fn1,ar1", "waypoint ar1 is where mn is already")]
    [InlineData("home", "a path of 1 waypoints leads nowhere")]
    public void A_path_that_cannot_be_gone_is_one_error(string path, string what)
    {
        var error = WaypointPath.Resolve(Plan, path.Split(',')).Error;
        Assert.Equal(("HO2010", what), (error?.Code, error?.What));
    }

    [Fact]
    public void A_waypoint_without_a_link_is_unreachable()
    {
        var (ar1, ar2) = (Plan.Find("ar1"), Plan.Find("ar2"));
        var cut = Plan.With(links: [.. Plan.Links.Where(link => !(link.From == ar1 && link.To == ar2))]);
        Assert.Equal(
            "mn never leaves fn1: waypoint fn2 is unreachable (no link ar1>ar2)", WaypointPath.Resolve(cut, ["home", "fn1", "fn2"]).Error?.What);
    }
}
