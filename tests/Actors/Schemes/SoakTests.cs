using Actors;
using Actors.Mobility;
using Actors.Network;
using Tests.Actors.Kernel;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Every scheme for a long time on links that lose, double, delay and damage packets.</summary>
public sealed class SoakTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private const int Mobiles = 10;

    private static readonly NetworkPlan Network = Hierarchical(Mobiles).With(Faults.Impaired(loss: 0.2));

    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_thousand_handovers_on_bad_links_all_end_with_a_named_outcome_and_leave_nothing(string name)
    {
        var scheme = new WatchedScheme(Scheme(name));
        using var simulation = new Simulation(system.System, Scenario(scheme, Moves(1000)));
        var run = simulation.Run(seed: 1, replication: 0);
        Assert.Equal((10_000, 10_000, 0), (run.Begun, run.Handovers.Count, run.Pending));
        Assert.All(run.Handovers, handover => Assert.True(!handover.Outcome.IsFailure || handover.Outcome.Reason is { Length: > 0 }, handover.Outcome.ToString()));
        Assert.Equal(10_000, run.Handovers.Select(handover => handover.Key).Distinct().Count());
        Assert.InRange(run.Handovers.Count(handover => !handover.Outcome.IsFailure), 1, 9_999);
        Assert.True(run.Signalling is { Lost: > 10_000, Corrupted: > 1_000, Duplicated: > 1_000 });
        Assert.InRange(Faults.LargestTable(scheme.Machines).Count, 0, Mobiles);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bad_links_and_moves_that_wait_for_no_handover_leave_nothing_and_give_one_digest_for_any_number_of_partitions(string name)
    {
        var runs = new[] { 1, 2, 4 }.Select(partitions =>
        {
            var scheme = new WatchedScheme(Scheme(name));
            using var simulation = new Simulation(system.System, Scenario(scheme, Moves(8, headless: true)) with { Partitions = partitions });
            var run = simulation.Run(seed: 2, replication: 3);
            Assert.InRange(Faults.LargestTable(scheme.Machines).Count, 0, Mobiles);
            return run;
        }).ToArray();
        Assert.All(runs, run => Assert.Equal((80, 80, 0), (run.Begun, run.Handovers.Count, run.Pending)));
        Assert.Single(runs.Select(run => (run.Digest, run.Events, run.End, run.Signalling.Lost, run.Signalling.Corrupted)).Distinct());
        Assert.Single(runs.Select(run => string.Join(',', run.Handovers.Select(handover => (handover.Key, handover.Outcome, handover.CompletedAt)))).Distinct());
    }

    private static ManyMoves Moves(int count, bool headless = false) =>
        new(TimeSpan.FromSeconds(2), [.. Network.Cells.Select(cell => cell.Router)], count, headless);

    private static Scenario Scenario(IHandoverScheme scheme, IMovement movement) =>
        new(Network, scheme, new SchemeOptions(scheme.Options), Costs, movement);
}
