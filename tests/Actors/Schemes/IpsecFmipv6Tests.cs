using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;
using MobileNode = Actors.Schemes.IpsecFmipv6.MobileNode;

namespace Tests.Actors.Schemes;

/// <summary>The proposal: who proves what, and who keeps which key.</summary>
public class IpsecFmipv6Tests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;

    [Fact]
    public void Both_ends_hold_the_same_session_key_and_the_router_knows_its_peer()
    {
        var network = InPaper("ipsec-fmipv6");
        network.HandOver("mn", "nar");
        var arrival = Association(network, "nar");
        Assert.Equal(ArrivalState.Open, arrival.State);
        Assert.Equal(Mn, arrival.Peer);
        Assert.Equal(CipherSuites.AesGcm, arrival.Suite);
        Assert.NotNull(arrival.SessionKey);
        Assert.Equal(arrival.SessionKey, network.Machine<MobileNode>("mn").SessionKey);
    }

    [Fact]
    public void The_association_ends_when_the_mobile_node_leaves_and_every_handover_has_its_own_key()
    {
        var network = InPaper("ipsec-fmipv6");
        network.HandOver("mn", "nar");
        var first = network.Machine<MobileNode>("mn").SessionKey;
        network.HandOver("mn", "par");
        Assert.Equal(0, network.Machine<AccessRouter>("nar").Next.Arrivals.Count);
        Assert.Equal(network.Machine<MobileNode>("mn").SessionKey, Association(network, "par").SessionKey);
        Assert.NotEqual(first, network.Machine<MobileNode>("mn").SessionKey);
    }

    [Fact]
    public void The_association_outlives_the_sessions_of_handovers()
    {
        var network = InPaper("ipsec-fmipv6");
        network.HandOver("mn", "nar");
        network.Wait(TimeSpan.FromHours(1));
        network.Inject(new UnsolicitedNeighborAdvertisement(default).From(default, Address.Of(Paper.Find("nar")!.Value)));
        network.Run();
        Assert.Equal(1, network.Machine<AccessRouter>("nar").Next.Arrivals.Count);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("share")]
    [InlineData("proposal")]
    [InlineData("certificate")]
    [InlineData("issuer")]
    public void A_tampered_M1_is_refused_after_its_verification(string part)
    {
        var network = InPaper("ipsec-fmipv6");
        network.Fate = packet => packet.Message is HandoverInitiate initiate
            ? [With(packet, initiate with { Extension = Tamper((PreAuthentication)initiate.Extension!, part) })]
            : [packet];
        var (outcome, _) = network.HandOver("mn", "nar");
        Assert.Equal("no router for the new access point", outcome.Reason);
        Assert.Equal(["mn sign-m1", "nar verify-m2"], network.Computed);
        Assert.Null(network.Machine<MobileNode>("mn").SessionKey);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("share")]
    [InlineData("proposal")]
    [InlineData("certificate")]
    [InlineData("issuer")]
    public void A_tampered_M4_is_passed_over_and_the_true_one_still_counts(string part)
    {
        var network = InPaper("ipsec-fmipv6");
        var tampered = 0;
        network.Fate = packet => packet.Message is ProxyRouterAdvertisement advertisement && tampered++ == 0
            ? [With(packet, advertisement with { Extension = Tamper((PreAuthentication)advertisement.Extension!, part) })]
            : [packet];
        var (outcome, _) = network.HandOver("mn", "nar");
        Assert.Equal(Outcome.Predictive, outcome);
        Assert.Equal(["mn sign-m1", "nar verify-m2", "nar sign-m3", "mn verify-m4", "mn verify-m4"], network.Computed);
        Assert.Equal(Association(network, "nar").SessionKey, network.Machine<MobileNode>("mn").SessionKey);
    }

    [Fact]
    public void M1_without_authentication_is_not_passed_on()
    {
        var par = Fmipv6Tests.Machine<AccessRouter>("par", "ipsec-fmipv6");
        Assert.Empty(par.Receive(new ProxyRouterSolicitation(1, Paper.Find("nar")!.Value).From(Address.On(Paper.Find("par")!.Value, Mn), default)));
    }

    [Fact]
    public void The_previous_router_acknowledges_an_FBU_only_for_the_assigned_address()
    {
        var network = InPaper("ipsec-fmipv6");
        network.Fate = packet => packet.Message is FastBindingUpdate update
            ? [With(packet, update with { NewCareOfAddress = update.PreviousCareOfAddress })]
            : [packet];
        Assert.Equal("FBU refused: Refused", network.HandOver("mn", "nar").Outcome.Reason);
    }

    [Fact]
    public void The_same_payloads_in_a_later_HI_are_answered_without_a_new_signature_or_key()
    {
        var nar = Fmipv6Tests.Machine<AccessRouter>("nar", "ipsec-fmipv6");
        var par = Address.Of(Paper.Find("par")!.Value);
        var offer = PreAuthentication.Sign(Mn, CipherSuites.AesGcm, KeyAgreement.Share(11), 12);
        var first = new HandoverInitiate(1, true, Address.On(par.PrefixOwner, Mn), null, offer);
        var verify = Assert.Single(nar.Receive(first.From(par, Address.Of(Paper.Find("nar")!.Value))));
        Assert.Equal([CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify], verify.Operation!.Parts);
        var sign = Assert.Single(nar.Finish(verify));
        Assert.Equal([CryptoOperation.KeyExchangeRespond, CryptoOperation.RsaSign], sign.Operation!.Parts);
        var answer = nar.Finish(sign).Message<HandoverAcknowledge>();
        var again = nar.Receive((first with { Sequence = 2 }).From(par, Address.Of(Paper.Find("nar")!.Value))).Message<HandoverAcknowledge>();
        Assert.Equal(answer with { Sequence = 2 }, again);
        Assert.Empty(nar.Finish(sign));
    }

    [Fact]
    public void Messages_have_the_sizes_of_RSA_2048_before_ESP()
    {
        var network = InPaper("ipsec-fmipv6");
        var sizes = new Dictionary<string, (int Clear, bool Protected)>();
        network.Fate = packet =>
        {
            sizes[packet.Message.Name] = (packet.SizeBytes - packet.EspBytes, packet.EspBytes > 0);
            return [packet];
        };
        network.HandOver("mn", "nar");
        Assert.Equal((1240, true), sizes["RtSolPr"]);
        Assert.Equal((1264, true), sizes["HI"]);
        Assert.Equal((1256, true), sizes["HAck"]);
        Assert.Equal((1304, true), sizes["PrRtAdv"]);
        Assert.True(sizes["FBU"].Protected && sizes["FBack"].Protected && sizes["BU"].Protected && sizes["BA"].Protected);
        Assert.False(sizes["UNA"].Protected);
    }

    private static SecuredArrival Association(ProtocolNetwork network, string router)
    {
        Assert.True(network.Machine<AccessRouter>(router).Next.Arrivals.TryFind(Mn, out var arrival));
        return (SecuredArrival)arrival;
    }

    private static PreAuthentication Tamper(PreAuthentication original, string part) => part switch
    {
        "nonce" => original with { Nonce = original.Nonce + 1 },
        "share" => original with { KeyShare = original.KeyShare + 1 },
        "proposal" => original with { Proposal = CipherSuites.AesCbc },
        "certificate" => original with { Certificate = original.Certificate with { Subject = new NodeId(3) } },
        _ => original with { Certificate = original.Certificate with { Issuer = new NodeId(3) } },
    };

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
