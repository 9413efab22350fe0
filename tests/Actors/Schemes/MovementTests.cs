using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Tests.Actors.Kernel;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Every scheme on moves that take their time, fail early, and follow one another too fast.</summary>
public sealed class MovementTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_handover_of_a_ping_pong_ends_with_an_outcome_and_nothing_is_left(string scheme)
    {
        foreach (var period in new[] { 7, 20, 33, 61, 97, 150 })
        {
            var scenario = Scenario(scheme) with { Movement = new PingPong(Ms(period), Paper.Find("nar")!.Value, Paper.Find("par")!.Value, 20) };
            using var simulation = new Simulation(system.System, scenario);
            var run = simulation.Run(1, period);
            Assert.Equal((20, 20, 0), (run.Begun, run.Handovers.Count, run.Pending));
            Assert.All(run.Handovers, handover => Assert.True(!handover.Outcome.IsFailure || handover.Outcome == Outcome.Superseded, handover.Outcome.ToString()));
            Assert.False(run.Handovers[^1].Outcome.IsFailure);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_link_that_fails_at_any_step_leads_to_a_good_outcome(string scheme)
    {
        var outcomes = new HashSet<string>();
        for (var ms = 0.0; ms < 130; ms += 1.3)
        {
            var scenario = Scenario(scheme) with
            {
                Delays = new MovementDelays { Anticipation = new ConstantDelay(Ms(ms)), LinkSwitch = new ConstantDelay(Ms(10)) },
            };
            using var simulation = new Simulation(system.System, scenario);
            var run = simulation.Run(1, 0);
            Assert.Equal((1, 0), (run.Begun, run.Pending));
            var outcome = Assert.Single(run.Handovers).Outcome;
            Assert.False(outcome.IsFailure, $"{ms} ms: {outcome}");
            outcomes.Add(outcome.Name);
        }

        Assert.NotEmpty(outcomes);
    }

    private static Scenario Scenario(string name)
    {
        var scheme = HandoverSchemes.Find(name)!;
        return new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), Costs, new SingleHandover(Paper.Find("nar")!.Value));
    }
}
