using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using CsCheck;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>What a handover comes to when its link fails too early: outcome and time of recovery, to the tick.</summary>
public sealed class FallbackTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    /// <summary>a, b, c, d, t_p and t_RSA, half of which is the signature.</summary>
    private static readonly Gen<long[]> Delays = Gen.Long[10, 90_000].Select(ticks => 2 * ticks).Array[6];

    [Theory]
    [InlineData("fmipv6")]
    [InlineData("famipv6")]
    public void Reactive_mode_takes_2a_4d_6tp(string scheme) => Delays.Sample(
        d => AssertRecovery(scheme, d, 2 * d[0], "reactive", 2 * d[0] + 4 * d[3] + 6 * d[4]), iter: 20);

    [Fact]
    public void In_a_hierarchy_it_takes_2a_4b_6tp() => Delays.Sample(
        d =>
        {
            AssertRecovery("f-hmipv6", d, 2 * d[0], "reactive", 2 * d[0] + 4 * d[1] + 6 * d[4]);
            AssertRecovery("f-hmipv6 movement=inter-map", d, 2 * d[0], "reactive", 2 * d[0] + 4 * d[1] + 6 * d[4]);
        },
        iter: 20);

    [Theory]
    [InlineData("ipsec-fmipv6")]
    [InlineData("ipsec-fmipv6-plus")]
    public void F0_takes_6a_4d_10tp_and_two_signatures_with_their_verifications(string scheme) => Delays.Sample(
        d => AssertRecovery(scheme, d, d[5] / 2 - 1, "fallback-f0", 6 * d[0] + 4 * d[3] + 10 * d[4] + 2 * d[5]), iter: 20);

    [Fact]
    public void With_a_ticket_F0_costs_no_signature() => Delays.Sample(
        d => AssertRecovery("ipsec-fmipv6-resumption", d, d[5] / 2 - 1, "fallback-f0", 6 * d[0] + 4 * d[3] + 10 * d[4]), iter: 20);

    [Theory]
    [InlineData("ipsec-fmipv6")]
    [InlineData("ipsec-fmipv6-plus")]
    public void F1_takes_4a_2d_6tp_and_one_verification(string scheme) => Delays.Sample(
        d =>
        {
            // M4 is verified 2a + 2d + 4 t_p + 2 t_RSA after the trigger; the link fails the tick before.
            var known = 2 * d[0] + 2 * d[3] + 4 * d[4] + 2 * d[5];
            AssertRecovery(scheme, d, known - 1, "fallback-f1", 4 * d[0] + 2 * d[3] + 6 * d[4] + d[5] / 2);
        },
        iter: 20);

    [Theory]
    [InlineData("ipsec-fmipv6")]
    [InlineData("ipsec-fmipv6-plus")]
    [InlineData("ipsec-fmipv6-hmipv6")]
    public void F2_takes_2a_2d_4tp(string scheme) => Delays.Sample(
        d =>
        {
            var known = 2 * d[0] + 2 * d[3] + 4 * d[4] + 2 * d[5];
            AssertRecovery(scheme, d, known + 1, "fallback-f2", 2 * d[0] + 2 * d[3] + 4 * d[4]);
            AssertRecovery(scheme, d, known + 2 * d[0] + 2 * d[4] - 1, "fallback-f2", 2 * d[0] + 2 * d[3] + 4 * d[4]);
        },
        iter: 20);

    [Fact]
    public void A_tick_decides_whether_a_handover_is_predictive()
    {
        var d = new[] { 40_000L, 20_000, 200_000, 20_000, 5_000, 80_000 };
        foreach (var (scheme, need) in new[] { ("fmipv6", 23), ("f-hmipv6", 33), ("wang-prasad", 14), ("ipsec-fmipv6", 39), ("ipsec-fmipv6-plus", 39), ("ipsec-fmipv6-early", 9) })
        {
            Assert.Equal("predictive", Run(scheme, d, Ms(need).Ticks + 1).Outcome.Name);
            Assert.NotEqual("predictive", Run(scheme, d, Ms(need).Ticks - 1).Outcome.Name);
        }
    }

    [Fact]
    public void A_handover_key_is_needed_for_a_redirection()
    {
        var d = new[] { 40_000L, 20_000, 200_000, 20_000, 5_000, 80_000 };
        Assert.Equal("basic", Run("fmipv6-rfc5269", d, Ms(10).Ticks).Outcome.Name);
        Assert.Equal("reactive", Run("fmipv6-rfc5269", d, Ms(35).Ticks).Outcome.Name);
    }

    private void AssertRecovery(string text, long[] d, long anticipation, string outcome, long recovery)
    {
        var handover = Run(text, d, anticipation);
        Assert.Equal(outcome, handover.Outcome.Name);
        var index = SchemeCase.Parse(text).Scheme.Phases.ToList().FindIndex(phase => phase.Name == "recovery");
        Assert.Equal(recovery, handover.PhaseTicks[index]);
    }

    /// <summary>One handover whose link fails after so many ticks. The next one is up long after everything has come to rest.</summary>
    private HandoverRecord Run(string text, long[] d, long anticipation)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var plan = PaperTopology.Build(ProtocolNetworks.Delays(Ticks(d[0]), Ticks(d[1]), Ticks(d[2]), Ticks(d[3]), Ticks(d[4])));
        var costs = CryptoCosts.Paper(Ticks(d[5]), Ticks(5 * d[5]), Ticks(d[5]), 0.5);
        var scenario = new Scenario(plan, scheme, options, costs, new SingleHandover(plan.Find("nar")!.Value))
        {
            Delays = new MovementDelays { Anticipation = new ConstantDelay(Ticks(anticipation)), LinkSwitch = new ConstantDelay(Ms(200)) },
        };
        using var simulation = new Simulation(system.System, scenario);
        var run = simulation.Run(1, 0);
        Assert.Equal(0, run.Pending);
        return Assert.Single(run.Handovers);
    }

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
