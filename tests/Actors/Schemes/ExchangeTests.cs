using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Each scheme's whole exchange in the paper's network, with every packet in the test's hands.</summary>
public class ExchangeTests
{
    private const string Preparation = "mn>par RtSolPr, par>mn PrRtAdv, mn>par FBU, par>nar HI, nar>par HAck, par>mn FBack";

    /// <summary>The schemes that register with the home agent, and with it alone.</summary>
    public static TheoryData<string> Names => SchemeNames;

    public static TheoryData<string> Cases => SchemeCase.All;

    [Theory]
    [InlineData("mipv6", "mn>nar RS, nar>mn RA, mn>nar NS, mn>ha BU, ha>mn BA")]
    [InlineData("fmipv6", Preparation + ", mn>nar UNA, mn>ha BU, ha>mn BA")]
    [InlineData("famipv6", Preparation + ", mn>nar UNA, mn>nar AccessRequest, nar>aaav AaaRequest, aaav>aaah AaaRequest, "
        + "aaah>aaav AaaAnswer, aaav>nar AaaAnswer, nar>mn AccessReply, mn>ha BU, ha>mn BA")]
    [InlineData("ibs-famipv6", "mn>par RtSolPr, par>nar HI, nar>aaav AaaRequest, aaav>aaah AaaRequest, aaah>aaav AaaAnswer, "
        + "aaav>nar AaaAnswer, nar>par HAck, par>mn PrRtAdv, mn>par FBU, par>mn FBack, mn>nar UNA, mn>nar AccessRequest, "
        + "nar>aaav AaaRequest, aaav>aaah AaaRequest, aaah>aaav AaaAnswer, aaah>ha BU, ha>mn BA, aaav>nar AaaAnswer, nar>mn AccessReply")]
    [InlineData("ipsec-fmipv6", "mn>par RtSolPr, par>nar HI, nar>par HAck, par>mn PrRtAdv, mn>par FBU, par>mn FBack, "
        + "mn>nar UNA, mn>ha BU, ha>mn BA")]
    [InlineData("wang-prasad", "mn>par HandoverDecision, par>nar KeyTransfer, nar>par KeyAcknowledgement, par>mn HandoverPermission, "
        + "mn>nar FastAuthenticationRequest, nar>mn FastAuthenticationReply, mn>ha BU, ha>mn BA")]
    [InlineData("ibs", "mn>par RtSolPr, par>nar HI, nar>aaav AaaRequest, aaav>aaah AaaRequest, aaah>aaav AaaAnswer, "
        + "aaav>nar AaaAnswer, nar>par HAck, par>mn PrRtAdv, mn>par FBU, par>mn FBack, mn>nar UNA, mn>ha BU, mn>nar AccessRequest, "
        + "nar>aaav AaaRequest, ha>mn BA, aaav>nar AaaAnswer, nar>mn AccessReply")]
    [InlineData("fmipv6-rfc5269", Preparation + ", mn>nar UNA, mn>ha BU, ha>mn BA")]
    [InlineData("ipsec-fmipv6-plus", "mn>par RtSolPr, par>nar HI, nar>par HAck, par>mn PrRtAdv, mn>par FBU, par>mn FBack, "
        + "par>nar ConfirmationRelay, mn>nar UNA, mn>ha BU, ha>mn BA")]
    [InlineData("hmipv6", "mn>nar RS, nar>mn RA, mn>nar NS, mn>pmap LBU, pmap>mn BA")]
    [InlineData("hmipv6 movement=inter-map", "mn>nar RS, nar>mn RA, mn>nar NS, mn>nmap LBU, nmap>mn BA, mn>nmap BU in tunnel, "
        + "nmap>ha BU, ha>mn BA, nmap>mn BA in tunnel")]
    [InlineData("f-hmipv6", "mn>pmap RtSolPr, pmap>mn PrRtAdv, mn>pmap FBU, pmap>nar HI, nar>pmap HAck, pmap>mn FBack, mn>nar UNA, "
        + "mn>pmap LBU, pmap>mn BA")]
    [InlineData("f-hmipv6 movement=inter-map", "mn>pmap RtSolPr, pmap>mn PrRtAdv, mn>pmap FBU, pmap>nar HI, nar>pmap HAck, pmap>mn FBack, "
        + "mn>nar UNA, mn>nmap LBU, nmap>mn BA, mn>nmap BU in tunnel, nmap>ha BU, ha>mn BA, nmap>mn BA in tunnel")]
    [InlineData("mipv6-rr", "mn>nar RS, nar>mn RA, mn>nar NS, mn>ha BU, mn>ha HoTI in tunnel, mn>cn CoTI, cn>mn CoT, ha>mn BA, ha>cn HoTI, "
        + "cn>mn HoT, ha>mn HoT in tunnel, mn>cn BU to CN, cn>mn BA of CN")]
    [InlineData("pmipv6", "mn>nar RS, nar>ha PBU, ha>nar PBA, nar>mn RA")]
    [InlineData("fpmipv6", "mn>par Report, par>nar HI, nar>par HAck, par>mn Command, mn>nar RS, nar>ha PBU, nar>mn RA, ha>nar PBA, nar>mn RA")]
    [InlineData("ipsec-fmipv6-hmipv6", "mn>par RtSolPr, par>nar HI, nar>par HAck, par>mn PrRtAdv, mn>par FBU, par>mn FBack, mn>nar UNA, "
        + "mn>pmap LBU, pmap>mn BA")]
    [InlineData("mipv6-aaa", "mn>nar RS, nar>mn RA, mn>nar NS, mn>nar AccessRequest, nar>aaav AaaRequest, aaav>aaah AaaRequest, "
        + "aaah>aaav AaaAnswer, aaav>nar AaaAnswer, nar>mn AccessReply, mn>ha BU, ha>mn BA")]
    public void The_messages_are_those_of_the_sequence_chart(string text, string messages)
    {
        var network = SchemeCase.Parse(text).InPaper();
        var (outcome, _) = network.HandOver("mn", "nar");
        Assert.False(outcome.IsFailure);
        Assert.Equal(messages.Split(", "), network.Sent);
        AssertAtRest(network);
    }

