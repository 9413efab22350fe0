using CsCheck;
using Topology.Generation;
using Topology.Partitioning;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Topology.Partitioning;

public sealed class PartitionPlanTests
{
    private static readonly Gen<(NetworkPlan Plan, int Partitions)> Cases = Gen.Select(Networks.Random, Gen.Int[1, 9]);

    [Fact]
    public void Every_domain_is_in_exactly_one_partition_and_none_is_empty() =>
        Cases.Sample((plan, partitions) =>
        {
            var cut = PartitionPlan.Create(plan, partitions);
            Assert.Equal(
                plan.Domains.Select(domain => domain.Id),
                Enumerable.Range(0, cut.Partitions).SelectMany(cut.DomainsOf).OrderBy(domain => domain.Index));
            Assert.All(Enumerable.Range(0, cut.Partitions), partition => Assert.NotEmpty(cut.DomainsOf(partition)));
            Assert.All(plan.Domains, domain => Assert.Contains(domain.Id, cut.DomainsOf(cut.PartitionOf(domain.Id))));
            Assert.Equal(Math.Min(partitions, cut.LogicalProcesses), cut.Partitions);
        });

    [Fact]
    public void Partitions_are_blocks_of_logical_processes() =>
        Cases.Sample((plan, partitions) =>
        {
            var cut = PartitionPlan.Create(plan, partitions);
            var byProcess = plan.Domains.Select(domain => (Process: cut.ProcessOf(domain.Id), Partition: cut.PartitionOf(domain.Id))).Distinct().Order().ToArray();
            Assert.Equal(Enumerable.Range(0, cut.LogicalProcesses), byProcess.Select(pair => pair.Process));
            Assert.Equal(byProcess.Select(pair => pair.Partition).Order(), byProcess.Select(pair => pair.Partition));
        });

    [Fact]
    public void The_lookahead_is_that_of_every_pair_of_nodes() =>
        Cases.Sample((plan, partitions) =>
        {
            var cut = PartitionPlan.Create(plan, partitions);
            Assert.Equal(BruteForce(plan, node => cut.PartitionOf(node.Domain)), cut.Lookahead);
            Assert.Equal(BruteForce(plan, node => cut.ProcessOf(node.Domain)), cut.ProcessLookahead);
            Assert.Equal(BruteForce(plan, node => node.Domain.Index), Lookahead.Between(plan, [.. Enumerable.Range(0, plan.Domains.Count)]));
            Assert.True(cut.ProcessLookahead is null || cut.ProcessLookahead > TimeSpan.Zero);
            Assert.True(cut.Lookahead is null || cut.Lookahead >= cut.ProcessLookahead);
        });

