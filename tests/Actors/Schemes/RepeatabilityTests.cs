using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Tests.Actors.Kernel;
using Tests.Actors.Network;
using Tests.Topology;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Every scheme of the product: a run depends on seed and replication alone.</summary>
public sealed class RepeatabilityTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    /// <summary>The paper's network with several mobile nodes, random delays and losses.</summary>
    internal static readonly NetworkPlan Rough = MobileNodeActorTests.WithMobiles(0.5, 1, 1.5) is var plan
        ? plan.With(
            links: [.. plan.Links.Select((link, i) => link with
            {
                Delay = link.Class == LinkClass.Home ? link.Delay : new LinkDelay(new UniformDelay(Ms(1), Ms(6))),
                Loss = i % 3 == 0 ? 0.1 : 0,
            })],
            cells: [.. plan.Cells.Select(cell => cell with { Downlink = cell.Downlink with { Loss = 0.1 } })])
        : null!;

    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_used_network_gives_the_runs_of_a_fresh_one(string name)
    {
        using var used = Simulation(name, 1);
        for (var replication = 0; replication < 5; replication++)
        {
            used.Run(3, replication + 100);
            using var fresh = Simulation(name, 1);
            Assert.Equal(Result(fresh.Run(7, replication)), Result(used.Run(7, replication)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_is_the_same_on_one_two_and_three_partitions(string name)
    {
        string[] Results(int partitions)
        {
            using var simulation = Simulation(name, partitions);
            return [.. Enumerable.Range(0, 5).Select(replication => Result(simulation.Run(5, replication)))];
        }

        var reference = Results(1);
        Assert.Equal(reference.Length, reference.Distinct().Count());
        Assert.Equal(reference, Results(2));
        Assert.Equal(reference, Results(3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packets_that_are_written_anew_change_nothing(string name)
    {
        string[] Results(bool reuses)
        {
            using var simulation = Simulation(name, 1, reuses);
            return [.. Enumerable.Range(0, 20).Select(replication => Result(simulation.Run(11, replication)))];
        }

        Assert.Equal(Results(false), Results(true));
    }

    /// <summary>Roaming to and fro with losses: sessions end in all their states, and serve for other mobile nodes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Sessions_that_serve_again_change_nothing(string name)
    {
        string Roam(bool reuses)
        {
            using var simulation = Simulation(name, 1, reuses, new UniformMovement(Ms(1500), [.. Rough.Cells.Select(cell => cell.Router)]));
            var run = simulation.Run(13, 0, SimTime.Zero + Ms(120_000));
            Assert.True(run.Begun > 100);
            return Result(run);
        }

        Assert.Equal(Roam(false), Roam(true));
    }

    [Fact]
    public void A_handover_of_a_run_that_lasts_leaves_no_sessions_behind()
    {
        double BytesEach(bool reuses)
        {
            using var simulation = Simulation("ipsec-fmipv6", 1, reuses, new UniformMovement(Ms(1500), [.. Rough.Cells.Select(cell => cell.Router)]));
            simulation.Run(13, 0, SimTime.Zero + Ms(60_000));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var run = simulation.Run(13, 1, SimTime.Zero + Ms(600_000));
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)run.Begun;
        }

        // A departure and an arrival, 408 bytes, and lent packets.
        Assert.True(BytesEach(true) < BytesEach(false) - 408);
    }

    private static string Result(RunRecord run) => string.Join('\n',
        run.Handovers.Select(row => $"{row.Key} {row.Outcome} {row.CompletedAt} {row.TotalTicks} {string.Join(',', row.PhaseTicks)}")
            .Append($"{run.Begun} {run.Digest:x} {run.Events} {run.End} {run.Pending} {run.Signalling.Lost}"));

    private Simulation Simulation(string name, int partitions, bool reuses = true, IMovement? movement = null)
    {
        var scheme = Scheme(name);
        return new Simulation(
            system.System,
            new Scenario(Rough, scheme, new SchemeOptions(scheme.Options), Costs, movement ?? new SingleHandover(Rough.Node("nar"))) { Partitions = partitions, ReusesPackets = reuses });
    }
}