    [Theory]
    [InlineData("mipv6", "")]
    [InlineData("fmipv6", "")]
    [InlineData("famipv6", "")]
    [InlineData("ibs-famipv6", "mn identity-sign, aaav identity-verify, aaav identity-sign, mn identity-verify")]
    [InlineData("ipsec-fmipv6", "mn sign-m1, nar verify-m2, nar sign-m3, mn verify-m4")]
    [InlineData("wang-prasad", "")]
    [InlineData("ibs", "mn identity-sign, aaav identity-verify, aaav identity-sign, mn identity-verify")]
    [InlineData("fmipv6-rfc5269", "mn rsa-sign, par rsa-verify, par rsa-encrypt, par rsa-sign, mn rsa-verify, mn rsa-decrypt")]
    [InlineData("ipsec-fmipv6-plus", "mn sign-m1, nar verify-m2, nar sign-m3, mn verify-m4")]
    public void The_computations_are_those_that_the_closed_form_charges(string scheme, string computations)
    {
        var network = InPaper(scheme);
        network.HandOver("mn", "nar");
        Assert.Equal(computations, string.Join(", ", network.Computed));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_of_any_one_message_is_made_good(string text)
    {
        var messages = CleanRun(text).Sent.Count;
        for (var lost = 0; lost < messages; lost++)
        {
            var network = SchemeCase.Parse(text).InPaper();
            var sent = 0;
            network.Fate = packet => sent++ == lost ? [] : [packet];
            var (outcome, timeline) = network.HandOver("mn", "nar");
            Assert.False(outcome.IsFailure, $"without {network.Sent[lost]}: {outcome.Reason}");
            Assert.NotNull(timeline.Find(Mark.Registered));
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_copy_of_any_one_message_changes_neither_instants_nor_computations(string text)
    {
        var clean = CleanRun(text);
        for (var doubled = 0; doubled < clean.Sent.Count; doubled++)
        {
            var network = SchemeCase.Parse(text).InPaper();
            var sent = 0;
            network.Fate = packet => sent++ == doubled ? [packet, packet] : [packet];
            var (outcome, timeline) = network.HandOver("mn", "nar");
            Assert.Equal(clean.Completed[0].Outcome, outcome);
            Assert.Equal(Instants(clean.Completed[0].Timeline), Instants(timeline));
            Assert.Equal(clean.Computed, network.Computed);
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_late_copy_of_any_one_message_changes_nothing_for_the_next_handover(string text)
    {
        var clean = CleanRun(text);
        for (var late = 0; late < clean.Sent.Count; late++)
        {
            var network = SchemeCase.Parse(text).InPaper();
            var sent = 0;
            Packet? copy = null;
            network.Fate = packet =>
            {
                copy = sent++ == late ? packet : copy;
                return [packet];
            };
            network.HandOver("mn", "nar");
            network.Fate = packet => [packet];
            network.Wait(Ms(1));
            network.Inject(copy!);
            network.Run();
            Assert.Single(network.Completed);
            Assert.Equal(clean.Completed[0].Outcome, network.HandOver("mn", "par").Outcome);
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_that_never_arrives_ends_the_handover_with_a_named_outcome_and_the_next_one_succeeds(string text)
    {
        var clean = CleanRun(text);
        foreach (var name in clean.Sent.Select(sent => sent.Split(' ', 2)[1]).Distinct().Where(name => name is not ("UNA" or "NS" or "ConfirmationRelay")))
        {
            var network = SchemeCase.Parse(text).InPaper();
            network.Fate = packet => packet.Message.Name == name ? [] : [packet];
            var (outcome, _) = network.HandOver("mn", "nar");
            Assert.NotEqual(clean.Completed[0].Outcome, outcome);
            Assert.True(outcome is { IsFailure: false, Name: "basic" } || outcome.Reason?.EndsWith("unanswered", StringComparison.Ordinal) == true, $"without {name}: {outcome}");
            AssertAtRest(network);
            network.Fate = packet => [packet];
            var next = network.RouterOf("mn") == Paper.Find("nar") ? "par" : "nar";
            Assert.Equal(clean.Completed[0].Outcome, network.HandOver("mn", next).Outcome);
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_loss_of_any_one_message_is_made_good_without_computing_anything_twice(string scheme)
    {
        var clean = CleanRun(scheme);
        for (var lost = 0; lost < clean.Sent.Count; lost++)
        {
            var network = InPaper(scheme);
            var sent = 0;
            network.Fate = packet => sent++ == lost ? [] : [packet];
            var (outcome, timeline) = network.HandOver("mn", "nar");
            Assert.False(outcome.IsFailure, $"without {network.Sent[lost]}: {outcome.Reason}");
            Assert.NotNull(timeline.Find(Mark.Registered));
            Assert.Equal(clean.Computed, network.Computed);
            AssertRegisteredAt(network, "nar");
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_late_copy_of_any_one_message_moves_nothing(string scheme)
    {
        var clean = CleanRun(scheme);
        for (var late = 0; late < clean.Sent.Count; late++)
        {
            var network = InPaper(scheme);
            var sent = 0;
            Packet? copy = null;
            network.Fate = packet =>
            {
                copy = sent++ == late ? packet : copy;
                return [packet];
            };
            network.HandOver("mn", "nar");
            network.Fate = packet => [packet];
            network.Wait(Ms(1));
            network.Inject(copy!);
            network.Run();
            Assert.Single(network.Completed);
            AssertRegisteredAt(network, "nar");
            Assert.False(network.HandOver("mn", "par").Outcome.IsFailure);
            AssertRegisteredAt(network, "par");
            AssertAtRest(network);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_that_never_arrives_fails_the_handover_after_three_retries_each_after_twice_the_wait(string scheme)
    {
        foreach (var name in CleanRun(scheme).Sent.Select(sent => sent.Split(' ')[1]).Distinct().Where(name => name is not ("UNA" or "NS" or "ConfirmationRelay")))
        {
            var network = InPaper(scheme);
            var transmissions = new List<TimeSpan>();
            network.Fate = packet =>
            {
                if (packet.Message.Name == name)
                    transmissions.Add(TimeSpan.FromTicks(network.Now.Ticks));
                return packet.Message.Name == name ? [] : [packet];
            };
            var (outcome, _) = network.HandOver("mn", "nar");
            Assert.EndsWith("unanswered", outcome.Reason);
            Assert.InRange(transmissions.Count, 4, 16);
            Assert.Equal(0, network.PendingTimers);
            if (name is "RtSolPr" or "RS" or "BU" && scheme != "ibs-famipv6")
                Assert.Equal([1, 2, 4], transmissions.Zip(transmissions.Skip(1), (first, second) => (second - first).TotalSeconds));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_handover_to_the_present_router_exchanges_the_same_messages(string scheme)
    {
        var network = InPaper(scheme);
        network.HandOver("mn", "par");
        Assert.Equal(
            CleanRun(scheme).Sent.Select(sent => sent.Replace("nar", "par").Replace("aaav", "paaav")).Order(),
            network.Sent.Order());
        AssertRegisteredAt(network, "par");
        Assert.False(network.HandOver("mn", "nar").Outcome.IsFailure);
        AssertAtRest(network);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Thousands_of_handovers_of_several_mobile_nodes_over_several_links_leave_no_growing_state(string name)
    {
        const int mobiles = 5;
        var network = new ProtocolNetwork(Hierarchical(mobiles), Scheme(name), Costs);
        var handovers = 0;
        for (var round = 1; round <= 500; round++)
        {
            for (var mobile = 0; mobile < mobiles; mobile++)
                network.Trigger($"mn{mobile}", $"ar{(mobile + round * (mobile % 2 + 1)) % 3}");
            network.Run();
            handovers += mobiles;
            Assert.Equal(handovers, network.Completed.Count);
            Assert.Equal(0, network.PendingTimers);
            network.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.All(network.Completed, handover => Assert.False(handover.Outcome.IsFailure));
        Assert.Equal(mobiles, network.Machine<HomeAgent>("ha").Bindings.Count);
        Assert.All(network.Machines<AccessRouter>(), router =>
        {
            Assert.InRange(router.Previous.Departures.Count, 0, mobiles);
            Assert.InRange(router.Next.Arrivals.Count, 0, mobiles);
        });
        Assert.All(network.Machines<AaaNode>(), server => Assert.InRange(server.TransactionCount, 0, mobiles));
    }

    private static ProtocolNetwork CleanRun(string text)
    {
        var network = SchemeCase.Parse(text).InPaper();
        network.HandOver("mn", "nar");
        return network;
    }

    private static IEnumerable<(Mark, long)> Instants(HandoverTimeline timeline) =>
        Enumerable.Range(0, timeline.Count).Select(i => (timeline[i].Mark, timeline[i].At.Ticks));

    private static void AssertRegisteredAt(ProtocolNetwork network, string router)
    {
        var mobile = network.Machine<RegisteringMobileNode>("mn");
        Assert.Equal(Paper.Find(router), mobile.Router);
        var binding = network.Machine<HomeAgent>("ha").Bindings.Find(mobile.HomeAddress, network.Now);
        Assert.Equal(mobile.CareOfAddress, binding?.CareOfAddress);
        Assert.Equal(mobile.CareOfAddress, mobile.Registration?.CareOfAddress);
    }

    private static void AssertAtRest(ProtocolNetwork network)
    {
        Assert.Equal(0, network.PendingTimers);
        Assert.Equal(HandoverStep.Idle, network.Machine<RegisteringMobileNode>("mn").Step);
    }
}
