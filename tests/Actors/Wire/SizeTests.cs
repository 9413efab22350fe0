using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Wire.Diameter;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;
using Topology.Addressing;
using Topology.Plans;
using Fpmipv6 = Actors.Schemes.Fpmipv6;
using Pmipv6 = Actors.Schemes.Pmipv6;
using Rr = Actors.Schemes.Mipv6Rr;

namespace Tests.Actors.Wire;

/// <summary>The bytes that model mode counts are those that wire mode sends.</summary>
public class SizeTests
{
    private static readonly NodeId Node = new(1);
    private static readonly Address Any = Address.Of(Node);

    public static TheoryData<string, int> Counted => new()
    {
        { "RS", Ipv6(new RouterSolicitation()) },
        { "NS", Ipv6(new NeighborSolicitation(Any)) },
        { "UNA", Ipv6(new UnsolicitedNeighborAdvertisement(Any)) },
        { "RtSolPr", Ipv6(new ProxyRouterSolicitation(1, Node)) },
        { "PrRtAdv", Ipv6(new ProxyRouterAdvertisement(1, ProxyCode.Information, Node, Any)) },
        { "HoTI", Ipv6(new Rr.HomeTestInit(1)) },
        { "CoTI", Ipv6(new Rr.CareOfTestInit(1)) },
        { "HoT", Ipv6(new Rr.HomeTest(1, 1, default)) },
        { "CoT", Ipv6(new Rr.CareOfTest(1, 1, default)) },
        { "BU", Ipv6(new BindingUpdate(Any, Any, 1, 1)) },
        { "BU to CN", Ipv6(new Rr.CorrespondentUpdate(Any, 1, 1, 1, 1, default)) },
        { "BA", Ipv6(new BindingAcknowledgement(BindingStatus.Accepted, 1, 1)) },
        { "BA of CN", Ipv6(new Rr.CorrespondentAcknowledgement(BindingStatus.Accepted, 1, 1, default(Rr.BindingAuthorization), default)) },
        { "HI", Ipv6(new HandoverInitiate(1, false, Any, Any)) },
        { "HAck", Ipv6(new HandoverAcknowledge(1, HandoverCode.Accepted, Any)) },
    };

