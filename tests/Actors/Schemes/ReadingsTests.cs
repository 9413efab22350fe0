using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Akka.Actor;
using CsCheck;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Every reading of the lost formulas, as an option of its scheme or as t_p per message, simulated.</summary>
public sealed class ReadingsTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("readings", Engine.Configuration);

    /// <summary>Every combination of every option that is a choice, of the schemes with lost formulas.</summary>
    private static readonly string[] Readings =
        [.. new[] { "famipv6", "ibs-famipv6", "ipsec-fmipv6" }.SelectMany(name => Choices(name, [.. Scheme(name).Options.Where(option => option.Choices is not null && option.Name != "redirect-at")]))];

    public static TheoryData<string> Combinations => [.. Readings];

    /// <summary>Every scheme there is, and every choice of those that have one.</summary>
    public static TheoryData<string> Everything
    {
        get
        {
            IEnumerable<object[]> further = SchemeCase.All;
            return [.. HandoverSchemes.All.Select(scheme => scheme.Name).Concat(further.Select(row => (string)row[0])).Concat(Readings).Distinct()];
        }
    }

    public void Dispose() => _system.Terminate().Wait();

    [Fact]
    public void There_are_twelve_four_and_two_readings_of_the_three_formulas() => Assert.Equal(
        [12, 4, 2], new[] { "famipv6 ", "ibs-famipv6 ", "ipsec-fmipv6 " }.Select(name => Readings.Count(text => text.StartsWith(name, StringComparison.Ordinal))));

    /// <summary>At a = 4, b = d = 2, t_p = 0.5 ms: constant, multiples of c and of t_s.</summary>
    [Theory]
    [InlineData("famipv6", 48, 4, 0)]
    [InlineData("famipv6 update=parallel", 38, 2, 0)]
    [InlineData("famipv6 round-trips=two", 63, 6, 0)]
    [InlineData("famipv6 update=parallel round-trips=two", 53, 4, 0)]
    [InlineData("famipv6 signatures=request", 48, 4, 1)]
    [InlineData("famipv6 signatures=mutual", 48, 4, 2)]
    [InlineData("ibs-famipv6", 44, 4, 12)]
    [InlineData("ibs-famipv6 signatures=request", 44, 4, 6)]
    [InlineData("ibs-famipv6 parameters=cached", 43, 2, 12)]
    [InlineData("ipsec-fmipv6", 33, 2, 2)]
    [InlineData("ipsec-fmipv6 registration=uncounted", 23, 0, 2)]
    public void The_total_is_affine_in_c_and_in_t_s(string text, int constant, int perHome, int perSign)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        foreach (var (home, sign) in new[] { (0, 0), (20, 0), (0, 8), (35, 3) })
        {
            var parameters = new DelayParameters(
                Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(sign), Ms(5 * sign), Ms(sign), new ConstantDelay(Ms(home)));
            Assert.Equal(
                Ms(constant + perHome * home + perSign * sign).Ticks,
                scheme.Delays(options).Total.Ticks(parameters, Ms(home).Ticks));
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Phases_of_the_total_add_up_to_it_in_every_reading(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var model = scheme.Delays(options);
        var parameters = new DelayParameters(
            Ms(4.1), Ms(2.3), Ms(1.7), Ms(3), Ms(5), Ms(0.5), Ms(8), Ms(40), Ms(9), new ConstantDelay(Ms(20)))
        { Forwarding = Ms(0.2) };
        Assert.Equal(
            model.Total.Ticks(parameters, Ms(20).Ticks),
            scheme.TotalPhasesUnder(options).Sum(phase => model.Forms[phase].Ticks(parameters, Ms(20).Ticks)));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_phase_equals_its_closed_form_to_the_tick_at_20_random_points_whatever_is_spent_on_passing_on(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var model = scheme.Delays(options);
        var ticks = Gen.Int[0, 900_000].Select(value => TimeSpan.FromTicks(value));
        Gen.Select(Gen.Select(ticks, ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks)).Sample(
            (links, far, crypto) =>
            {
                var ((a, b, c, d), (f, g, tp, tf), (ts, tv, rsa)) = (links, far, crypto);
                var delays = new PaperDelays(Fixed(a), Fixed(b), Fixed(c), Fixed(d), Fixed(f), Fixed(g), tp) { Forwarding = tf };
                var record = Assert.Single(Run(PaperTopology.Build(delays), scheme, options, CryptoCosts.Paper(ts, tv, rsa, 0.3)).Handovers);
                var parameters = new DelayParameters(a, b, d, f, g, tp, ts, tv, rsa, new ConstantDelay(c)) { Forwarding = tf };
                Assert.False(record.Outcome.IsFailure, record.Outcome.Reason);
                Assert.Equal(model.Total.Ticks(parameters, c.Ticks), record.TotalTicks);
                foreach (var (metric, form) in model.Forms.Where(form => form.Key != "total"))
                    Assert.Equal((metric, form.Ticks(parameters, c.Ticks)), (metric, Phase(scheme, record, metric)));
            },
            iter: 20,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_lost_message_is_sent_again_in_every_reading(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var messages = new ProtocolNetwork(Paper, scheme, Costs, options);
        messages.HandOver("mn", "nar");
        for (var lost = 0; lost < messages.Sent.Count; lost++)
        {
            var (number, network) = (0, new ProtocolNetwork(Paper, scheme, Costs, options));
            network.Fate = packet => number++ == lost ? [] : [packet];
            var (outcome, _) = network.HandOver("mn", "nar");
            Assert.False(outcome.IsFailure, $"{messages.Sent[lost]} lost: {outcome.Reason}");
            Assert.Equal(0, network.PendingTimers);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Several_mobile_nodes_hand_over_again_and_again_alike_on_any_number_of_partitions(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var plan = Hierarchical(12);
        var scenario = new Scenario(plan, scheme, options, Costs, new UniformMovement(TimeSpan.FromSeconds(1), [.. plan.Cells.Select(cell => cell.Router)]));
        var runs = new[] { 1, 2, 4 }.Select(partitions =>
        {
            using var simulation = new Simulation(_system, scenario with { Partitions = partitions });
            return simulation.Run(5, 0, SimTime.Zero + TimeSpan.FromSeconds(10));
        }).ToArray();
        Assert.InRange(runs[0].Handovers.Count, 60, 150);
        Assert.All(runs[0].Handovers, handover => Assert.False(handover.Outcome.IsFailure, handover.Outcome.Reason));
        Assert.Single(runs.Select(run => run.Digest).Distinct());
    }

    /// <summary>An old proof, or one of the client's own making, is as good as its key where no challenge asks for another.</summary>
    [Theory]
    [InlineData("famipv6 round-trips=one", ArrivalState.Open)]
    [InlineData("famipv6 round-trips=two", ArrivalState.Refused)]
    public void A_genuine_proof_of_another_nonce_opens_the_gate_only_where_there_is_no_challenge(string text, ArrivalState expected)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var network = new ProtocolNetwork(Paper, scheme, Costs, options);
        var (mn, aaah) = (Paper.Find("mn")!.Value, Paper.Find("aaah")!.Value);
        var old = new AccessCredential(99, new SharedKey(mn, aaah).Authenticate(AccessCredential.Covered(mn, 99)));
        network.Fate = packet => packet.Message is AccessRequest { Content: AccessCredential } request
            ? [new Packet(packet.Source, packet.Destination, request with { Content = old }, packet.Handover)]
            : [packet];
        Assert.Equal("AccessRequest unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.True(network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(mn, out var arrival));
        Assert.Equal(expected, arrival.State);
    }

    [Fact]
    public void Per_message_is_no_time_on_passing_on_and_another_time_than_per_hop()
    {
        var (scheme, options) = SchemeCase.Parse("fmipv6");
        var delays = Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5));
        var hop = Run(PaperTopology.Build(delays), scheme, options, Costs).Handovers[0].TotalTicks;
        var same = Run(PaperTopology.Build(delays with { Forwarding = Ms(0.5) }), scheme, options, Costs);
        var message = Run(PaperTopology.Build(delays with { Forwarding = TimeSpan.Zero }), scheme, options, Costs).Handovers[0].TotalTicks;
        Assert.Equal(hop, same.Handovers[0].TotalTicks);
        Assert.Equal(2 * Ms(0.5).Ticks, hop - message);
    }

    private static string[] Choices(string text, SchemeOption[] options)
    {
        if (options.Length == 0)
            return [text];
        return [.. options[0].Choices!.SelectMany(choice => Choices($"{text} {options[0].Name}={choice}", options[1..]))];
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
