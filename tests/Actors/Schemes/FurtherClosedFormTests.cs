using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Security;
using Akka.Actor;
using CsCheck;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>The rows beyond the first five as actors of a real simulation.</summary>
public sealed class FurtherClosedFormTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("further-closed-forms", Engine.Configuration);

    public static TheoryData<string> Cases => SchemeCase.All;

    public void Dispose() => _system.Terminate().Wait();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_phase_equals_its_closed_form_to_the_tick_at_50_random_points(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var model = scheme.Delays(options);
        var ticks = Gen.Int[0, 900_000].Select(value => TimeSpan.FromTicks(value));
        Gen.Select(Gen.Select(ticks, ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks)).Sample(
            (links, far, crypto) =>
            {
                var ((a, b, c, d), (f, g, tp), (ts, tv, rsa)) = (links, far, crypto);
                var delays = new PaperDelays(Fixed(a), Fixed(b), Fixed(c), Fixed(d), Fixed(f), Fixed(g), tp);
                var record = Assert.Single(Run(PaperTopology.Build(delays), scheme, options, CryptoCosts.Paper(ts, tv, rsa, 0.3)).Handovers);
                var parameters = new DelayParameters(a, b, d, f, g, tp, ts, tv, rsa, new ConstantDelay(c));
                Assert.False(record.Outcome.IsFailure, record.Outcome.Reason);
                Assert.Equal(model.Total.Ticks(parameters, c.Ticks), record.TotalTicks);
                foreach (var (metric, form) in model.Forms.Where(form => form.Key != "total"))
                    Assert.Equal((metric, form.Ticks(parameters, c.Ticks)), (metric, Phase(scheme, record, metric)));
                Assert.Equal(0, Phase(scheme, record, "link-switch"));
                foreach (var phase in scheme.Phases.Where(phase => phase.Name != "link-switch" && !model.Forms.ContainsKey(phase.Name)))
                    Assert.Equal((phase.Name, -1), (phase.Name, Phase(scheme, record, phase.Name)));
            },
            iter: 50,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_happens_after_a_handover_has_ended_but_what_was_underway(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var run = Run(Paper, scheme, options, Costs);
        Assert.InRange(run.End - run.Handovers[0].CompletedAt, TimeSpan.Zero, Ms(100));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Several_mobile_nodes_far_from_their_servers_hand_over_again_and_again_alike_on_any_number_of_partitions(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var plan = Hierarchical(12);
        var scenario = new Scenario(plan, scheme, options, Costs, new UniformMovement(TimeSpan.FromSeconds(1), [.. plan.Cells.Select(cell => cell.Router)]));
        var runs = new[] { 1, 2, 4 }.Select(partitions =>
        {
            using var simulation = new Simulation(_system, scenario with { Partitions = partitions });
            var end = SimTime.Zero + TimeSpan.FromSeconds(30);
            var run = simulation.Run(5, 0, end);
            Assert.Equal(run.Digest, simulation.Run(5, 0, end).Digest);
            return run;
        }).ToArray();
        Assert.InRange(runs[0].Handovers.Count, 250, 450);
        Assert.All(runs[0].Handovers, handover => Assert.False(handover.Outcome.IsFailure, handover.Outcome.Reason));
        Assert.Single(runs.Select(run => run.Digest).Distinct());
    }

    private static LinkDelay Fixed(TimeSpan delay) => LinkDelay.Fixed(delay);

    private static long Phase(IHandoverScheme scheme, HandoverRecord record, string name) =>
        record.PhaseTicks[scheme.Phases.ToList().FindIndex(phase => phase.Name == name)];

    private RunRecord Run(NetworkPlan plan, IHandoverScheme scheme, SchemeOptions options, CryptoCosts costs)
    {
        using var simulation = new Simulation(_system, new Scenario(plan, scheme, options, costs, new SingleHandover(plan.Find("nar")!.Value)));
        var run = simulation.Run(7, 0);
        Assert.Equal(0, run.Pending);
        return run;
    }
}
