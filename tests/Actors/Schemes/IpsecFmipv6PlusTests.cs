using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Schemes.IpsecFmipv6Plus;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;
using MobileNode = Actors.Schemes.IpsecFmipv6Plus.MobileNode;
using NewAccessRouter = Actors.Schemes.IpsecFmipv6Plus.NewAccessRouter;

namespace Tests.Actors.Schemes;

/// <summary>What the hardened proposal lets nobody do.</summary>
public class IpsecFmipv6PlusTests
{
    private const string Name = "ipsec-fmipv6-plus";
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly NodeId Par = Paper.Find("par")!.Value;
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;
    private static readonly NodeId Insider = Paper.Find("cn")!.Value;

    [Fact]
    public void Both_ends_hold_the_same_key_and_the_router_keeps_it_until_the_node_leaves()
    {
        var network = InPaper(Name);
        network.HandOver("mn", "nar");
        var first = network.Machine<MobileNode>("mn").ConfirmationKey;
        Assert.NotNull(first);
        Assert.Equal(first, Router(network, "nar").Residents[Mn].ConfirmationKey);
        Assert.Equal(0, Router(network, "nar").Arrivals.Count);
        network.HandOver("mn", "par");
        Assert.Empty(Router(network, "nar").Residents);
        Assert.Equal(network.Machine<MobileNode>("mn").ConfirmationKey, Router(network, "par").Residents[Mn].ConfirmationKey);
        Assert.NotEqual(first, network.Machine<MobileNode>("mn").ConfirmationKey);
    }

    [Fact]
    public void The_binding_is_committed_by_the_relayed_confirmation_before_the_node_is_there()
    {
        var network = InPaper(Name);
        var committed = new List<(string, bool)>();
        network.Fate = packet =>
        {
            if (packet.Message is ConfirmationRelay or BindingAcknowledgement && Router(network, "nar").Arrivals.TryFind(Mn, out var arrival))
                committed.Add((packet.Message.Name, ((HalfOpenArrival)arrival).IsCommitted));
            return packet.Message is UnsolicitedNeighborAdvertisement ? [] : [packet];
        };
        network.HandOver("mn", "nar");
        Assert.Equal([("ConfirmationRelay", false), ("BA", true)], committed);
    }

