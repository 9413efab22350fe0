using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.WangPrasad;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>A key from the serving network: who believes what, and who knows it.</summary>
public class WangPrasadTests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly NodeId Par = Paper.Find("par")!.Value;
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;

    [Fact]
    public void Node_target_and_serving_network_know_the_same_key_and_only_its_holder_is_admitted()
    {
        var network = InPaper("wang-prasad");
        network.HandOver("mn", "nar");
        var key = network.Machine<MobileNode>("mn").Key;
        Assert.True(network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(Mn, out var arrival));
        Assert.True(network.Machine<AccessRouter>("par").Previous.Departures.TryFind(Mn, out var departure));
        Assert.NotNull(key);
        Assert.Equal(key, arrival.Key);
        Assert.Equal(key, departure.Key);
        Assert.True(arrival.IsAdmitted);
    }

    [Fact]
    public void Every_handover_has_its_own_key()
    {
        var network = InPaper("wang-prasad");
        network.HandOver("mn", "nar");
        var first = network.Machine<MobileNode>("mn").Key;
        network.HandOver("mn", "par");
        Assert.NotEqual(first, network.Machine<MobileNode>("mn").Key);
    }

    [Theory]
    [InlineData("HandoverDecision")]
    [InlineData("KeyTransfer")]
    [InlineData("KeyAcknowledgement")]
    [InlineData("HandoverPermission")]
    [InlineData("FastAuthenticationRequest")]
    [InlineData("FastAuthenticationReply")]
    public void A_tampered_message_is_passed_over_and_the_next_copy_counts(string name)
    {
        var network = InPaper("wang-prasad");
        var tampered = 0;
        network.Fate = packet => packet.Message.Name == name && tampered++ == 0 ? [With(packet, Tamper(packet.Message))] : [packet];
        var (outcome, timeline) = network.HandOver("mn", "nar");
        Assert.Equal(Outcome.Predictive, outcome);
        Assert.True(tampered > 1, "the first copy was accepted");
        Assert.True(timeline.Find(Mark.Registered) - timeline.Find(Mark.Trigger) > TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("HandoverDecision")]
    [InlineData("KeyTransfer")]
    [InlineData("KeyAcknowledgement")]
    [InlineData("HandoverPermission")]
    [InlineData("FastAuthenticationRequest")]
    [InlineData("FastAuthenticationReply")]
    public void When_every_copy_is_tampered_with_the_handover_fails_and_leaves_no_timer(string name)
    {
        var network = InPaper("wang-prasad");
        network.Fate = packet => packet.Message.Name == name ? [With(packet, Tamper(packet.Message))] : [packet];
        Assert.EndsWith("unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(0, network.PendingTimers);
    }

    [Fact]
    public void A_router_that_is_not_trusted_cannot_plant_a_key()
    {
        var network = InPaper("wang-prasad");
        var key = new SecretKey(default);
        var untrusted = SecretKey.Provisioned(new NodeId(2), new NodeId(3));
        var wrapped = untrusted.Wrap(key);
        var proof = untrusted.Authenticate(KeyTransfer.Covered(Par, Nar, 1, Mn, wrapped));
        network.Inject(new KeyTransfer(1, Mn, wrapped, proof).From(Address.Of(Par), Address.Of(Nar)));
        network.Run();
        Assert.Equal(0, network.Machine<AccessRouter>("nar").Next.Arrivals.Count);
        Assert.Empty(network.Sent);
    }

    [Fact]
    public void A_transfer_of_an_earlier_handover_does_not_bring_its_key_back()
    {
        var network = InPaper("wang-prasad");
        Packet? replayed = null;
        network.Fate = packet =>
        {
            replayed ??= packet.Message is KeyTransfer ? packet : null;
            return [packet];
        };
        network.HandOver("mn", "nar");
        network.HandOver("mn", "par");
        network.HandOver("mn", "nar");
        network.Inject(replayed!);
        network.Run();
        Assert.True(network.Machine<AccessRouter>("nar").Next.Arrivals.TryFind(Mn, out var arrival));
        Assert.Equal(network.Machine<MobileNode>("mn").Key, arrival.Key);
    }

    [Fact]
    public void An_access_point_that_nobody_knows_ends_the_handover_with_that_reason()
    {
        var network = InPaper("wang-prasad");
        Assert.Equal("no router for the new access point", network.HandOver("mn", "ha").Outcome.Reason);
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
    }

    [Fact]
    public void Sessions_end_eight_timeouts_after_their_last_use()
    {
        var network = InPaper("wang-prasad");
        network.HandOver("mn", "nar");
        network.Wait(TimeSpan.FromSeconds(8.1));
        foreach (var router in new[] { Par, Nar })
        {
            network.Inject(new KeyAcknowledgement(0, Mn, default).From(default, Address.Of(router)));
            network.Inject(new FastAuthenticationRequest(0, default).From(default, Address.Of(router)));
        }

        network.Run();
        Assert.Equal(0, network.Machine<AccessRouter>("par").Previous.Departures.Count);
        Assert.Equal(0, network.Machine<AccessRouter>("nar").Next.Arrivals.Count);
    }

    [Fact]
    public void The_registration_is_not_protected()
    {
        var network = InPaper("wang-prasad");
        network.Fate = packet =>
        {
            Assert.Equal(0, packet.EspBytes);
            return [packet];
        };
        network.HandOver("mn", "nar");
        Assert.Contains("mn>ha BU", network.Sent);
        Assert.Contains("ha>mn BA", network.Sent);
    }

    private static Message Tamper(Message message) => message switch
    {
        HandoverDecision decision => decision with { NewAccessPoint = Par },
        KeyTransfer transfer => transfer with { Key = SecretKey.Provisioned(Par, Nar).Wrap(new SecretKey(default)) },
        KeyAcknowledgement acknowledgement => acknowledgement with { Proof = default },
        HandoverPermission permission => permission with { NewRouter = Address.Of(Par) },
        FastAuthenticationRequest request => request with { Nonce = request.Nonce + 1 },
        FastAuthenticationReply reply => reply with { Proof = default },
        _ => throw new ArgumentException(message.Name),
    };

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
