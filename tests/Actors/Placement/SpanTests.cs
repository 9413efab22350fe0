using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using CsCheck;
using Tests.Actors.Kernel;
using Tests.Actors.Network;
using Tests.Actors.Schemes;
using Tests.Topology;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Placement;

/// <summary>One network over several members gives the run of one process, whatever the network between them does.</summary>
public sealed class SpanTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly SimTime Second = new(TimeSpan.TicksPerSecond);

    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scheme_runs_over_two_and_three_members_as_in_one_process(string name)
    {
        var scheme = Scheme(name);
        var rough = RepeatabilityTests.Rough;
        var scenario = new Scenario(rough, scheme, new SchemeOptions(scheme.Options), Costs, new SingleHandover(rough.Node("nar")));
        AssertSame(scenario, 3, null, [1, 1], [1, 1, 1]);

        // Where a lent packet is empty after its step, also one that has come from another member.
        AssertSame(scenario with { ReusesPackets = false }, 2, null, [1, 1]);
    }

    [Theory]
    [InlineData("fmipv6")]
    [InlineData("pmipv6")]
    [InlineData("hmipv6")]
    public void Data_crosses_members_as_in_one_process(string name)
    {
        var scheme = Scheme(name);
        var rough = RepeatabilityTests.Rough;
        AssertSame(
            new Scenario(rough, scheme, new SchemeOptions(scheme.Options), Costs, new SingleHandover(rough.Node("nar"))) { Traffic = new Traffic(Ms(5), 160, Ms(400)) { IsUp = true }, RecordsDistribution = name == "hmipv6" },
            2, null, [2, 1]);
    }

    [Fact]
    public void Roaming_mobile_nodes_run_over_any_members_and_partitions_as_in_one_process()
    {
        var alone = Spanning.Text(Spanning.InOneProcess(system.System, SimulationTests.Benchmark(1), 1, Second)[0]);
        Gen.Select(Gen.Int[1, 3].Array[1, 4], Gen.Int).Sample(
            (threads, seed) =>
            {
                using var network = new UnrulyNetwork(threads.Length, seed);
                Assert.Equal(alone, Spanning.Text(Spanning.Over(system.System, SimulationTests.Benchmark(1), threads, 1, network, Second)[0]));
            },
            iter: 12, threads: 1);
    }

    [Fact]
    public void The_network_between_members_lets_batches_overtake_others()
    {
        using var network = new UnrulyNetwork(3, 1);
        Spanning.Over(system.System, SimulationTests.Benchmark(1), [1, 1, 1], 1, network, Second);
        Assert.True(network.Overtaken > 0);
    }

    [Fact]
    public void A_node_that_fails_fails_the_run_as_in_one_process()
    {
        var scenario = TestScheme.Scenario(Networks.Paper, context => context.Node.Name == "ha" ? new Broken() : TestScheme.AskTwice(context));
        var alone = Assert.Throws<SimulationFailedException>(() => Spanning.InOneProcess(system.System, scenario, 1));
        using var network = new UnrulyNetwork(3, 1);
        var failure = Assert.Throws<SimulationFailedException>(() => Spanning.Over(system.System, scenario, [1, 1, 1], 1, network));
        Assert.Equal((alone.Message, alone.Order), (failure.Message, failure.Order));
    }

    [Fact]
    public void A_run_ends_when_another_member_is_lost_and_can_begin_again()
    {
        using var network = new UnrulyNetwork(2, 1);
        network.Fail(new MemberLostException("the other is gone") { Member = 1 });
        var failure = Assert.Throws<InvalidOperationException>(() => Spanning.Over(system.System, SimulationTests.Benchmark(1), [1, 1], 1, network, Second));
        Assert.Equal(1, Assert.IsType<MemberLostException>(failure.InnerException).Member);
        using var second = new UnrulyNetwork(2, 1);
        Assert.Equal(
            Spanning.Text(Spanning.InOneProcess(system.System, SimulationTests.Benchmark(1), 1, Second)[0]),
            Spanning.Text(Spanning.Over(system.System, SimulationTests.Benchmark(1), [1, 1], 1, second, Second)[0]));
    }

    private void AssertSame(Scenario scenario, int replications, SimTime? until, params int[][] members) =>
        Spanning.AssertSame(system.System, scenario, replications, until, members);

    private sealed class Broken : RoleMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects) => throw new InvalidOperationException("no idea what that means");
    }
}