    [Fact]
    public void With_the_relay_lost_UNA_alone_commits()
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is ConfirmationRelay ? [] : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.True(Router(network, "nar").Residents[Mn].IsCommitted);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("forged")]
    public void A_UNA_without_the_confirmation_releases_nothing(string proof)
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is UnsolicitedNeighborAdvertisement advertisement
            ? [With(packet, advertisement with { Extension = proof == "none" ? null : new Confirmation(default) })]
            : [packet];
        network.HandOver("mn", "nar");
        Assert.Empty(Router(network, "nar").Residents);
        Assert.True(Router(network, "nar").Arrivals.TryFind(Mn, out var arrival));
        Assert.Equal(ArrivalState.Buffering, arrival.State);
    }

    [Fact]
    public void A_forged_relay_commits_nothing()
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message switch
        {
            ConfirmationRelay relay => [With(packet, relay with { Confirmation = new Confirmation(default) })],
            UnsolicitedNeighborAdvertisement => [],
            _ => [packet],
        };
        network.HandOver("mn", "nar");
        Assert.True(Router(network, "nar").Arrivals.TryFind(Mn, out var arrival));
        Assert.False(((HalfOpenArrival)arrival).IsCommitted);
    }

    [Theory]
    [InlineData("initiator", false)]
    [InlineData("previous router", false)]
    [InlineData("access point", false)]
    [InlineData("previous address", false)]
    [InlineData("home address", true)]
    [InlineData("share", true)]
    [InlineData("nonce", true)]
    [InlineData("proposal", true)]
    [InlineData("counter", true)]
    [InlineData("certificate", true)]
    [InlineData("issuer", true)]
    public void A_tampered_M1_gets_no_answer_and_leaves_nothing(string part, bool costsVerification)
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is HandoverInitiate initiate
            ? [With(packet, initiate with { Extension = Tamper((Offer)initiate.Extension!, part) })]
            : [packet];
        Assert.Equal("RtSolPr unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(costsVerification, network.Computed.Contains("nar verify-m2"));
        Assert.DoesNotContain("nar sign-m3", network.Computed);
        Assert.Equal(0, Router(network, "nar").Arrivals.Count);
        Assert.Equal(0, Router(network, "nar").Replays.Count);
    }

    [Fact]
    public void A_certified_insider_cannot_take_the_offer_as_its_own()
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is HandoverInitiate initiate
            ? [With(packet, initiate with { Extension = ReSigned((Offer)initiate.Extension!) })]
            : [packet];
        Assert.True(network.HandOver("mn", "nar").Outcome.IsFailure);
        Assert.DoesNotContain("nar sign-m3", network.Computed);
    }

    [Theory]
    [InlineData("responder")]
    [InlineData("initiator")]
    [InlineData("offer")]
    [InlineData("suite")]
    [InlineData("share")]
    [InlineData("nonce")]
    [InlineData("address")]
    [InlineData("confirmation")]
    [InlineData("issuer")]
    public void A_tampered_M3_is_passed_over_and_the_true_one_still_counts(string part)
    {
        var network = InPaper(Name);
        var tampered = 0;
        network.Fate = packet => packet.Message is ProxyRouterAdvertisement advertisement && tampered++ == 0
            ? [With(packet, advertisement with { Extension = Tamper((Answer)advertisement.Extension!, part) })]
            : [packet];
        Assert.Equal(Outcome.Predictive, network.HandOver("mn", "nar").Outcome);
        Assert.Equal(2, tampered);
        Assert.Single(network.Computed, "nar sign-m3");
        Assert.Equal(network.Machine<MobileNode>("mn").ConfirmationKey, Router(network, "nar").Residents[Mn].ConfirmationKey);
    }

    [Fact]
    public void An_answer_of_an_earlier_exchange_is_not_even_verified()
    {
        var network = InPaper(Name);
        Answer? old = null;
        network.Fate = packet =>
        {
            if (packet.Message is ProxyRouterAdvertisement { Extension: Answer { Responder: var responder } answer } && responder == Nar)
                old ??= answer;
            return [packet];
        };
        network.HandOver("mn", "nar");
        network.HandOver("mn", "par");
        var verifications = network.Computed.Count(computation => computation == "mn verify-m4");
        network.Fate = packet => packet.Message is ProxyRouterAdvertisement advertisement
            ? [With(packet, advertisement with { Extension = old })]
            : [packet];
        Assert.Equal("RtSolPr unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.Equal(verifications, network.Computed.Count(computation => computation == "mn verify-m4"));
    }

    [Fact]
    public void A_router_with_a_certificate_cannot_answer_for_another()
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is ProxyRouterAdvertisement { Extension: Answer answer } advertisement
            ? [With(packet, advertisement with { Extension = (answer with { Responder = Par, Certificate = answer.Certificate with { Subject = Par } }).Signed(default) })]
            : [packet];
        Assert.Equal("RtSolPr unanswered", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.DoesNotContain("mn verify-m4", network.Computed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(29)]
    [InlineData(31)]
    [InlineData(3600)]
    public void An_offer_that_was_used_is_not_taken_again_at_any_time(double secondsLater)
    {
        var network = InPaper(Name);
        Packet? offer = null;
        network.Fate = packet =>
        {
            offer ??= packet.Message is HandoverInitiate ? packet : null;
            return [packet];
        };
        network.HandOver("mn", "nar");
        network.HandOver("mn", "par");
        network.Wait(TimeSpan.FromSeconds(secondsLater));
        var computed = network.Computed.Count;
        var again = (HandoverInitiate)offer!.Message with { Sequence = 99 };
        network.Inject(With(offer, again));
        network.Run();
        Assert.Equal(computed, network.Computed.Count);
        Assert.Equal(0, Router(network, "nar").Arrivals.Count);
    }

    [Fact]
    public void A_verified_offer_is_answered_once_and_its_copies_from_the_table()
    {
        var nar = Fmipv6Tests.Machine<AccessRouter>("nar", Name);
        var initiate = Initiate(1);
        var verify = Assert.Single(nar.Receive(initiate, 1));
        Assert.Empty(nar.Receive(initiate, 1));
        Assert.Equal(0, nar.Next.Arrivals.Count);
        var sign = Assert.Single(Steps.At(1, effects => nar.OnComputed(verify.Subject!, effects)));
        var answer = Steps.At(1, effects => nar.OnComputed(sign.Subject!, effects)).Message<HandoverAcknowledge>();
        var again = nar.Receive(With(initiate, (HandoverInitiate)initiate.Message with { Sequence = 2 }), 2).Message<HandoverAcknowledge>();
        Assert.Equal(answer with { Sequence = 2 }, again);
    }

    [Fact]
    public void Beyond_the_limit_arrivals_are_refused_unverified_until_the_half_open_ones_end()
    {
        var scheme = Scheme(Name);
        var options = new SchemeOptions(scheme.Options, new Dictionary<string, object>
        {
            [HalfOpenOptions.Limit] = 2.0,
            [HalfOpenOptions.Lifetime] = TimeSpan.FromSeconds(5),
        });
        var nar = (AccessRouter)scheme.CreateMachine(new RoleContext(Paper[Nar], null, new NetworkFacts(Paper), options))!.Started();
        foreach (var mobile in new[] { 20, 21 })
        {
            var verify = Assert.Single(nar.Receive(InitiateOf(new NodeId(mobile), 1), 1));
            Steps.At(1, effects => nar.OnComputed(verify.Subject!, effects));
        }

        Assert.Equal(HandoverCode.InsufficientResources, nar.Receive(InitiateOf(new NodeId(22), 1), 1).Message<HandoverAcknowledge>().Code);
        Assert.Equal(2, nar.Next.Arrivals.Count);
        Assert.Single(nar.Receive(InitiateOf(new NodeId(22), 5500), 5500), effect => effect.Kind == EffectKind.Compute);
        Assert.Equal(0, nar.Next.Arrivals.Count);
    }

    [Fact]
    public void A_full_table_ends_the_handover_with_a_reason()
    {
        var scheme = Scheme(Name);
        var options = new SchemeOptions(scheme.Options, new Dictionary<string, object> { [HalfOpenOptions.Limit] = 0.0 });
        var network = new ProtocolNetwork(Paper, scheme, Costs, options);
        Assert.Equal("no router for the new access point", network.HandOver("mn", "nar").Outcome.Reason);
        Assert.DoesNotContain("nar verify-m2", network.Computed);
    }

    [Fact]
    public void An_FBU_without_confirmation_does_not_move_the_node()
    {
        var network = InPaper(Name);
        network.Fate = packet => packet.Message is FastBindingUpdate update ? [With(packet, update with { Extension = null })] : [packet];
        Assert.Equal("FBU unanswered", network.HandOver("mn", "nar").Outcome.Reason);
    }

    [Fact]
    public void Messages_have_the_sizes_of_RSA_2048_before_ESP()
    {
        var network = InPaper(Name);
        var sizes = new Dictionary<string, (int Clear, bool Protected)>();
        network.Fate = packet =>
        {
            sizes[packet.Message.Name] = (packet.SizeBytes - packet.EspBytes, packet.EspBytes > 0);
            return [packet];
        };
        network.HandOver("mn", "nar");
        Assert.Equal((1240 + 128, true), sizes["RtSolPr"]);
        Assert.Equal((1264 + 128, true), sizes["HI"]);
        Assert.Equal((1256 + 144, true), sizes["HAck"]);
        Assert.Equal((1304 + 144, true), sizes["PrRtAdv"]);
        Assert.Equal((96 + 24, true), sizes["FBU"]);
        Assert.Equal((96, true), sizes["ConfirmationRelay"]);
        Assert.Equal((72 + 24, false), sizes["UNA"]);
    }

    private static NewAccessRouter Router(ProtocolNetwork network, string name) => (NewAccessRouter)network.Machine<AccessRouter>(name).Next;

    private static Packet Initiate(ushort sequence) => InitiateOf(Mn, 1, sequence);

    private static Packet InitiateOf(NodeId mobile, double ms, ushort sequence = 1)
    {
        var offer = new Offer(
            mobile, Par, Nar, CipherSuites.AesGcm, KeyAgreement.Share(11), 12, Address.On(Par, mobile), Address.On(Paper.Find("ha")!.Value, mobile),
            Ms(ms).Ticks, new Certificate(mobile, Certificate.TrustAnchor)).Signed();
        return new HandoverInitiate(sequence, true, Address.On(Par, mobile), null, offer).From(Address.Of(Par), Address.Of(Nar));
    }

    private static Offer ReSigned(Offer offer) =>
        (offer with { Initiator = Insider, Certificate = new Certificate(Insider, Certificate.TrustAnchor) }).Signed();

    private static Offer Tamper(Offer offer, string part) => part switch
    {
        "initiator" => offer with { Initiator = Insider },
        "previous router" => offer with { PreviousRouter = Insider },
        "access point" => offer with { AccessPoint = Par },
        "previous address" => offer with { PreviousCareOfAddress = Address.On(Insider, Mn) },
        "home address" => offer with { HomeAddress = Address.On(Insider, Mn) },
        "share" => offer with { KeyShare = offer.KeyShare + 1 },
        "nonce" => offer with { Nonce = offer.Nonce + 1 },
        "proposal" => offer with { Proposal = CipherSuites.AesCbc },
        "counter" => offer with { Counter = offer.Counter + 1 },
        "certificate" => offer with { Certificate = offer.Certificate with { Subject = Insider } },
        _ => offer with { Certificate = offer.Certificate with { Issuer = Insider } },
    };

    private static Answer Tamper(Answer answer, string part) => part switch
    {
        "responder" => answer with { Responder = Par },
        "initiator" => answer with { Initiator = Insider },
        "offer" => answer with { OfferHash = default },
        "suite" => answer with { Suite = CipherSuites.AesCbc },
        "share" => answer with { KeyShare = answer.KeyShare + 1 },
        "nonce" => answer with { Nonce = answer.Nonce + 1 },
        "address" => answer with { NewCareOfAddress = Address.On(Nar, Insider) },
        "confirmation" => answer with { Confirmation = default },
        _ => answer with { Certificate = answer.Certificate with { Issuer = Insider } },
    };

    private static Packet With(Packet packet, Message message) => new(packet.Source, packet.Destination, message, packet.Handover, packet.EspBytes);
}
