using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Famipv6;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IbsFamipv6;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Access authentication over AAA servers, by shared keys and by identity-based signatures.</summary>
public class AaaSchemesTests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly Address Nar = Address.Of(Paper.Find("nar")!.Value);
    private static readonly Address Aaah = Address.Of(Paper.Find("aaah")!.Value);

    [Theory]
    [InlineData("famipv6")]
    [InlineData("ibs-famipv6")]
    public void The_new_router_holds_packets_from_UNA_until_the_AAA_servers_success(string scheme)
    {
        var network = InPaper(scheme);
        var states = new List<ArrivalState>();
        network.Fate = packet =>
        {
            if (network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(Mn, out var arrival) && !states.Contains(arrival.State))
                states.Add(arrival.State);
            return [packet];
        };
        network.HandOver("mn", "nar");
        ArrivalState[] expected = scheme == "famipv6"
            ? [ArrivalState.Buffering, ArrivalState.Attached, ArrivalState.Open]
            : [ArrivalState.Initiated, ArrivalState.Buffering, ArrivalState.Attached, ArrivalState.Open];
        Assert.Equal(expected, states);
    }

    [Fact]
    public void Registration_starts_only_when_access_is_granted()
    {
        var network = InPaper("famipv6");
        var (_, timeline) = network.HandOver("mn", "nar");
        Assert.Equal(timeline.Find(Mark.LinkUp), timeline.Find(Mark.AuthenticationSent));
        Assert.Equal(timeline.Find(Mark.Authenticated), timeline.Find(Mark.BindingUpdateSent));
    }

    [Fact]
    public void A_forged_credential_is_denied_by_the_home_server_and_the_denial_is_believed_only_with_proof()
    {
        var network = InPaper("famipv6");
        network.Fate = packet => packet.Message is AccessRequest { Content: AccessCredential credential } request
            ? [With(packet, request with { Content = credential with { Nonce = credential.Nonce + 1 } })]
            : [packet];
        Assert.Equal("AccessRequest unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.True(network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(Mn, out var arrival));
        Assert.Equal(ArrivalState.Refused, arrival.State);
    }

    [Fact]
    public void A_tampered_decision_is_passed_over()
    {
        var network = InPaper("famipv6");
        var tampered = 0;
        network.Fate = packet => packet.Message is AccessReply { Content: AccessDecision decision } reply && tampered++ == 0
            ? [With(packet, reply with { Content = decision with { Granted = false } })]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
    }

    [Fact]
    public void A_reply_with_another_identifier_is_ignored()
    {
        var network = InPaper("famipv6");
        network.Fate = packet => packet.Message is AccessReply reply
            ? [With(packet, reply with { Identifier = reply.Identifier + 1 }), packet]
            : [packet];
        var (outcome, timeline) = network.HandOver("mn", "nar");
        Assert.Equal(Outcome.Predictive, outcome);
        Assert.Equal(Ms(55), timeline.Find(Mark.Authenticated) - timeline.Find(Mark.AuthenticationSent));
    }

    [Fact]
    public void A_forged_signed_request_costs_one_verification_and_goes_no_further()
    {
        var network = InPaper("ibs-famipv6");
        network.Fate = packet => packet.Message is AccessRequest { Content: RegistrationRequest registration } request
            ? [With(packet, request with { Content = registration with { Update = registration.Update with { Sequence = 99 } } })]
            : [packet];
        Assert.Equal("AccessRequest unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.DoesNotContain("aaah>ha BU", network.Sent);
        Assert.Contains("aaav identity-verify", network.Computed);
        Assert.DoesNotContain("aaav identity-sign", network.Computed);
    }

    [Fact]
    public void A_signed_reply_that_was_tampered_with_is_passed_over()
    {
        var network = InPaper("ibs-famipv6");
        var tampered = 0;
        network.Fate = packet => packet.Message is AccessReply { Content: RegistrationReply registration } reply && tampered++ == 0
            ? [With(packet, reply with { Content = registration with { Signature = null } })]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, network.Computed.Count(computation => computation == "mn identity-verify"));
    }

    [Fact]
    public void A_registration_that_the_home_server_could_not_pass_on_is_sent_directly()
    {
        var network = InPaper("ibs-famipv6");
        network.Fate = packet => packet.Message is BindingUpdate && packet.Source == Aaah ? [] : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Contains("mn>ha BU", network.Sent);
        Assert.Equal((ushort)2, network.Machine<RegisteringMobileNode>("mn").Registration?.Sequence);
    }

    [Theory]
    [InlineData(1u, "ha")]
    [InlineData(2u, "aaah")]
    public void An_answer_from_another_server_or_with_another_identifier_is_ignored(uint identifier, string user)
    {
        var relay = Fmipv6Tests.Machine<AaaRelay>("aaav", "famipv6");
        var request = new AaaRequest(7, Mn, Aaah, new AccessCredential(1, default));
        Assert.Equal(1u, relay.Receive(request.From(Nar, default)).Message<AaaRequest>().HopByHop);
        var answer = new AaaAnswer(identifier, user == "ha" ? Paper.Find("ha")!.Value : Mn, true, new AccessDecision(true, 1, default));
        Assert.Empty(relay.Receive(answer.From(Aaah, default)));
    }

    [Fact]
    public void A_relay_passes_on_once_and_answers_a_repeated_request_from_its_table()
    {
        var relay = Fmipv6Tests.Machine<AaaRelay>("aaav", "famipv6");
        var request = new AaaRequest(7, Mn, Aaah, new AccessCredential(1, default)).From(Nar, default);
        var passedOn = relay.Receive(request).Packet();
        Assert.Equal(Aaah, passedOn.Destination);
        Assert.Empty(relay.Receive(request));
        var answer = new AaaAnswer(1, Mn, true, new AccessDecision(true, 1, default)).From(Aaah, default);
        var returned = relay.Receive(answer).Packet();
        Assert.Equal(Nar, returned.Destination);
        Assert.Equal(7u, ((AaaAnswer)returned.Message).HopByHop);
        Assert.Empty(relay.Receive(answer));
        Assert.Equal(returned.Message, relay.Receive(request).Packet().Message);
        Assert.Equal(1, relay.TransactionCount);
    }

    [Fact]
    public void A_relay_forgets_a_transaction_that_is_never_answered()
    {
        var relay = Fmipv6Tests.Machine<AaaRelay>("aaav", "famipv6");
        var timer = relay.Receive(new AaaRequest(7, Mn, Aaah, new AccessCredential(1, default)).From(Nar, default)).Timer();
        for (var retry = 0; retry < Exchange.MaxRetries; retry++)
            Assert.Single(relay.Expire(timer).Packets());
        Assert.Empty(relay.Expire(timer).Packets());
        Assert.Equal(0, relay.TransactionCount);
    }

    [Theory]
    [InlineData("famipv6")]
    [InlineData("ibs-famipv6")]
    public void A_domain_without_an_AAA_server_is_named(string scheme)
    {
        var definition = Scheme(scheme);
        var routerAtHome = Paper[Paper.Find("cn")!.Value] with { Role = NodeRole.AccessRouter };
        var error = Assert.Throws<ArgumentException>(() => definition.CreateMachine(
            new RoleContext(routerAtHome, null, new NetworkFacts(Paper), new SchemeOptions(definition.Options))));
        Assert.StartsWith("cn has no aaa-visited in its domain", error.Message);
        Assert.Contains(NodeRole.VisitedAaa, definition.RequiredRoles);
    }

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
