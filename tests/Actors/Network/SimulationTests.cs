using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Akka.Actor;
using Experiments.Benchmarks;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

public sealed class SimulationTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    /// <summary>The paper's network with everything that can vary: several mobile nodes, random links, loss, queues, outages.</summary>
    private static readonly NetworkPlan Rough = MobileNodeActorTests.WithMobiles(0.5, 1, 1.5, 0.5, 2) is var plan
        ? plan.With(
            links: [.. plan.Links.Select((link, i) => link with
            {
                Delay = link.Class == LinkClass.Home ? link.Delay : new LinkDelay(new UniformDelay(Ms(1), Ms(6))),
                Loss = i % 3 == 0 ? 0.1 : 0,
                Jitter = i % 2 == 0 ? new UniformDelay(Ms(0), Ms(1)) : null,
                Bandwidth = i % 4 == 0 ? BitRate.FromMegabits(0.5) : null,
                Outages = i == 5 ? [new Outage(Ms(20), Ms(60))] : [],
            })],
            cells: [.. plan.Cells.Select(cell => cell with
            {
                Uplink = cell.Uplink with { Bandwidth = BitRate.FromMegabits(1), Jitter = new UniformDelay(Ms(1), Ms(2)) },
                Downlink = cell.Downlink with { Loss = 0.1, Bandwidth = BitRate.FromMegabits(1), QueuePackets = 2 },
            })])
        : null!;

    [Fact]
    public void A_handover_takes_the_sum_of_its_links_processing_and_computations_to_the_tick()
    {
        var c = Ms(17.3579);
        var plan = PaperTopology.Build(Delays with { Home = LinkDelay.Fixed(c) });
        using var simulation = new Simulation(system.System, TestScheme.Scenario(plan, TestScheme.AskTwice));
        var run = simulation.Run(1, 0);
        var handover = Assert.Single(run.Handovers);

        // Each request and its answer: twice a + t_p, twice c + t_p, and a signature.
        var once = 2 * (Ms(4.5) + c + Ms(0.5)) + Ms(8);
        Assert.Equal([once.Ticks, once.Ticks], handover.PhaseTicks);
        Assert.Equal(2 * once.Ticks, handover.TotalTicks);
        Assert.Equal(SimTime.Zero + 2 * once, handover.CompletedAt);
        Assert.Equal((Outcome.Predictive, 1, 0), (handover.Outcome, run.Begun, run.Pending));
        Assert.Equal((4L, 4L, 0L), (run.Signalling.Messages(LinkClass.Wireless), run.Signalling.Messages(LinkClass.Home), run.Signalling.Lost));
        Assert.Equal(2 * (100 + 120), run.Signalling.Bytes(LinkClass.Home));
    }

    [Fact]
    public void A_network_used_before_gives_the_run_of_a_fresh_one()
    {
        using var used = new Simulation(system.System, TestScheme.Scenario(Rough, TestScheme.AskTwice));
        for (var replication = 0; replication < 20; replication++)
        {
            // Some runs are cut short, with packets under way and timers pending.
            used.Run(3, replication + 100, replication % 2 == 0 ? SimTime.Zero + Ms(15 + replication) : null);
            using var fresh = new Simulation(system.System, TestScheme.Scenario(Rough, TestScheme.AskTwice));
            Assert.Equal(Text(fresh.Run(7, replication)), Text(used.Run(7, replication)));
        }
    }

    [Fact]
    public void Every_replication_and_seed_draws_its_own_delays_and_again_the_same()
    {
        using var simulation = new Simulation(system.System, TestScheme.Scenario(Paper, TestScheme.AskTwice));
        var keys = Enumerable.Range(0, 20).SelectMany(replication => new[] { (Seed: 1UL, Replication: replication), (Seed: 2UL, Replication: replication) }).ToArray();
        var totals = keys.Select(key => simulation.Run(key.Seed, key.Replication).Handovers[0].TotalTicks).ToArray();
        Assert.Equal(totals.Length, totals.Distinct().Count());
        Assert.Equal(totals.Reverse(), keys.Reverse().Select(key => simulation.Run(key.Seed, key.Replication).Handovers[0].TotalTicks));
    }

    [Theory]
    [InlineData(DeliveryMode.Direct)]
    [InlineData(DeliveryMode.Mailbox)]
    public void A_run_is_the_same_on_one_two_and_three_partitions(DeliveryMode mode)
    {
        string[] Records(int partitions)
        {
            using var simulation = new Simulation(
                system.System, TestScheme.Scenario(Rough, TestScheme.AskTwice) with { Partitions = partitions, Delivery = mode });
            return [.. Enumerable.Range(0, 20).Select(replication => Text(simulation.Run(5, replication)))];
        }

        var reference = Records(1);
        Assert.Equal(reference.Length, reference.Distinct().Count());
        Assert.Equal(reference, Records(2));
        Assert.Equal(reference, Records(3));
    }

    [Fact]
    public void The_benchmark_network_runs_the_same_on_one_two_and_three_partitions()
    {
        RunRecord Run(int partitions)
        {
            using var simulation = new Simulation(system.System, Benchmark(partitions));
            return simulation.Run(1, 0, SimTime.Zero + TimeSpan.FromSeconds(5));
        }

        var reference = Run(1);
        Assert.True(reference.Handovers.Count > 100);
        Assert.Equal(Text(reference), Text(Run(2)));
        Assert.Equal(Text(reference), Text(Run(3)));
    }

    [Fact]
    public void Simulations_that_run_at_once_in_one_system_do_not_disturb_one_another()
    {
        string[] Records(Scenario scenario)
        {
            using var simulation = new Simulation(system.System, scenario);
            return [.. Enumerable.Range(0, 30).Select(replication => Text(simulation.Run(5, replication, SimTime.Zero + TimeSpan.FromSeconds(2))))];
        }

        Scenario[] scenarios =
        [
            TestScheme.Scenario(Rough, TestScheme.AskTwice),
            TestScheme.Scenario(Rough, TestScheme.AskTwice) with { Partitions = 2 },
            Benchmark(1),
        ];
        var alone = scenarios.Select(Records).ToArray();
        var together = new string[scenarios.Length][];
        Parallel.For(0, scenarios.Length, i => together[i] = Records(scenarios[i]));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void After_a_completed_run_nothing_is_pending()
    {
        using var simulation = new Simulation(system.System, TestScheme.Scenario(Rough, TestScheme.AskTwice) with { Partitions = 3 });
        var runs = Enumerable.Range(0, 20).Select(replication => simulation.Run(9, replication)).ToArray();
        Assert.All(runs, run => Assert.Equal((0, 6, 6), (run.Pending, run.Begun, run.Handovers.Count)));
        Assert.Contains(runs, run => run.Signalling.Lost > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failing_machine_names_the_node_the_time_the_seed_and_the_replication(int partitions)
    {
        using var simulation = new Simulation(
            system.System,
            TestScheme.Scenario(PaperTopology.Build(Delays with { Home = Fixed(20) }), context =>
                context.Node.Name == "ha" ? new Broken() : TestScheme.AskTwice(context)) with
            { Partitions = partitions });
        var failure = Assert.Throws<SimulationFailedException>(() => simulation.Run(42, 17));
        Assert.Equal("home/ha failed at 25 ms (seed 42, replication 17): no idea what Request 1 means", failure.Message);
    }

    [Fact]
    public void A_network_that_cannot_be_built_leaves_nothing_behind()
    {
        var failure = Assert.Throws<SimulationFailedException>(() => new Simulation(
            system.System, TestScheme.Scenario(Paper, context => context.Node.Name == "nar" ? throw new InvalidOperationException("no machine") : null) with { Partitions = 3 }));
        Assert.Equal("fn2 failed at 0 ms: no machine", failure.Message);
    }

    internal static Scenario Benchmark(int partitions)
    {
        var topology = new HierarchicalTopology(3, 9, 40);
        var scheme = new Handoff22Scheme();
        return new Scenario(
            topology.Build(Delays),
            scheme,
            new SchemeOptions(scheme.Options),
            CryptoCosts.Free,
            new UniformMovement(TimeSpan.FromSeconds(1), [.. Enumerable.Range(0, 9).Select(topology.Router)]))
        { Partitions = partitions };
    }

    /// <summary>All of a run that is a result.</summary>
    private static string Text(RunRecord run) => string.Join('\n',
    [
        .. run.Handovers.Select(row => $"{row.Key} {row.Outcome} {row.CompletedAt} {row.TotalTicks} {string.Join(',', row.PhaseTicks)}"),
        $"{run.Begun} {run.Digest:x} {run.Events} {run.End} {run.Pending} {run.Signalling.Lost}",
        .. Enum.GetValues<LinkClass>().Select(link => $"{link} {run.Signalling.Messages(link)} {run.Signalling.Bytes(link)}"),
    ]);

    private sealed class Broken : RoleMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects) =>
            throw new InvalidOperationException($"no idea what Request {((TestScheme.Request)packet.Message).Step} means");
    }
}
