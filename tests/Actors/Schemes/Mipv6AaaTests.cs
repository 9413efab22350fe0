using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Access authentication before registration: who is let in.</summary>
public class Mipv6AaaTests
{
    [Fact]
    public void A_node_without_the_key_is_denied_and_registers_nowhere()
    {
        var network = InPaper("mipv6-aaa");
        network.Fate = packet => packet.Message is AccessRequest { Content: AccessCredential credential } request
            ? [With(packet, request with { Content = credential with { Proof = new SharedKey(default, default).Authenticate(default) } })]
            : [packet];
        var (outcome, timeline) = network.HandOver("mn", "nar");
        Assert.Equal("access refused", outcome.Reason);
        Assert.Null(timeline.Find(Mark.BindingUpdateSent));
        Assert.DoesNotContain("mn>ha BU", network.Sent);
    }

    [Fact]
    public void A_decision_that_the_home_server_has_not_made_is_passed_over()
    {
        var network = InPaper("mipv6-aaa");
        var forged = 0;
        network.Fate = packet => packet.Message is AccessReply { Content: AccessDecision decision } reply && forged++ == 0
            ? [With(packet, reply with { Content = decision with { Granted = false } })]
            : [packet];
        Assert.Equal(Outcome.Basic, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, network.Sent.Count(sent => sent == "mn>nar AccessRequest"));
        Assert.Equal(1, network.Sent.Count(sent => sent == "nar>aaav AaaRequest"));
    }

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover);
}
