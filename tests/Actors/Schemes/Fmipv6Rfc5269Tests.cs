using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.Fmipv6Rfc5269;
using Actors.Security;
using CsCheck;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;
using MobileNode = Actors.Schemes.Fmipv6Rfc5269.MobileNode;
using PreviousAccessRouter = Actors.Schemes.Fmipv6Rfc5269.PreviousAccessRouter;

namespace Tests.Actors.Schemes;

/// <summary>Handover keys: who gets one, and what it authorizes.</summary>
public class Fmipv6Rfc5269Tests
{
    private const string Name = "fmipv6-rfc5269";
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly Address Par = Address.Of(Paper.Find("par")!.Value);
    private static readonly Address CareOf = Address.On(Par.PrefixOwner, Mn);

    [Fact]
    public void Mobile_node_and_previous_router_hold_the_same_handover_key()
    {
        var network = InPaper(Name);
        network.HandOver("mn", "nar");
        Assert.True(Keys(network).TryFind(Mn, out var record));
        Assert.NotNull(record.Key);
        Assert.Equal(record.Key, network.Machine<MobileNode>("mn").HandoverKey);
    }

    [Fact]
    public void The_computations_cost_three_signatures_with_verification_whatever_the_signers_share() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Double[0, 1]).Sample(
            (rsa, share) =>
            {
                var costs = CryptoCosts.Paper(default, default, TimeSpan.FromTicks(rsa), share);
                var (_, timeline) = new ProtocolNetwork(Paper, Scheme(Name), costs).HandOver("mn", "nar");
                Assert.Equal(Ms(23).Ticks + 3L * rsa, (timeline.Find(Mark.Prepared) - timeline.Find(Mark.Trigger))?.Ticks);
            },
            iter: 50);

    [Theory]
    [InlineData("nonce")]
    [InlineData("key")]
    [InlineData("access point")]
    [InlineData("source")]
    public void A_solicitation_that_its_sender_has_not_signed_costs_one_verification_and_leaves_no_record(string part)
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is ProxyRouterSolicitation solicitation ? [Tamper(packet, solicitation, part)] : [packet];
        Assert.Equal("RtSolPr unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(["mn rsa-sign", "par rsa-verify", "par rsa-verify", "par rsa-verify", "par rsa-verify"], network.Computed);
        Assert.Equal(0, Keys(network).Count);
    }

    [Fact]
    public void A_forged_solicitation_does_not_change_the_record_of_the_node_that_it_claims_to_come_from()
    {
        var network = InPaper(Name);
        network.HandOver("mn", "nar");
        var key = network.Machine<MobileNode>("mn").HandoverKey;
        var forged = new HandoverKeyRequest(new DecryptionKey(6).PublicKey, 7, network.Now.Ticks, new SigningKey(new NodeId(3), Mn).Sign(default));
        network.Inject(new ProxyRouterSolicitation(99, Paper.Find("nar")!.Value, forged).From(CareOf, Par));
        network.Run();
        Assert.True(Keys(network).TryFind(Mn, out var record));
        Assert.Equal(key, record.Key);
        Assert.Null(record.Pending);
        Assert.Equal((ushort)1, record.Answered?.Identifier);
    }

    [Fact]
    public void A_solicitation_signed_too_long_ago_is_not_even_verified()
    {
        var network = InPaper(Name);
        Packet? replayed = null;
        network.Fate = packet =>
        {
            replayed ??= packet.Message is ProxyRouterSolicitation ? packet : null;
            return [packet];
        };
        network.HandOver("mn", "nar");
        var before = network.Computed.Count;
        network.Wait(TimeSpan.FromSeconds(301));
        network.Inject(replayed!);
        network.Run();
        Assert.Equal(before, network.Computed.Count);
        Assert.Equal(0, Keys(network).Count);
    }

    [Theory]
    [InlineData("router")]
    [InlineData("key")]
    [InlineData("nonce")]
    [InlineData("refusal")]
    [InlineData("unsigned")]
    public void A_tampered_advertisement_is_passed_over_and_the_true_one_still_counts(string part)
    {
        var network = InPaper(Name);
        var tampered = 0;
        network.Fate = packet => packet.Message is ProxyRouterAdvertisement advertisement && tampered++ == 0
            ? [With(packet, Tamper(advertisement, part))]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, tampered);
        Assert.Single(network.Computed, "mn rsa-decrypt");
        Assert.Single(network.Computed, "par rsa-sign");
    }

    [Theory]
    [InlineData("other key")]
    [InlineData("no data")]
    [InlineData("other address")]
    public void An_FBU_without_the_handover_keys_authorization_changes_nothing(string part)
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is FastBindingUpdate update ? [With(packet, Tamper(update, part))] : [packet];
        Assert.Equal("FBU unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.DoesNotContain("par>nar HI", network.Sent);
        Assert.Equal(0, network.Machine<AccessRouter>("par").Previous.Departures.Count);
    }

    [Fact]
    public void An_FBU_from_nowhere_for_a_node_without_key_is_ignored()
    {
        var par = Fmipv6Tests.Machine<AccessRouter>("par", Name);
        var update = new FastBindingUpdate(1, CareOf, Address.On(Paper.Find("nar")!.Value, Mn), 8);
        Assert.Empty(par.Receive(update.From(CareOf, Par)));
        Assert.Empty(par.Receive((update with { Extension = new AuthorizationData(default) }).From(CareOf, Par)));
    }

    [Fact]
    public void A_forged_FBack_does_not_send_the_node_away()
    {
        var network = InPaper(Name);
        var forged = 0;
        network.Fate = packet => packet.Message is FastBindingAcknowledgment acknowledgment && forged++ == 0
            ? [With(packet, acknowledgment with { Status = FastBindingStatus.Prohibited })]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, forged);
    }

    [Fact]
    public void That_nobody_knows_the_access_point_is_believed_when_it_is_signed()
    {
        var network = InPaper(Name);
        Assert.Equal("no router for the new access point", network.HandOver("mn", "ha").Outcome.Reason);
        Assert.Equal(["mn rsa-sign", "par rsa-verify", "par rsa-sign", "mn rsa-verify"], network.Computed);
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
    }

    [Fact]
    public void Messages_have_the_sizes_of_SEND_with_RSA_2048()
    {
        var network = InPaper(Name);
        var sizes = new Dictionary<string, int>();
        network.Fate = packet =>
        {
            sizes[packet.Message.Name] = packet.SizeBytes;
            return [packet];
        };
        network.HandOver("mn", "nar");
        Assert.Equal(80 + 944, sizes["RtSolPr"]);
        Assert.Equal(144 + 904, sizes["PrRtAdv"]);
        Assert.Equal(96 + 24, sizes["FBU"]);
        Assert.Equal(72 + 24, sizes["FBack"]);
    }

    private static SessionTable<KeyRecord> Keys(ProtocolNetwork network) =>
        ((PreviousAccessRouter)network.Machine<AccessRouter>("par").Previous).Keys;

    private static Packet Tamper(Packet packet, ProxyRouterSolicitation solicitation, string part)
    {
        var request = (HandoverKeyRequest)solicitation.Extension!;
        return part switch
        {
            "nonce" => With(packet, solicitation with { Extension = request with { Nonce = request.Nonce + 1 } }),
            "key" => With(packet, solicitation with { Extension = request with { EncryptionKey = new DecryptionKey(6).PublicKey } }),
            "access point" => With(packet, solicitation with { NewAccessPoint = Paper.Find("par")!.Value }),
            _ => new Packet(Address.On(Par.PrefixOwner, new NodeId(3)), packet.Destination, solicitation, packet.Handover),
        };
    }

    private static ProxyRouterAdvertisement Tamper(ProxyRouterAdvertisement advertisement, string part)
    {
        var reply = (HandoverKeyReply)advertisement.Extension!;
        return part switch
        {
            "router" => advertisement with { NewRouter = Par },
            "key" => advertisement with { Extension = reply with { Key = new DecryptionKey(6).PublicKey.Encrypt(default) } },
            "nonce" => advertisement with { Extension = reply with { Nonce = reply.Nonce + 1 } },
            "refusal" => advertisement with { Code = ProxyCode.NoInformation, NewRouter = null },
            _ => advertisement with { Extension = null },
        };
    }

    private static FastBindingUpdate Tamper(FastBindingUpdate update, string part) => part switch
    {
        "other key" => update with { Extension = new AuthorizationData(new SecretKey(default).Authenticate(AuthorizationData.Covered(update))) },
        "no data" => update with { Extension = null },
        _ => update with { NewCareOfAddress = update.PreviousCareOfAddress },
    };

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