    [Theory]
    [MemberData(nameof(Counted))]
    public void A_message_has_as_many_bytes_as_its_model_counts(string name, int modelBytes) =>
        Assert.Equal(modelBytes, SamplePackets.All.Single(sample => sample.Name == name).Bytes.Length);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_router_advertisement_has_as_many_bytes_as_its_model_counts(int anchors) => Assert.Equal(
        Ipv6(new RouterAdvertisement(Node, [.. Enumerable.Repeat(Any, anchors)])),
        SamplePackets.NeighborDiscovery(Any, Any, new RouterAdvertisementHeader(64, default, 1800), (ref p) =>
        {
            p.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(SamplePackets.LinkLayer));
            p.AddNeighborDiscoveryOption(new PrefixInformationOption(64, default, 1, 1, Any));
            for (var i = 0; i < anchors; i++)
                p.AddNeighborDiscoveryOption(new AnchorPointOption(1, 1, true, 1, Any));
        }).Length);

    [Fact]
    public void A_local_binding_update_has_as_many_bytes_as_its_model_counts() => Assert.Equal(
        Ipv6(new BindingUpdate(Any, Any, 1, 1) { IsLocal = true }),
        SamplePackets.FromHome(Any, Any, new BindingUpdateHeader(1, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.MobilityAnchorPoint, 1)).Length);

    [Fact]
    public void AAA_messages_have_as_many_bytes_as_their_models_count()
    {
        foreach (var isRequest in (bool[])[true, false])
        {
            var message = new DiameterWriter(new byte[1024], default);
            message.Add(DiameterAttributeCode.SessionId, new byte[32]);
            message.Add(DiameterAttributeCode.AuthApplicationId, 8);
            message.Add(DiameterAttributeCode.OriginHost, new byte[24]);
            message.Add(DiameterAttributeCode.OriginRealm, new byte[16]);
            message.Add(DiameterAttributeCode.UserName, new byte[24]);
            if (isRequest)
                message.Add(DiameterAttributeCode.DestinationRealm, new byte[16]);
            else
                message.Add(DiameterAttributeCode.ResultCode, 2001);
            var bytes = message.Finish().ToArray();
            var packet = SamplePackets.Packet(Any, Any, (ref p) => p.AddSctp(new SctpData(1, 2, 3, 4, SctpData.DiameterProtocol, bytes)));
            var content = new Content();
            Assert.Equal(
                Ipv6(isRequest ? new AaaRequest(1, Node, Any, content) : new AaaAnswer(1, Node, true, content)) - content.SizeBytes,
                packet.Length);
        }
    }

    [Fact]
    public void Fast_binding_messages_have_as_many_bytes_as_their_models_count_without_and_with_authorization()
    {
        foreach (var isAuthorized in (bool[])[false, true])
        {
            var extension = isAuthorized ? new global::Actors.Schemes.Fmipv6Rfc5269.AuthorizationData(default) : null;
            SamplePackets.Content options = (ref p) =>
            {
                p.AddMobilityOption(new AlternateCareOfAddressOption(Any));
                if (isAuthorized)
                    p.AddMobilityOption(new FastBindingAuthorizationDataOption(0, new byte[12]));
            };
            Assert.Equal(
                Ipv6(new FastBindingUpdate(1, Any, Any, 1, extension)),
                SamplePackets.FromHome(Any, Any, new FastBindingUpdateHeader(1, default, 1), options).Length);
            Assert.Equal(
                Ipv6(new FastBindingAcknowledgment(FastBindingStatus.Accepted, 1, Any, 1, extension)),
                SamplePackets.Mobility(Any, Any, new FastBindingAcknowledgmentHeader(0, default, 1, 1), options).Length);
        }
    }

    [Fact]
    public void Messages_between_gateways_have_as_many_bytes_as_their_models_count_with_an_identifier_of_24()
    {
        var identifier = new byte[24];
        SamplePackets.Content proxy = (ref p) =>
        {
            p.AddMobilityOption(new MobileNodeIdentifierOption(1, identifier));
            p.AddMobilityOption(new HomeNetworkPrefixOption(64, Any));
            p.AddMobilityOption(new HandoffIndicatorOption(3));
            p.AddMobilityOption(new AccessTechnologyTypeOption(4));
            p.AddMobilityOption(new TimestampOption(1));
        };
        Assert.Equal(
            Ipv6(new Pmipv6.ProxyBindingUpdate(Node, Any, 1, 1, Pmipv6.HandoffIndicator.Unknown, default)),
            SamplePackets.Mobility(Any, Any, new BindingUpdateHeader(1, default, 1), proxy).Length);
        Assert.Equal(
            Ipv6(new Pmipv6.ProxyBindingAcknowledgement(Node, default, Any, 1, 1, default)),
            SamplePackets.Mobility(Any, Any, new BindingAcknowledgementHeader(0, default, 1, 1), proxy).Length);
        Assert.Equal(
            Ipv6(new Fpmipv6.HandoverInitiate(1, Node, Any)),
            SamplePackets.Mobility(Any, Any, new HandoverInitiateHeader(1, default, 0), (ref p) =>
            {
                p.AddMobilityOption(new MobileNodeIdentifierOption(1, identifier));
                p.AddMobilityOption(new HomeNetworkPrefixOption(64, Any));
                p.AddMobilityOption(new AnchorAddressOption(Any));
            }).Length);
        Assert.Equal(
            Ipv6(new Fpmipv6.HandoverAcknowledge(1, Node, true)),
            SamplePackets.Mobility(Any, Any, new HandoverAcknowledgeHeader(1, 0), (ref p) =>
                p.AddMobilityOption(new MobileNodeIdentifierOption(1, identifier))).Length);
    }

    [Fact]
    public void Signalling_without_a_chain_has_80_104_72_and_144_bytes() => Assert.Equal([80, 104, 72, 144], Bytes([], default));

    /// <summary>
    /// With an ESP proposal of AES-GCM, X25519, and a certificate of so many bytes; those of one form with the three kinds of
    /// key differ as these do. The share of MODP-2048 has 224 bytes more, so that only an RSA certificate of at most 523
    /// would fit: there is none, its key and signature alone have 550.
    /// </summary>
    [Theory]
    [InlineData("RSA-2048", 743, new[] { 1240, 1288, 1256, 1304 })]
    [InlineData("P-256", 349, new[] { 656, 688, 656, 720 })]
    [InlineData("Ed25519", 283, new[] { 576, 608, 576, 640 })]
    public void Signalling_with_a_chain_has_the_bytes_of_its_table(string algorithm, int certificateBytes, int[] expected)
    {
        var (identifierBytes, signatureBytes) = algorithm switch
        {
            "RSA-2048" => (15, 256),
            "P-256" => (12, 71),
            _ => (7, 64),
        };
        var chain = SampleChains.Chain(new byte[certificateBytes], new byte[identifierBytes], new byte[signatureBytes], 32, out var first);
        Assert.Equal(expected, Bytes(chain, first));
    }

    [Fact]
    public void A_certificate_of_RSA_2048_with_alternative_name_and_key_identifier_gives_those_sizes()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mn.example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new byte[20]));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mn");
        request.CertificateExtensions.Add(names.Build());
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=Operator CA"), generator, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(70), [1, 2, 3, 4, 5, 6, 7, 8]);
        var chain = SampleChains.Chain(certificate.RawData, new byte[15], new byte[256], 32, out var first);
        Assert.InRange(certificate.RawData.Length, 740, 747);
        Assert.Equal([1240, 1288, 1256, 1304], Bytes(chain, first));
    }

    [Fact]
    public void The_models_of_pre_authentication_count_what_the_chain_of_RSA_2048_adds()
    {
        var chain = SampleChains.Chain(new byte[743], new byte[15], new byte[256], 32, out var first);
        var extension = PreAuthentication.Sign(Node, CipherSuites.AesGcm, 1, 1);
        Assert.Equal(
            [
                Ipv6(new ProxyRouterSolicitation(1, Node, extension)), Ipv6(new HandoverInitiate(1, false, Any, Any, extension)),
                Ipv6(new HandoverAcknowledge(1, HandoverCode.Accepted, Any, extension)),
                Ipv6(new ProxyRouterAdvertisement(1, ProxyCode.Information, Node, Any, null, extension)),
            ],
            Bytes(chain, first));
    }

    [Theory]
    [InlineData(EspMode.Transport)]
    [InlineData(EspMode.Tunnel)]
    public void ESP_adds_as_many_bytes_as_its_model_counts(EspMode mode)
    {
        foreach (var payloadBytes in Enumerable.Range(0, 300))
        {
            var inner = mode == EspMode.Tunnel ? payloadBytes + 40 : payloadBytes;
            var added = global::Actors.Wire.Esp.EspFormat.AesGcm16.PacketBytes(inner) - inner + (mode == EspMode.Tunnel ? 40 : 0);
            Assert.Equal(EspOverhead.Bytes(mode, payloadBytes), added);
        }
    }

    private sealed record Content : AaaContent
    {
        public override int SizeBytes => 4;
    }

    private static int[] Bytes(byte[] chain, Ikev2PayloadType first) =>
    [
        SamplePackets.Solicitation(chain, first).Length, SamplePackets.Initiate(chain, first).Length,
        SamplePackets.Acknowledge(chain, first).Length, SamplePackets.Advertisement(chain, first).Length,
    ];

    private static int Ipv6(Message message) => Ipv6Header.SizeBytes + message.SizeBytes;
}
