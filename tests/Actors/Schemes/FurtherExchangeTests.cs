using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>The whole exchange of the rows beyond the first five, with every packet in the test's hands.</summary>
public class FurtherExchangeTests
{
    public static TheoryData<string> Cases => SchemeCase.All;

    [Theory]
    [InlineData("hmipv6", "mn>nar RS, nar>mn RA, mn>nar NS, mn>pmap LBU, pmap>mn BA")]
    [InlineData("hmipv6 movement=inter-map", "mn>nar RS, nar>mn RA, mn>nar NS, mn>nmap LBU, nmap>mn BA, mn>nmap BU in tunnel, "
        + "nmap>ha BU, ha>mn BA, nmap>mn BA in tunnel")]
    [InlineData("f-hmipv6", "mn>pmap RtSolPr, pmap>mn PrRtAdv, mn>pmap FBU, pmap>nar HI, nar>pmap HAck, pmap>mn FBack, mn>nar UNA, "
        + "mn>pmap LBU, pmap>mn BA")]
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
        var network = CleanRun(text);
        Assert.Equal(messages.Split(", "), network.Sent);
        AssertAtRest(network);
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
        foreach (var name in clean.Sent.Select(sent => sent.Split(' ', 2)[1]).Distinct().Where(name => name is not ("UNA" or "NS")))
        {
            var network = SchemeCase.Parse(text).InPaper();
            network.Fate = packet => packet.Message.Name == name ? [] : [packet];
            var (outcome, _) = network.HandOver("mn", "nar");
            Assert.NotEqual(clean.Completed[0].Outcome, outcome);
            Assert.EndsWith("unanswered", outcome.Reason);
            AssertAtRest(network);
            network.Fate = packet => [packet];
            var next = network.RouterOf("mn") == Paper.Find("nar") ? "par" : "nar";
            Assert.Equal(clean.Completed[0].Outcome, network.HandOver("mn", next).Outcome);
            AssertAtRest(network);
        }
    }

    private static ProtocolNetwork CleanRun(string text)
    {
        var network = SchemeCase.Parse(text).InPaper();
        network.HandOver("mn", "nar");
        return network;
    }

    private static IEnumerable<(Mark, long)> Instants(HandoverTimeline timeline) =>
        Enumerable.Range(0, timeline.Count).Select(i => (timeline[i].Mark, timeline[i].At.Ticks));

    private static void AssertAtRest(ProtocolNetwork network)
    {
        Assert.Equal(0, network.PendingTimers);
        Assert.Equal(HandoverStep.Idle, network.Machine<RegisteringMobileNode>("mn").Step);
    }
}
