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

/// <summary>The schemes as actors of a real simulation against their closed forms.</summary>
public sealed class ClosedFormTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("closed-forms", Engine.Configuration);

    public static TheoryData<string> Names => SchemeNames;

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
        Assert.InRange(runs[0].Handovers.Count, 200, 450);
        Assert.All(runs[0].Handovers, handover => Assert.False(handover.Outcome.IsFailure, handover.Outcome.Reason));
        Assert.Single(runs.Select(run => run.Digest).Distinct());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Retransmissions_before_an_answer_could_come_change_no_phase(string name)
    {
        var scheme = Scheme(name);
        var model = scheme.Delays(new SchemeOptions(scheme.Options));
        var far = TimeSpan.FromSeconds(5);
        var parameters = new DelayParameters(
            Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(8), Ms(40), Ms(8), new ConstantDelay(far));
        var record = Simulate(PaperTopology.Build(Delays(Ms(4), Ms(2), far, Ms(2), Ms(0.5))), scheme, Costs);
        Assert.Equal(model.Total.Ticks(parameters, far.Ticks), record.TotalTicks);
    }

    [Theory]
    [InlineData("mipv6", "par-mn 0, mn-nar 1, nar-mn 1, nar-ha 1, ha-nar 1")]
    [InlineData("fmipv6", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-ha 1, ha-nar 1")]
    [InlineData("famipv6", "mn-par 2, par-mn 2, mn-nar 2, nar-mn 2, par-nar 1, nar-par 1, nar-aaav 1, aaav-nar 1, aaav-aaah 1, aaah-aaav 1, nar-ha 1, ha-nar 1")]
    [InlineData("ibs-famipv6", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-aaav 2, aaav-nar 2, aaav-aaah 2, aaah-aaav 2")]
    [InlineData("ipsec-fmipv6", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-ha 1, ha-nar 1")]
    [InlineData("wang-prasad", "mn-par 1, par-mn 1, par-nar 1, nar-par 1, mn-nar 2, nar-mn 2, nar-ha 1, ha-nar 1")]
    [InlineData("ibs", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-aaav 2, aaav-nar 2, aaav-aaah 1, aaah-aaav 1")]
    [InlineData("fmipv6-rfc5269", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-ha 1, ha-nar 1")]
    [InlineData("ipsec-fmipv6-plus", "mn-par 2, par-mn 2, mn-nar 1, nar-mn 1, par-nar 1, nar-par 1, nar-ha 1, ha-nar 1")]
    public void A_slower_link_moves_the_total_by_its_crossings(string name, string crossings)
    {
        var extra = Ms(0.7);
        var expected = crossings.Split(", ").Select(part => part.Split(' ')).ToDictionary(part => part[0], part => int.Parse(part[1]));
        var scheme = Scheme(name);
        var before = Simulate(Paper, scheme, Costs).TotalTicks;
        foreach (var (link, slowed) in EachLinkChanged(spec => spec with { Delay = LinkDelay.Fixed(Value(spec) + extra) }))
        {
            var moved = Simulate(slowed, scheme, Costs).TotalTicks - before;
            Assert.Equal((link, expected.GetValueOrDefault(link) * extra.Ticks), (link, moved));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_link_cut_that_the_scheme_needs_no_handover_succeeds(string name)
    {
        var scheme = Scheme(name);
        string[] needed = name == "mipv6" ? ["mn-nar", "nar-mn", "nar-ha", "ha-nar"] : ["mn-par", "par-mn", "mn-nar", "nar-mn", "par-nar", "nar-par"];
        if (name is "famipv6" or "ibs-famipv6" or "ibs")
            needed = [.. needed, "nar-aaav", "aaav-nar", "aaav-aaah", "aaah-aaav"];
        foreach (var (link, cut) in EachLinkChanged(spec => spec with { Loss = 1 }).Where(cut => needed.Contains(cut.Link)))
        {
            var record = Simulate(cut, scheme, Costs);
            Assert.True(record.Outcome.IsFailure, link);
            Assert.EndsWith("unanswered", record.Outcome.Reason);
        }
    }

    private static TimeSpan Value(LinkSpec link) => ((ConstantDelay)link.Delay.Distribution).Value;

    private static Scenario Scenario(NetworkPlan plan, IHandoverScheme scheme, CryptoCosts costs) =>
        new(plan, scheme, new SchemeOptions(scheme.Options), costs, new SingleHandover(plan.Find("nar")!.Value));

    /// <summary>The paper's network once for each direction of each link, with that one changed.</summary>
    private static IEnumerable<(string Link, NetworkPlan Plan)> EachLinkChanged(Func<LinkSpec, LinkSpec> change)
    {
        foreach (var link in Paper.Links)
        {
            yield return ($"{Paper[link.From].Name}-{Paper[link.To].Name}", With(
                [.. Paper.Links.Select(other => ReferenceEquals(other, link) ? change(link) : other)], Paper.Cells));
        }

        foreach (var cell in Paper.Cells)
        {
            var router = Paper[cell.Router].Name;
            CellSpec[] Cells(CellSpec changed) => [.. Paper.Cells.Select(other => other.Router == cell.Router ? changed : other)];
            yield return ($"mn-{router}", With(Paper.Links, Cells(cell with { Uplink = change(cell.Uplink) })));
            yield return ($"{router}-mn", With(Paper.Links, Cells(cell with { Downlink = change(cell.Downlink) })));
        }
    }

    private static NetworkPlan With(IReadOnlyList<LinkSpec> links, IReadOnlyList<CellSpec> cells) => new()
    {
        Name = Paper.Name,
        Domains = Paper.Domains,
        Nodes = Paper.Nodes,
        Links = links,
        Cells = cells,
        Mobiles = Paper.Mobiles,
    };

    private HandoverRecord Simulate(NetworkPlan plan, IHandoverScheme scheme, CryptoCosts costs)
    {
        using var simulation = new Simulation(_system, Scenario(plan, scheme, costs));
        var run = simulation.Run(7, 0);
        Assert.Equal(0, run.Pending);
        return Assert.Single(run.Handovers);
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
