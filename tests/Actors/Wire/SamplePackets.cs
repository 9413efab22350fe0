using System.Text;
using Actors.Wire;
using Actors.Wire.Diameter;
using Actors.Wire.Esp;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;
using Topology.Addressing;

namespace Tests.Actors.Wire;

/// <summary>A packet of every kind, with every option somewhere.</summary>
public static class SamplePackets
{
    public static readonly Address Home = new(0x20010DB800000001, 0x10);
    public static readonly Address HomeAgent = new(0x20010DB800000001, 1);
    public static readonly Address Previous = new(0x20010DB800000002, 0x10);
    public static readonly Address PreviousRouter = new(0x20010DB800000002, 1);
    public static readonly Address New = new(0x20010DB800000003, 0x10);
    public static readonly Address NewRouter = new(0x20010DB800000003, 1);
    public static readonly Address Correspondent = new(0x20010DB800000004, 1);
    public static readonly byte[] LinkLayer = [2, 0, 0, 0, 0, 0x10];

    private static readonly Address AllNodes = new(0xFF02000000000000, 1);
    private static readonly Address SolicitedNode = new(0xFF02000000000000, 0x1FF000010);
    private static readonly Ikev2Header Shadow = new(1, 0, default, Ikev2Exchange.IkeSaInit, Ikev2Flags.Initiator, 0);
    private const NeighborAdvertisementFlags Answer = NeighborAdvertisementFlags.Solicited | NeighborAdvertisementFlags.Override;
    private static readonly byte[] Bits96 = Convert.FromHexString("000102030405060708090A0B");
    private static readonly byte[] Identifier = Encoding.ASCII.GetBytes("mn0001@home.example.org");

    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        ("RS", NeighborDiscovery(Previous, AllNodes, new RouterSolicitationHeader(), (ref p) =>
            p.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(LinkLayer)))),
        ("RA", NeighborDiscovery(NewRouter, AllNodes, new RouterAdvertisementHeader(64, RouterAdvertisementFlags.HomeAgent, 1800, 30_000, 1_000), (ref p) =>
        {
            p.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(LinkLayer));
            p.AddNeighborDiscoveryOption(new PrefixInformationOption(
                64, PrefixFlags.OnLink | PrefixFlags.Autonomous | PrefixFlags.RouterAddress, 2_592_000, 604_800, NewRouter));
            p.AddNeighborDiscoveryOption(new MtuOption(1500));
            p.AddNeighborDiscoveryOption(new AnchorPointOption(1, 15, true, 3600, HomeAgent));
            p.AddNeighborDiscoveryOption(new NeighborAdvertisementAcknowledgmentOption(1, null));
        })),
        ("NS", NeighborDiscovery(default, SolicitedNode, new NeighborSolicitationHeader(New))),
        ("NA", NeighborDiscovery(New, NewRouter, new NeighborAdvertisementHeader(Answer, New), (ref p) =>
            p.AddNeighborDiscoveryOption(new TargetLinkLayerAddressOption(LinkLayer)))),
        ("UNA", NeighborDiscovery(New, AllNodes, new NeighborAdvertisementHeader(NeighborAdvertisementFlags.None, New), (ref p) =>
            p.AddNeighborDiscoveryOption(new TargetLinkLayerAddressOption(LinkLayer)))),
        ("RtSolPr", Solicitation([], default)),
        ("RtSolPr with IKEv2", Solicitation(Chain(out var solicited), solicited)),
        ("PrRtAdv", Advertisement([], default)),
        ("PrRtAdv with IKEv2", Advertisement(Chain(out var advertised), advertised)),
        ("BRR", Mobility(Correspondent, Home, new BindingRefreshRequestHeader())),
        ("HoTI", Mobility(Home, Correspondent, new HomeTestInitHeader(0x0102030405060708))),
        ("CoTI", Mobility(New, Correspondent, new CareOfTestInitHeader(0x1112131415161718))),
        ("HoT", Mobility(Correspondent, Home, new HomeTestHeader(3, 0x0102030405060708, 0x2122232425262728))),
        ("CoT", Mobility(Correspondent, New, new CareOfTestHeader(4, 0x1112131415161718, 0x3132333435363738))),
        ("BU", FromHome(New, HomeAgent, new BindingUpdateHeader(7, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration, 15), (ref p) =>
            p.AddMobilityOption(new AlternateCareOfAddressOption(New)))),
        ("BU to CN", FromHome(New, Correspondent, new BindingUpdateHeader(8, BindingUpdateFlags.Acknowledge, 15), (ref p) =>
        {
            p.AddMobilityOption(new NonceIndicesOption(3, 4));
            p.AddMobilityOption(new BindingAuthorizationDataOption(Bits96));
        })),
        ("BA", ToHome(HomeAgent, New, new BindingAcknowledgementHeader(0, BindingAcknowledgementFlags.None, 7, 15), (ref p) =>
            p.AddMobilityOption(new BindingRefreshAdviceOption(10)))),
        ("BA of CN", ToHome(Correspondent, New, new BindingAcknowledgementHeader(0, BindingAcknowledgementFlags.None, 8, 15), (ref p) =>
            p.AddMobilityOption(new BindingAuthorizationDataOption(Bits96)))),
        ("BE", Mobility(Correspondent, New, new BindingErrorHeader(1, Home))),
        ("FBU", FastUpdate()),
        ("FBack", Mobility(PreviousRouter, Previous, new FastBindingAcknowledgmentHeader(0, BindingAcknowledgementFlags.None, 9, 60), (ref p) =>
        {
            p.AddMobilityOption(new AlternateCareOfAddressOption(New));
            p.AddMobilityOption(new FastBindingAuthorizationDataOption(0xA1, Bits96));
        })),
        ("HI", Initiate([], default)),
        ("HI with IKEv2", Initiate(Chain(out var initiated), initiated)),
        ("HAck", Acknowledge([], default)),
        ("HAck with IKEv2", Acknowledge(Chain(out var acknowledged), acknowledged)),
        ("PBU", Mobility(NewRouter, HomeAgent, new BindingUpdateHeader(1, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, 900), Proxy)),
        ("PBA", Mobility(HomeAgent, NewRouter, new BindingAcknowledgementHeader(0, BindingAcknowledgementFlags.ProxyRegistration, 1, 900), Proxy)),
        ("HI between gateways", Mobility(PreviousRouter, NewRouter, new HandoverInitiateHeader(2, HandoverInitiateFlags.Proxy, 0), (ref p) =>
        {
            p.AddMobilityOption(new MobileNodeIdentifierOption(1, Identifier));
            p.AddMobilityOption(new HomeNetworkPrefixOption(64, new Address(Home.Prefix, 0)));
            p.AddMobilityOption(new AnchorAddressOption(HomeAgent));
        })),
        ("IKE_SA_INIT", Packet(New, NewRouter, (ref p) => p.AddUdp(500, 500, SampleChains.Message()))),
        ("RtSolPr's IKEv2 as IKE_SA_INIT", Packet(Previous, NewRouter, (ref p) => p.AddUdp(
            500, 500, Ikev2Message.Write(new byte[2048], Shadow, Ikev2PayloadType.SecurityAssociation, Chain(out _))))),
        ("IKE_AUTH", Packet(New, NewRouter, (ref p) => p.AddUdp(500, 500, SampleChains.EncryptedMessage()))),
        ("G.711", Packet(Correspondent, Home, (ref p) => p.AddUdp(4000, 4002, new byte[172]))),
        ("in a tunnel", Packet(HomeAgent, New, (ref p) =>
            p.Add(IpProtocol.Ipv6, Packet(Correspondent, Home, (ref inner) => inner.AddUdp(4000, 4002, new byte[172]))))),
        ("in a tunnel by ESP", Packet(PreviousRouter, NewRouter, (ref p) => p.Add(
            IpProtocol.Esp,
            EspFormat.AesGcm16.Write(
                new byte[2048], 0xA1, 1, Packet(Correspondent, Previous, (ref inner) => inner.AddUdp(4000, 4002, new byte[172])), 41).Packet))),
        ("MIR", Packet(NewRouter, HomeAgent, (ref p) => p.AddSctp(Chunk(Request(DiameterFlags.Request | DiameterFlags.Proxiable))))),
        ("MIA", Packet(HomeAgent, NewRouter, (ref p) => p.AddSctp(Chunk(Request(DiameterFlags.Proxiable), 2)))),
    ];

    public delegate void Content(ref Ipv6PacketWriter packet);

    public static byte[] Packet(Address source, Address destination, Content content, byte hopLimit = 64)
    {
        var packet = new Ipv6PacketWriter(new byte[2048], new Ipv6Header(source, destination, hopLimit));
        content(ref packet);
        return packet.Finish().ToArray();
    }

    public static byte[] NeighborDiscovery<T>(Address source, Address destination, T message, Content? options = null)
        where T : INeighborDiscoveryMessage<T> => Packet(
            source,
            destination,
            (ref p) =>
            {
                p.BeginNeighborDiscovery(message);
                options?.Invoke(ref p);
            },
            255);

    public static byte[] Mobility<T>(Address source, Address destination, T message, Content? options = null)
        where T : IMobilityMessage<T> => Packet(source, destination, (ref p) => Message(ref p, message, options));

    public static byte[] FromHome<T>(Address source, Address destination, T message, Content? options = null)
        where T : IMobilityMessage<T> => Packet(source, destination, (ref p) =>
        {
            p.AddHomeAddress(Home);
            Message(ref p, message, options);
        });

    public static byte[] ToHome<T>(Address source, Address destination, T message, Content? options = null)
        where T : IMobilityMessage<T> => Packet(source, destination, (ref p) =>
        {
            p.AddRoutingHeader(Home);
            Message(ref p, message, options);
        });

    /// <summary>RtSolPr, with a chain unless it is empty.</summary>
    public static byte[] Solicitation(byte[] chain, Ikev2PayloadType first) =>
        NeighborDiscovery(Previous, PreviousRouter, new ProxyRouterSolicitationHeader(0x1234), (ref p) =>
        {
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.Source, LinkLayer));
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.NewAccessPoint, LinkLayer));
            if (chain.Length > 0)
                p.AddNeighborDiscoveryOption(new Ikev2ChainOption(first, chain));
        });

    /// <summary>PrRtAdv, with a chain unless it is empty.</summary>
    public static byte[] Advertisement(byte[] chain, Ikev2PayloadType first) =>
        NeighborDiscovery(PreviousRouter, Previous, new ProxyRouterAdvertisementHeader(0, 0x1234), (ref p) =>
        {
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.Source, LinkLayer));
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.NewAccessPoint, LinkLayer));
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.NewRouter, LinkLayer));
            p.AddNeighborDiscoveryOption(new AddressPrefixOption(FastHandoverAddressCode.NewRouterAddress, NewRouter));
            p.AddNeighborDiscoveryOption(new AddressPrefixOption(FastHandoverAddressCode.NewRouterPrefix, new Address(NewRouter.Prefix, 0), 64));
            if (chain.Length > 0)
                p.AddNeighborDiscoveryOption(new Ikev2ChainOption(first, chain));
        });

    /// <summary>HI, with a chain unless it is empty.</summary>
    public static byte[] Initiate(byte[] chain, Ikev2PayloadType first) =>
        Mobility(PreviousRouter, NewRouter, new HandoverInitiateHeader(5, HandoverInitiateFlags.AssignAddress | HandoverInitiateFlags.Buffer, 0), (ref p) =>
        {
            p.AddMobilityOption(new MobilityLinkLayerAddressOption(2, LinkLayer));
            p.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.PreviousCareOfAddress, Previous));
            p.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.NewCareOfAddress, New));
            if (chain.Length > 0)
                p.AddIkev2Chain(first, chain);
        });

    /// <summary>HAck, with a chain unless it is empty.</summary>
    public static byte[] Acknowledge(byte[] chain, Ikev2PayloadType first) =>
        Mobility(NewRouter, PreviousRouter, new HandoverAcknowledgeHeader(5, 2), (ref p) =>
        {
            p.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.NewCareOfAddress, New));
            if (chain.Length > 0)
                p.AddIkev2Chain(first, chain);
        });

    private static byte[] FastUpdate() => Packet(Previous, PreviousRouter, (ref p) =>
    {
        p.AddHomeAddress(Previous);
        p.BeginMobility(new FastBindingUpdateHeader(9, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration, 60));
        p.AddMobilityOption(new AlternateCareOfAddressOption(New));
        p.AddMobilityOption(new MobilityLinkLayerAddressOption(2, LinkLayer));
        p.AddMobilityOption(new FastBindingAuthorizationDataOption(0xA1, Bits96));
    });

    private static void Proxy(ref Ipv6PacketWriter packet)
    {
        packet.AddMobilityOption(new MobileNodeIdentifierOption(1, Identifier));
        packet.AddMobilityOption(new HomeNetworkPrefixOption(64, new Address(Home.Prefix, 0)));
        packet.AddMobilityOption(new HandoffIndicatorOption(3));
        packet.AddMobilityOption(new AccessTechnologyTypeOption(4));
        packet.AddMobilityOption(new MobileNodeLinkLayerIdentifierOption(LinkLayer));
        packet.AddMobilityOption(new TimestampOption(0x0000_6000_0000_8000));
    }

    private static void Message<T>(ref Ipv6PacketWriter packet, T message, Content? options)
        where T : IMobilityMessage<T>
    {
        packet.BeginMobility(message);
        options?.Invoke(ref packet);
    }

    private static byte[] Chain(out Ikev2PayloadType first) => SampleChains.Chain(out first);

    private static byte[] Request(DiameterFlags flags)
    {
        var header = new DiameterHeader(flags, DiameterHeader.MobileIpv6Request, DiameterHeader.MobileIpv6Application, 1, 2);
        var writer = new DiameterWriter(new byte[1024], header);
        writer.Add(DiameterAttributeCode.SessionId, "nar.visited.example.org;1;1"u8);
        writer.Add(DiameterAttributeCode.AuthApplicationId, DiameterHeader.MobileIpv6Application);
        writer.Add(DiameterAttributeCode.UserName, Identifier);
        writer.Add(DiameterAttributeCode.OriginHost, "nar.visited.example.org"u8);
        writer.Add(DiameterAttributeCode.OriginRealm, "visited.example.org"u8);
        if (flags.HasFlag(DiameterFlags.Request))
            writer.Add(DiameterAttributeCode.DestinationRealm, "home.example.org"u8);
        else
            writer.Add(DiameterAttributeCode.ResultCode, 2001);
        writer.Add(DiameterAttributeCode.MobileNodeAddress, Home);
        writer.Add(DiameterAttributeCode.CareOfAddress, New);
        writer.Add(DiameterAttributeCode.Authenticator, Bits96);
        return writer.Finish().ToArray();
    }

    private static SctpData Chunk(byte[] message, uint sequence = 1) =>
        new(SctpData.DiameterPort, SctpData.DiameterPort, 0xCAFE, sequence, SctpData.DiameterProtocol, message);
}