    [Fact]
    public void Domains_share_a_logical_process_exactly_when_zero_lookahead_joins_them() =>
        Networks.Random.Sample(plan =>
        {
            var cut = PartitionPlan.Create(plan, 1);
            var reach = Enumerable.Range(0, plan.Domains.Count).Select(from =>
                Enumerable.Range(0, plan.Domains.Count).Select(to => from == to || Joined(plan, from, to)).ToArray()).ToArray();
            for (var via = 0; via < reach.Length; via++)
            {
                for (var from = 0; from < reach.Length; from++)
                {
                    for (var to = 0; to < reach.Length; to++)
                        reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }

            for (var from = 0; from < reach.Length; from++)
            {
                for (var to = 0; to < reach.Length; to++)
                    Assert.Equal(reach[from][to], cut.ProcessOf(new(from)) == cut.ProcessOf(new(to)));
            }

            var pairs = Enumerable.Range(0, reach.Length).Sum(low => Enumerable.Range(low + 1, reach.Length - low - 1).Count(high => Joined(plan, low, high)));
            Assert.Equal(pairs, PartitionPlan.ZeroLookaheadCuts(plan).Count);
        });

    /// <summary>Compared with the best of all ways to cut the sequence.</summary>
    [Fact]
    public void The_largest_partition_is_as_small_as_blocks_allow() =>
        Cases.Sample((plan, partitions) =>
        {
            var cut = PartitionPlan.Create(plan, partitions);
            var nodes = new int[cut.LogicalProcesses];
            foreach (var node in plan.Nodes)
                nodes[cut.ProcessOf(node.Domain)]++;
            var largest = plan.Nodes.GroupBy(node => cut.PartitionOf(node.Domain)).Max(partition => partition.Count());
            Assert.Equal(LeastLargest(nodes, cut.Partitions), largest);
        });

    [Fact]
    public void The_paper_with_three_partitions_looks_ahead_by_the_processing_after_a_home_link()
    {
        var cut = PartitionPlan.Create(Paper, 3);
        Assert.Equal((3, 3), (cut.Partitions, cut.LogicalProcesses));
        Assert.Equal(Ms(0.5), cut.Lookahead);
        Assert.Empty(cut.Notes);
    }

    [Fact]
    public void A_home_delay_counts_with_its_minimum_and_then_the_link_of_an_anchor_point_to_the_next_domain_bounds()
    {
        var plan = PaperTopology.Build(Delays with { Home = new LinkDelay(new UniformDelay(Ms(1.25), Ms(40)), "home") });
        Assert.Equal(Ms(1.75), PartitionPlan.Create(plan, 3).Lookahead);
        Assert.Equal(Ms(2.5), PartitionPlan.Create(PaperTopology.Build(Delays with { Home = Fixed(20) }), 3).Lookahead);
    }

    [Fact]
    public void The_cell_that_a_mobile_node_may_roam_into_bounds_the_lookahead()
    {
        var plan = PaperTopology.Build(Delays with { Home = Fixed(20), Wireless = Fixed(1) });
        Assert.Equal(Ms(1.5), PartitionPlan.Create(plan, 3).Lookahead);
        var quickDownlink = plan.With(cells: [plan.Cells[0], plan.Cells[1] with { Downlink = plan.Cells[1].Downlink with { Delay = Fixed(0.25) } }]);
        Assert.Equal(Ms(0.75), PartitionPlan.Create(quickDownlink, 3).Lookahead);
        var quickAtHome = plan.With(cells: [plan.Cells[0] with { Downlink = plan.Cells[0].Downlink with { Delay = Fixed(0.25) } }, plan.Cells[1]]);
        Assert.Equal(Ms(1.5), PartitionPlan.Create(quickAtHome, 3).Lookahead);
    }

    [Fact]
    public void Jitter_adds_its_minimum()
    {
        var calm = PaperTopology.Build(Delays with { Home = Fixed(20) });
        var jittery = calm.With(links: [.. calm.Links.Select(link => link with { Jitter = new UniformDelay(Ms(1), Ms(2)) })]);
        Assert.Equal(Ms(3.5), PartitionPlan.Create(jittery, 3).Lookahead);
    }

    [Fact]
    public void One_partition_has_nothing_to_look_out_for()
    {
        var cut = PartitionPlan.Create(Paper, 1);
        Assert.Null(cut.Lookahead);
        Assert.Equal(Ms(0.5), cut.ProcessLookahead);
    }

    [Fact]
    public void More_partitions_than_domains_are_one_per_domain_and_told()
    {
        var cut = PartitionPlan.Create(Paper, 7);
        Assert.Equal((7, 3), (cut.Requested, cut.Partitions));
        Assert.Equal(["7 partitions were asked for; one per domain makes 3."], cut.Notes);
    }

    [Fact]
    public void A_cut_without_lookahead_is_contracted_and_told()
    {
        var plan = PaperTopology.Build(Delays with { InterDomain = Fixed(0), Processing = TimeSpan.Zero, Home = Fixed(20) });
        var cut = PartitionPlan.Create(plan, 3);
        Assert.Equal((2, 2), (cut.Partitions, cut.LogicalProcesses));
        Assert.Equal((0, 1, 1), (cut.ProcessOf(new(0)), cut.ProcessOf(new(1)), cut.ProcessOf(new(2))));
        Assert.Equal(Ms(5), cut.Lookahead);
        Assert.Equal(
            ["Zero lookahead joins the 3 domains into 2.", "3 partitions were asked for; one per domain makes 2."], cut.Notes);
        Assert.Equal(
            "HO3002 zero lookahead between domains fn1 and fn2 (link par>nar may take 0 ms). Give the link a delay, or put both domains in one partition.",
            Assert.Single(PartitionPlan.ZeroLookaheadCuts(plan)).ToString());
    }

    [Fact]
    public void A_cell_without_delay_joins_the_domains_of_the_mobile_nodes_it_may_serve()
    {
        var plan = PaperTopology.Build(Delays with { Wireless = Fixed(0), Processing = TimeSpan.Zero, Home = Fixed(20) });
        Assert.Equal(2, PartitionPlan.Create(plan, 3).LogicalProcesses);
        Assert.Contains("the cell of nar may take 0 ms", Assert.Single(PartitionPlan.ZeroLookaheadCuts(plan)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_benchmark_on_two_partitions_splits_its_nodes_in_halves()
    {
        var plan = new HierarchicalTopology(16, 256, 10_000).Build(Delays);
        var cut = PartitionPlan.Create(plan, 2);
        Assert.Equal((8, 8), (cut.DomainsOf(0).Count, cut.DomainsOf(1).Count));
        Assert.Equal(0, cut.DomainsOf(0)[0].Index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fewer_than_one_partition_is_refused(int partitions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PartitionPlan.Create(Paper, partitions));

    private static TimeSpan? BruteForce(NetworkPlan plan, Func<NodeSpec, int> partOf)
    {
        var times = plan.Links.Where(link => partOf(plan[link.From]) != partOf(plan[link.To]))
            .Select(link => link.Delay.Distribution.Minimum + plan[link.To].Processing).ToList();
        foreach (var mobile in plan.Mobiles.Select(mobile => plan[mobile.Node]))
        {
            foreach (var cell in plan.Cells.Where(cell => partOf(plan[cell.Router]) != partOf(mobile)))
            {
                times.Add(cell.Uplink.Delay.Distribution.Minimum + plan[cell.Router].Processing);
                times.Add(cell.Downlink.Delay.Distribution.Minimum + mobile.Processing);
            }
        }

        return times.Count == 0 ? null : times.Min();
    }

    private static bool Joined(NetworkPlan plan, int left, int right)
    {
        var others = plan.Domains.Select(domain => domain.Id.Index == left ? 0 : domain.Id.Index == right ? 1 : 2).ToArray();
        var pair = plan.With(
            links: [.. plan.Links.Where(link => others[plan[link.From].Domain.Index] < 2 && others[plan[link.To].Domain.Index] < 2)],
            cells: [.. plan.Cells.Where(cell => others[plan[cell.Router].Domain.Index] < 2)],
            mobiles: [.. plan.Mobiles.Where(mobile => others[plan[mobile.FirstRouter].Domain.Index] < 2)]);
        return BruteForce(pair, node => others[node.Domain.Index]) == TimeSpan.Zero;
    }

    private static int LeastLargest(ReadOnlySpan<int> nodes, int blocks)
    {
        if (blocks == 1)
        {
            var sum = 0;
            foreach (var count in nodes)
                sum += count;
            return sum;
        }

        var (least, first) = (int.MaxValue, 0);
        for (var taken = 1; taken <= nodes.Length - blocks + 1; taken++)
        {
            first += nodes[taken - 1];
            least = Math.Min(least, Math.Max(first, LeastLargest(nodes[taken..], blocks - 1)));
        }

        return least;
    }
}
