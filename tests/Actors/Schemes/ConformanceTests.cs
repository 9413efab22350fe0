using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Mipv6;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>What holds for every scheme, found by scanning: a new one is tested by existing.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Cases => SchemeCase.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_handover_completes_and_leaves_nothing_behind(string text) => AssertNone(text, scheme => scheme.Completes());

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_of_any_one_packet_on_any_hop_ends_in_a_named_outcome(string text) => AssertNone(text, scheme => scheme.SurvivesTheLossOfAnyOnePacket());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fixed_delays_give_the_closed_form_to_the_tick(string text) => AssertNone(text, scheme => scheme.MeetsItsClosedForm());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_delays_to_home_give_the_mean_of_the_law(string text) => AssertNone(text, scheme => scheme.MeetsItsLaw());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_is_the_same_on_any_number_of_partitions(string text) => AssertNone(text, scheme => scheme.RunsAlikeOnAnyNumberOfPartitions());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_packet_of_data_in_either_direction_is_received_dropped_or_held(string text) =>
        AssertNone(text, scheme => scheme.AccountsForEveryPacketOfData());

    [Fact]
    public void A_scheme_that_forgets_a_timer_and_whose_form_is_wrong_does_not_conform()
    {
        using var careless = new Conformance(new Careless());
        Assert.Contains("undisturbed: something happens 900 ms after the end", careless.Completes());
        Assert.Equal(2 * 20, careless.MeetsItsClosedForm().Count);
        Assert.Single(careless.MeetsItsLaw());
    }

    private static void AssertNone(string text, Func<Conformance, IReadOnlyList<string>> rule)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        using var conformance = new Conformance(scheme, options);
        Assert.Empty(rule(conformance));
    }

    /// <summary>MIPv6 with a timer too many, and a way home too few in its form.</summary>
    private sealed class Careless : IHandoverScheme
    {
        private readonly IHandoverScheme _careful = HandoverSchemes.Find("mipv6")!;

        public string Name => "careless";

        public string Title => Name;

        public string? Parent => "mipv6";

        public string Source => "tests";

        public int Version => 1;

        public IReadOnlyList<SchemeOption> Options => _careful.Options;

        public IReadOnlyList<Phase> Phases => _careful.Phases;

        public IReadOnlyList<string> TotalPhases => _careful.TotalPhases;

        public RoleMachine? CreateMachine(RoleContext context) => context.Mobile is null ? _careful.CreateMachine(context) : new Forgetful(context);

        public DelayModel Delays(SchemeOptions options)
        {
            var form = 2 * DelayForm.A + DelayForm.C + 4 * DelayForm.Tp;
            return DelayModel.Of(("total", form), ("after-link-up", form));
        }
    }

    private sealed class Forgetful(RoleContext context) : MobileNode(context)
    {
        protected override void Ended(Effects effects) => effects.Start(new Stray(), Ms(900));
    }

    private sealed class Stray : ProtocolTimer
    {
        public override string Name => "forgotten";
    }
}
