using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Topology.Plans;

public sealed class NetworkPlanTests
{
    [Fact]
    public void Nodes_links_and_cells_are_found()
    {
        var (par, nar) = (Paper.Node("par"), Paper.Node("nar"));
        Assert.Equal("par>nar", Paper.LinkName(Paper.Links[Paper.LinkBetween(par, nar)]));
        Assert.Equal(-1, Paper.LinkBetween(par, Paper.Node("aaah")));
        Assert.Equal(nar, Paper.CellOf(nar)?.Router);
        Assert.Null(Paper.CellOf(Paper.Node("ha")));
        Assert.Null(Paper.Find("fa"));
    }

    [Fact]
    public void Mobile_nodes_come_after_the_wired_ones()
    {
        Assert.Equal(9, Paper.WiredCount);
        Assert.All(Paper.Nodes, node => Assert.Equal(node.Name == "mn", Paper.IsMobile(node.Id)));
    }

    [Fact]
    public void A_computed_list_reads_like_a_stored_one()
    {
        var list = new ComputedList<int>([7, 8], 3, index => index * index);
        Assert.Equal([7, 8, 0, 1, 4], list);
        Assert.Equal([7, 8, 0, 1, 4], Enumerable.Range(0, list.Count).Select(index => list[index]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list[5]);
        Assert.ThrowsAny<Exception>(() => list[-1]);
    }

    [Theory]
    [InlineData("nra", "Did you mean 'nar'?")]
    [InlineData("PAR", "Did you mean 'par'?")]
    [InlineData("naar", "Did you mean 'nar'?")]
    [InlineData("a", "Did you mean 'ha'?")]
    [InlineData("correspondent", "Known are par, nar, ha.")]
    public void A_suggestion_is_the_nearest_name_or_all_names(string unknown, string suggestion) =>
        Assert.Equal(suggestion, NameSuggestion.For(unknown, ["par", "nar", "ha"]));

    [Fact]
    public void Transmission_time_is_rounded_up_to_a_tick()
    {
        Assert.Equal(TimeSpan.FromTicks(1600), BitRate.FromMegabits(11).TransmissionTime(220));
        Assert.Equal(TimeSpan.FromTicks(1601), BitRate.FromMegabits(10.9999).TransmissionTime(220));
    }
}
