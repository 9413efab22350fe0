using Actors.Kernel;
using Actors.Network.Forms;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;
using Topology.Plans;

namespace Actors.Network.Captures;

/// <summary>The chains of IKEv2 payloads in the experimental options of a packet.</summary>
internal static class CarriedChains
{
    private static readonly FormKey[] Carriers =
    [
        FormKey.Neighbor(Icmpv6Type.ExperimentalMobility, ProxyRouterSolicitationHeader.Subtype),
        FormKey.Neighbor(Icmpv6Type.ExperimentalMobility, ProxyRouterAdvertisementHeader.Subtype),
        FormKey.Mobility(MobilityType.HandoverInitiate),
        FormKey.Mobility(MobilityType.HandoverAcknowledge),
    ];

    /// <summary>Each as a packet of UDP 500 between the same nodes.</summary>
    public static IEnumerable<byte[]> In(PacketCodec codec, NodeId sender, Packet packet, SimTime at)
    {
        if (codec.Forms.Of(packet.Message)?.Keys.Any(Carriers.Contains) != true)
            return [];

        // What is under ESP is looked at in the clear.
        var clear = new Packet(packet.Source, packet.Destination, packet.Message, packet.Handover);
        return Find(codec, codec.Encode(sender, clear, at), packet) is { } shadow ? [shadow] : [];
    }

    private static byte[]? Find(PacketCodec codec, byte[] bytes, Packet packet)
    {
        if (!Ipv6Packet.Read(bytes).TryGet(out var parsed))
            return null;
        if (parsed.ReadNeighborDiscovery<ProxyRouterSolicitationHeader>().TryGet(out var solicitation)
            && solicitation.Options.TryFind<Ikev2ChainOption>(out var asked) && asked.ReadChain().TryGet(out var chain))
            return Shadow(codec, packet, chain, isResponse: false);
        if (parsed.ReadNeighborDiscovery<ProxyRouterAdvertisementHeader>().TryGet(out var advertisement)
            && advertisement.Options.TryFind<Ikev2ChainOption>(out var answered) && answered.ReadChain().TryGet(out chain))
            return Shadow(codec, packet, chain, isResponse: true);
        var buffer = new byte[bytes.Length];
        if (parsed.ReadMobility<HandoverInitiateHeader>().TryGet(out var initiate) && initiate.Options.ReadIkev2Chain(buffer).TryGet(out chain))
            return Shadow(codec, packet, chain, isResponse: false);
        return parsed.ReadMobility<HandoverAcknowledgeHeader>().TryGet(out var acknowledge) && acknowledge.Options.ReadIkev2Chain(buffer).TryGet(out chain)
            ? Shadow(codec, packet, chain, isResponse: true)
            : null;
    }

    private static byte[] Shadow(PacketCodec codec, Packet packet, Ikev2Chain chain, bool isResponse)
    {
        var offer = codec.Keys.OfferOf((packet.Handover.Mobile, packet.Handover.Number));
        var session = offer is null ? null : codec.Keys.SessionsWith(offer.Nonce).LastOrDefault();
        var header = new Ikev2Header(
            offer is null ? 1 : codec.Keys.SpiOf(offer.Nonce),
            isResponse ? session?.ResponderSpi ?? 0 : 0,
            chain.First,
            Ikev2Exchange.IkeSaInit,
            isResponse ? Ikev2Flags.Response : Ikev2Flags.Initiator,
            0,
            (uint)(Ikev2Header.SizeBytes + chain.Bytes.Length));
        var message = new byte[header.LengthBytes];
        Wire.WireFormat.Write(header, message);
        chain.Bytes.CopyTo(message.AsSpan(Ikev2Header.SizeBytes));
        var writer = new Ipv6PacketWriter(new byte[Ipv6Header.SizeBytes + UdpDatagram.HeaderBytes + message.Length], new Ipv6Header(packet.Source, packet.Destination));
        writer.AddUdp(UdpDatagram.Ikev2Port, UdpDatagram.Ikev2Port, message);
        return writer.Finish().ToArray();
    }
}
