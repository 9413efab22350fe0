using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.Ibs;
using Actors.Schemes.IbsFamipv6;
using Actors.Security;
using Akka.Actor;
using CsCheck;
using Experiments.Statistics;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Authentication and registration in parallel: the slower of the two decides.</summary>
public sealed class IbsTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("ibs", Engine.Configuration);

    public void Dispose() => _system.Terminate().Wait();

    [Fact]
    public void The_mean_total_is_the_closed_form_of_the_parallel_branches()
    {
        for (var home = 1; home <= 100; home++)
        {
            foreach (var sign in new[] { 0.0, 0.3, 1, 4, 8, 12, 16, 20 })
            {
                var k = 4 + 12 * sign;
                var expected = k < 4 * home ? 39 + 4 * home + k * k / (8 * home) : 39 + 2 * home + k;
                Assert.Equal(expected, Total(home, sign).MeanMs, 1e-6 * expected);
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void Simulated_totals_of_twenty_seeds_are_rejected_no_more_often_than_the_level_says(int home)
    {
        const int replications = 2000;
        var uniform = new LinkDelay(new UniformDelay(TimeSpan.Zero, Ms(2 * home)), PerHandover: "home");
        var delays = Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)) with { Home = uniform };
        using var simulation = new Simulation(_system, Scenario(PaperTopology.Build(delays), Costs));
        var law = Total(home, 8);
        var tests = new List<KolmogorovSmirnov>();
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var totals = new SampleSet();
            for (var replication = 0; replication < replications; replication++)
                totals.Add(Assert.Single(simulation.Run(seed, replication).Handovers).TotalTicks);
            tests.Add(KolmogorovSmirnov.Test(totals, ticks => law.Cumulative(ticks / TimeSpan.TicksPerMillisecond)));
        }

        // Of 20 tests at 1 %, more than one rejects a true law with probability 1.7 %.
        Assert.InRange(tests.Count(test => test.RejectsAt(0.01)), 0, 1);
    }

    [Fact]
    public void The_law_of_another_delay_is_rejected()
    {
        var totals = new SampleSet();
        for (var i = 0; i < 2000; i++)
            totals.Add((long)(Total(20, 8).QuantileMs((i + 0.5) / 2000) * TimeSpan.TicksPerMillisecond));
        Assert.True(KolmogorovSmirnov.Test(totals, ticks => Total(22, 8).Cumulative(ticks / TimeSpan.TicksPerMillisecond)).RejectsAt(0.01));
    }

    [Fact]
    public void Either_branch_may_be_the_slower_one() =>
        Gen.Select(Gen.Int[0, 400_000], Gen.Int[0, 40_000]).Sample(
            (home, sign) =>
            {
                var (c, ts) = (TimeSpan.FromTicks(home), TimeSpan.FromTicks(sign));
                var plan = PaperTopology.Build(Delays(Ms(4), Ms(2), c, Ms(2), Ms(0.5)));
                using var simulation = new Simulation(_system, Scenario(plan, CryptoCosts.Paper(ts, 5 * ts, ts, 0.5)));
                var record = Assert.Single(simulation.Run(1, 0).Handovers);
                var slower = Math.Max(Ms(4).Ticks + 12 * ts.Ticks, 2 * c.Ticks);
                Assert.Equal(Ms(10).Ticks + slower, record.PhaseTicks[^2]);
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void The_binding_update_leaves_at_link_up_and_its_acknowledgement_does_not_end_the_handover()
    {
        var network = InPaper("ibs");
        var (_, timeline) = network.HandOver("mn", "nar");
        Assert.Equal(timeline.Find(Mark.LinkUp), timeline.Find(Mark.BindingUpdateSent));
        Assert.Equal(Ms(50), timeline.Find(Mark.Registered) - timeline.Find(Mark.LinkUp));
        Assert.Equal(Ms(110), timeline.Find(Mark.Authenticated) - timeline.Find(Mark.LinkUp));
        Assert.Equal(timeline.Find(Mark.Authenticated), timeline.Find(Mark.Named("admitted")));
    }

    [Fact]
    public void A_lost_BU_is_sent_again_while_the_access_request_is_answered()
    {
        var network = InPaper("ibs");
        var lost = 0;
        network.Fate = packet => packet.Message is BindingUpdate && lost++ == 0 ? [] : [packet];
        var (outcome, timeline) = network.HandOver("mn", "nar");
        Assert.Equal(Outcome.Predictive, outcome);
        Assert.Single(network.Sent, "mn>nar AccessRequest");
        Assert.Equal(Ms(1050), timeline.Find(Mark.Registered) - timeline.Find(Mark.LinkUp));
        Assert.Equal(timeline.Find(Mark.Registered), timeline.Find(Mark.Named("admitted")));
        Assert.Equal((ushort)2, network.Machine<RegisteringMobileNode>("mn").Registration?.Sequence);
    }

    [Fact]
    public void Authentication_does_not_trouble_the_home_network()
    {
        var network = InPaper("ibs");
        network.HandOver("mn", "nar");
        Assert.Single(network.Sent, "aaav>aaah AaaRequest");
        Assert.DoesNotContain("aaah>ha BU", network.Sent);
    }

    [Theory]
    [InlineData("BU")]
    [InlineData("AccessRequest")]
    public void When_one_branch_stays_unanswered_the_handover_fails_and_the_other_leaves_no_timer(string name)
    {
        var network = InPaper("ibs");
        network.Fate = packet => packet.Message.Name == name ? [] : [packet];
        Assert.Equal(name + " unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(0, network.PendingTimers);
    }

    [Fact]
    public void A_forged_request_costs_one_verification_and_opens_nothing()
    {
        var network = InPaper("ibs");
        network.Fate = packet =>
        {
            if (network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(packet.Handover.Mobile, out var arrival))
                Assert.NotEqual(ArrivalState.Open, arrival.State);
            return packet.Message is AccessRequest { Content: SignedAccessRequest signed } request
                ? [With(packet, request with { Content = signed with { Nonce = signed.Nonce + 1 } })]
                : [packet];
        };
        Assert.Equal("AccessRequest unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Contains("aaav identity-verify", network.Computed);
        Assert.DoesNotContain("aaav identity-sign", network.Computed);
    }

    [Fact]
    public void A_reply_that_was_tampered_with_is_passed_over()
    {
        var network = InPaper("ibs");
        var tampered = 0;
        network.Fate = packet => packet.Message is AccessReply { Content: RegistrationReply signed } reply && tampered++ == 0
            ? [With(packet, reply with { Content = signed with { Nonce = signed.Nonce + 1 } })]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, network.Computed.Count(computation => computation == "mn identity-verify"));
        Assert.Single(network.Computed, "aaav identity-sign");
    }

    private static DelayLaw Total(int home, double sign)
    {
        var parameters = new DelayParameters(
            Ms(4), Ms(2), Ms(2), default, default, Ms(0.5), Ms(sign), Ms(5 * sign), Ms(sign), new UniformDelay(TimeSpan.Zero, Ms(2 * home)));
        var scheme = Scheme("ibs");
        return scheme.Delays(new SchemeOptions(scheme.Options)).Total.Under(parameters);
    }

    private static Scenario Scenario(NetworkPlan plan, CryptoCosts costs)
    {
        var scheme = Scheme("ibs");
        return new Scenario(plan, scheme, new SchemeOptions(scheme.Options), costs, new SingleHandover(plan.Find("nar")!.Value));
    }

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
