using Actors.Placement;
using CsCheck;
using Topology.Generation;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Actors.Placement;

public sealed class PlacementTests
{
    [Fact]
    public void Every_partition_has_one_member_and_every_member_a_share_by_its_threads() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 8].Array[1, 6]).Sample((domains, threads) =>
        {
            var plan = new HierarchicalTopology(domains, domains, 3 * domains).Build(Delays);
            var placement = new global::Actors.Placement.Placement(plan, threads, 20.0 * domains);
            Assert.Equal(Math.Min(threads.Length, placement.Partitions.Partitions), placement.Members);
            var of = Enumerable.Range(0, placement.Partitions.Partitions).Select(placement.MemberOf).ToArray();
            Assert.Equal(of.Order(), of);
            for (var member = 0; member < placement.Members; member++)
            {
                Assert.Equal(of.Count(owner => owner == member), placement.PartitionsOf(member));
                Assert.Equal(Array.IndexOf(of, member), placement.FirstPartition(member));
                Assert.True(placement.PartitionsOf(member) >= 1);
                if (placement.Partitions.Partitions == threads.Sum())
                    Assert.Equal(threads[member], placement.PartitionsOf(member));
            }
        });

    [Fact]
    public void Members_are_as_far_apart_as_the_links_between_them_and_as_the_way_over_others()
    {
        // Three domains in a row, joined by links of 2 and 5 ms, with 0.5 ms of processing at each end.
        var placement = new global::Actors.Placement.Placement(Row(2, 5), [1, 1, 1], 1000);
        Assert.Equal(Ms(2.5).Ticks, placement.Distances.Direct(0, 1));
        Assert.Equal(Ms(5.5).Ticks, placement.Distances.Direct(2, 1));
        Assert.Null(placement.Distances.Direct(0, 2));
        Assert.Equal(Ms(8).Ticks, placement.Distances.Least(0, 2));
        Assert.Equal(Ms(5).Ticks, placement.Distances.Least(0, 0));
        Assert.Equal(Ms(11).Ticks, placement.Distances.Least(2, 2));
    }

    private static NetworkPlan Row(params double[] delays)
    {
        var nodes = Enumerable.Range(0, delays.Length + 1).Select(i => new NodeSpec(new NodeId(i), $"n{i}", new DomainId(i), NodeRole.HomeAgent, Ms(0.5))).ToArray();
        return new NetworkPlan
        {
            Name = "row",
            Domains = [.. nodes.Select((_, i) => new DomainSpec(new DomainId(i), $"d{i}"))],
            Nodes = nodes,
            Links =
            [
                .. delays.SelectMany((delay, i) => new[]
                {
                    new LinkSpec(nodes[i].Id, nodes[i + 1].Id, LinkClass.Home, Fixed(delay)),
                    new LinkSpec(nodes[i + 1].Id, nodes[i].Id, LinkClass.Home, Fixed(delay)),
                }),
            ],
            Cells = [],
            Mobiles = [],
        };
    }
}
