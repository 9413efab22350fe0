using CsCheck;
using Topology.Generation;
using Topology.Partitioning;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Topology.Partitioning;

public sealed class PartitionerTests
{
    [Fact]
    public void As_many_partitions_as_blocks_make_none_empty_and_never_much_slower() =>
        Gen.Select(Networks.Random, Gen.Int[1, 9], Gen.Double[1, 1e6]).Sample((plan, partitions, events) =>
        {
            var (balanced, blocks) = (PartitionPlan.Balanced(plan, partitions, events), PartitionPlan.Create(plan, partitions));
            Assert.Equal((blocks.Partitions, blocks.LogicalProcesses, blocks.ProcessLookahead), (balanced.Partitions, balanced.LogicalProcesses, balanced.ProcessLookahead));
            Assert.All(Enumerable.Range(0, balanced.Partitions), partition => Assert.NotEmpty(balanced.DomainsOf(partition)));
            Assert.All(plan.Domains, domain => Assert.Equal(blocks.ProcessOf(domain.Id), balanced.ProcessOf(domain.Id)));
            Assert.True(1 / balanced.ExpectedSpeedUp(events) <= 1 / blocks.ExpectedSpeedUp(events) + 0.0501);
        });

    [Fact]
    public void Domains_that_a_short_way_joins_stay_together_where_windows_cost_more_than_balance()
    {
        // d0 - d1 = d2 - d3: the middle link is short, and blocks of equal size would cut it.
        var plan = Chain([1, 10, 10, 1], [5, 0.05, 5]);
        Assert.Equal(Ms(0.05), PartitionPlan.Create(plan, 2).Lookahead);
        var balanced = PartitionPlan.Balanced(plan, 2, eventsPerSecond: 100_000);
        Assert.Equal(Ms(5), balanced.Lookahead);
        Assert.Equal(balanced.PartitionOf(new(1)), balanced.PartitionOf(new(2)));
        Assert.Equal(Ms(0.05), PartitionPlan.Balanced(plan, 2, eventsPerSecond: 1e9).Lookahead);
    }

    [Fact]
    public void Heavy_domains_apart_from_one_another_are_balanced_where_blocks_cannot()
    {
        var plan = Chain([10, 1, 10, 1, 10, 1, 10], [5, 5, 5, 5, 5, 5]);
        Assert.Equal(0.512, PartitionPlan.Balanced(plan, 2, 1e6).LargestShare, 3);
        var uneven = Chain([12, 1, 1, 12, 1, 1], [5, 5, 5, 5, 5]);
        Assert.Equal(0.5, PartitionPlan.Balanced(uneven, 2, 1e6).LargestShare, 3);
    }

    [Fact]
    public void Two_partitions_of_equal_size_and_800_events_a_window_should_be_1_6_times_as_fast()
    {
        var plan = Chain([10, 10], [5]);
        Assert.Equal(1.6, PartitionPlan.Balanced(plan, 2, 800 / 0.005).ExpectedSpeedUp(800 / 0.005), 6);
        Assert.Equal(1, PartitionPlan.Balanced(plan, 1, 1000).ExpectedSpeedUp(1000));
    }

    /// <summary>Domains in a row, each of so many nodes without processing.</summary>
    private static NetworkPlan Chain(int[] nodes, double[] delaysMs)
    {
        var first = nodes.Select((_, domain) => nodes.Take(domain).Sum()).ToArray();
        return new NetworkPlan
        {
            Name = "chain",
            Domains = [.. nodes.Select((_, domain) => new DomainSpec(new(domain), $"d{domain}"))],
            Nodes = [.. nodes.SelectMany((count, domain) => Enumerable.Range(first[domain], count).Select(node => new NodeSpec(new(node), $"n{node}", new(domain), NodeRole.CoreRouter, Ms(0))))],
            Links = [.. delaysMs.SelectMany((delay, left) => new[]
            {
                new LinkSpec(new(first[left]), new(first[left + 1]), LinkClass.InterDomain, Fixed(delay)),
                new LinkSpec(new(first[left + 1]), new(first[left]), LinkClass.InterDomain, Fixed(delay)),
            })],
            Cells = [],
            Mobiles = [],
        };
    }
}
