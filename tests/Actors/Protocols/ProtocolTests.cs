using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Famipv6;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IbsFamipv6;
using Actors.Schemes.IpsecFmipv6Plus;
using Actors.Schemes.Mipv6;
using Actors.Schemes.WangPrasad;
using Akka.TestKit.Xunit2;
using Tests.Actors.Kernel;
using Topology.Addressing;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Protocols;

/// <summary>Each scheme's whole exchange between actors, with TestKit probes as links, in virtual time.</summary>
public sealed class ProtocolTests() : TestKit(VirtualSystem.Configuration)
{
    private const string Preparation = "0 mn>par RtSolPr, 10 par>mn PrRtAdv, 20 mn>par FBU, 30 par>nar HI, 40 nar>par HAck, 50 par>mn FBack, ";
    private static readonly TimeSpan Retransmission = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names => SchemeNames;

    [Theory]
    [InlineData("mipv6", "0 mn>nar RS, 10 nar>mn RA, 20 mn>nar NS, 20 mn>nar BU, 30 nar>ha BU, 40 ha>nar BA, 50 nar>mn BA", "60 basic")]
    [InlineData("fmipv6", Preparation + "60 mn>nar UNA, 60 mn>nar BU, 70 nar>ha BU, 80 ha>nar BA, 90 nar>mn BA", "100 predictive")]
    [InlineData("famipv6", Preparation + "60 mn>nar UNA, 60 mn>nar AccessRequest, 70 nar>aaav AaaRequest, 80 aaav>aaah AaaRequest, "
        + "90 aaah>aaav AaaAnswer, 100 aaav>nar AaaAnswer, 110 nar>mn AccessReply, 120 mn>nar BU, 130 nar>ha BU, 140 ha>nar BA, 150 nar>mn BA", "160 predictive")]
    [InlineData("ibs-famipv6", "0 mn>par RtSolPr, 10 par>nar HI, 20 nar>aaav AaaRequest, 30 aaav>aaah AaaRequest, 40 aaah>aaav AaaAnswer, "
        + "50 aaav>nar AaaAnswer, 60 nar>par HAck, 70 par>mn PrRtAdv, 80 mn>par FBU, 90 par>mn FBack, 100 mn>nar UNA, 110 mn>nar AccessRequest, "
        + "120 nar>aaav AaaRequest, 170 aaav>aaah AaaRequest, 180 aaah>aaav AaaAnswer, 180 aaah>ha BU, 190 ha>nar BA, 200 nar>mn BA, "
        + "200 aaav>nar AaaAnswer, 210 nar>mn AccessReply", "260 predictive")]
    [InlineData("ipsec-fmipv6", "10 mn>par RtSolPr, 20 par>nar HI, 50 nar>par HAck, 60 par>mn PrRtAdv, 80 mn>par FBU, 90 par>mn FBack, "
        + "100 mn>nar UNA, 100 mn>nar BU, 110 nar>ha BU, 120 ha>nar BA, 130 nar>mn BA", "140 predictive")]
    public void Every_message_leaves_its_node_in_order_at_its_exact_instant(string scheme, string messages, string end)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var transcript = exchange.Run();
        Assert.Equal(messages.Split(", "), transcript.Sent.Select(transmission => transmission.ToString()));
        var (at, outcome, _) = Assert.Single(transcript.Ends);
        Assert.Equal(end, $"{at.TotalMilliseconds} {outcome.Name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lost_message_is_made_good_by_a_request_that_is_repeated_after_the_first_timeout(string scheme)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var clean = exchange.Run();
        for (var lost = 0; lost < clean.Sent.Count; lost++)
        {
            var without = clean.Sent[lost];
            var transcript = exchange.Without(lost);
            var (at, outcome, _) = Assert.Single(transcript.Ends);
            Assert.False(outcome.IsFailure, $"without {without}: {outcome.Reason}");
            if (without.Name is "UNA" or "NS" or "ConfirmationRelay")
            {
                Assert.Equal(clean.Text, transcript.Text);
                continue;
            }

            // After the loss nothing new is sent before a timeout is over. Only IBS-FAMIPv6 has its first update sent by another.
            var repeated = transcript.Sent.First(late => late.At > clean.Sent[^1].At);
            var since = transcript.Sent.LastOrDefault(early => early.Step == repeated.Step && early.At < repeated.At)?.At
                ?? transcript.Instant(Mark.Authenticated);
            Assert.Equal((without, since + Retransmission), (without, repeated.At));
            Assert.InRange(at - clean.Ends[0].At, ProbedExchange.Hop, Retransmission + 4 * ProbedExchange.Hop);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_that_arrives_twice_advances_the_handover_once(string scheme)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var clean = exchange.Run();
        for (var doubled = 0; doubled < clean.Sent.Count; doubled++)
        {
            var transcript = exchange.Run((transmission, number) => number == doubled ? [transmission, transmission] : [transmission]);
            Assert.Equal(clean.Instants, transcript.Instants);

            // The copy may bring about a copy of an answer, but nothing else: only a home agent answers a copy otherwise.
            Assert.Equal(clean.Sent.Select(sent => sent.ToString()), transcript.Sent.Select(sent => sent.ToString()).Distinct());
            Assert.All(transcript.Sent, sent => Assert.True(
                sent.Packet.Message is BindingAcknowledgement { Status: BindingStatus.SequenceOutOfWindow }
                || clean.Sent.Any(first => first.Step == sent.Step && first.Packet.Message.Equals(sent.Packet.Message)),
                $"with two of {clean.Sent[doubled]}: another {sent}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_answer_is_as_good_as_none_and_beside_the_right_one_changes_nothing(string scheme)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var clean = exchange.Run();
        var tried = new HashSet<string>();
        for (var number = 0; number < clean.Sent.Count; number++)
        {
            var lost = exchange.Without(number).Text;
            foreach (var wrong in Wrong(clean.Sent[number]))
            {
                var target = number;
                Transmission Forged(Transmission right) => right with { Packet = wrong };
                Assert.Equal(lost, exchange.Run((right, i) => i == target ? [Forged(right)] : [right]).Text);
                Assert.Equal(clean.Text, exchange.Run((right, i) => i == target ? [Forged(right), right] : [right]).Text);
                tried.Add(wrong.Message.Name);
            }
        }

        string[] requests = ["RS", "NS", "RtSolPr", "FBU", "HI", "AccessRequest", "AaaRequest", "BU",
            "HandoverDecision", "KeyTransfer", "FastAuthenticationRequest"];
        Assert.Equal(clean.Sent.Select(sent => sent.Name).Except(requests).Order(), tried.Order());
    }

    [Theory]
    [InlineData("famipv6")]
    [InlineData("ibs-famipv6")]
    public void A_reply_for_another_nonce_is_as_good_as_none(string scheme)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var reply = exchange.Run().Sent.Select(sent => sent.Name).ToList().IndexOf("AccessReply");
        var replayed = exchange.Run((right, i) => i == reply ? [right with { Packet = OfAnotherNonce(right.Packet) }] : [right]);
        Assert.Equal(exchange.Without(reply).Text, replayed.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mobile_node_is_deaf_to_the_cell_that_it_is_not_attached_to(string scheme)
    {
        using var exchange = new ProbedExchange(this, scheme);
        var clean = exchange.Run();
        for (var number = 0; number < clean.Sent.Count; number++)
        {
            if (clean.Sent[number] is not { To: "mn", From: var router })
                continue;
            var (target, other) = (number, exchange.Radio(router == "par" ? "nar" : "par"));
            Assert.Equal(
                exchange.Without(target).Text,
                exchange.Run((sent, i) => i == target ? [sent with { Link = other }] : [sent]).Text);
        }
    }

    [Theory]
    [InlineData("mipv6", 1000, "RS")]
    [InlineData("fmipv6", 1000, "RtSolPr")]
    [InlineData("famipv6", 300, "AccessRequest")]
    [InlineData("ibs-famipv6", 300, "AccessRequest")]
    [InlineData("ipsec-fmipv6", 500, "FBU")]
    [InlineData("fmipv6", 500, "HI")]
    [InlineData("famipv6", 200, "AaaRequest")]
    public void An_unanswered_request_is_repeated_after_the_timeout_of_the_option_then_after_twice_the_wait_each(
        string scheme, int timeoutMs, string request)
    {
        using var exchange = new ProbedExchange(this, scheme, Ms(timeoutMs));
        var step = exchange.Run().Sent.First(sent => sent.Name == request).Step;
        var transcript = exchange.Run((sent, _) => sent.Step == step ? [] : [sent]);
        var instants = transcript.Sent.Where(sent => sent.Step == step).Select(sent => sent.At).ToArray();
        Assert.Equal(
            [0, timeoutMs, 3 * timeoutMs, 7 * timeoutMs],
            instants.Take(4).Select(instant => (instant - instants[0]).TotalMilliseconds));
        var (at, outcome, _) = Assert.Single(transcript.Ends);
        Assert.EndsWith("unanswered", outcome.Reason);
        if (step.StartsWith("mn", StringComparison.Ordinal))
            Assert.Equal((4, instants[0] + Ms(15 * timeoutMs)), (instants.Length, at));
    }

    /// <summary>A message's forgeries: another identifier, sequence number, prefix or target, and another source where sources are told apart.</summary>
    private static IEnumerable<Packet> Wrong(Transmission sent)
    {
        var packet = sent.Packet;
        Packet With(Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
        Packet From(string node) => new(Address.Of(Paper.Find(node)!.Value), packet.Destination, packet.Message, packet.Handover, packet.EspBytes);
        return packet.Message switch
        {
            RouterAdvertisement => [With(new RouterAdvertisement(Paper.Find("par")!.Value))],
            ProxyRouterAdvertisement m => [With(m with { Identifier = (ushort)(m.Identifier + 1) }), From("nar")],
            HandoverAcknowledge m => [With(m with { Sequence = (ushort)(m.Sequence + 1) }), From("ha")],
            FastBindingAcknowledgment m => [With(m with { Sequence = (ushort)(m.Sequence + 1) }), From("nar")],
            UnsolicitedNeighborAdvertisement => [With(new UnsolicitedNeighborAdvertisement(Address.Of(Paper.Find("nar")!.Value)))],
            ConfirmationRelay m => [With(m with { Confirmation = new Confirmation(default) }), From("ha")],
            AaaAnswer m when sent.To == "nar" => [With(m with { HopByHop = m.HopByHop + 1 }), From("paaav")],
            AaaAnswer m => [With(m with { HopByHop = m.HopByHop + 1 })],
            AccessReply m => [With(m with { Identifier = m.Identifier + 1 })],
            KeyAcknowledgement m => [With(m with { Sequence = (ushort)(m.Sequence + 1) })],
            HandoverPermission m => [With(m with { Identifier = (ushort)(m.Identifier + 1) })],
            FastAuthenticationReply m => [With(m with { Nonce = m.Nonce + 1 })],
            BindingAcknowledgement m when sent.To == "mn" => [With(m with { Sequence = (ushort)(m.Sequence + 1) })],
            _ => [],
        };
    }

    private static Packet OfAnotherNonce(Packet packet)
    {
        var reply = Assert.IsType<AccessReply>(packet.Message);
        AaaContent content = reply.Content switch
        {
            AccessDecision decision => decision with { Nonce = decision.Nonce + 1 },
            RegistrationReply registration => registration with { Nonce = registration.Nonce + 1 },
            var other => throw new ArgumentException($"no nonce in {other}"),
        };
        return new Packet(packet.Source, packet.Destination, reply with { Content = content }, packet.Handover, packet.EspBytes);
    }
}
