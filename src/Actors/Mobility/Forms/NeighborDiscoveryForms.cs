using Actors.Network.Forms;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Topology.Addressing;

namespace Actors.Mobility.Forms;

public sealed class RouterSolicitationForm : NeighborDiscoveryForm<RouterSolicitation>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.RouterSolicitation)];

    public override void Write(RouterSolicitation message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(scope.Packet.Source.Host, address);
        writer.BeginNeighborDiscovery(new RouterSolicitationHeader());
        writer.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(address));
    }

    public override RouterSolicitation? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadNeighborDiscovery<RouterSolicitationHeader>().IsOk ? new RouterSolicitation() : null;
}

public sealed class RouterAdvertisementForm : NeighborDiscoveryForm<RouterAdvertisement>
{
    private const byte HostHopLimit = 64;
    private const ushort RouterSeconds = 1800;
    private const uint PrefixSeconds = 2_592_000;

    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.RouterAdvertisement)];

    public override void Write(RouterAdvertisement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Begin(new Address(Address.Of(message.Prefix).Prefix, 0), scope, ref writer);
        for (var i = 0; i < message.AnchorPoints.Length; i++)
            writer.AddNeighborDiscoveryOption(new AnchorPointOption(1, (byte)Math.Max(0, 15 - i), true, RouterSeconds, message.AnchorPoints[i]));
    }

    public override RouterAdvertisement? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadNeighborDiscovery<RouterAdvertisementHeader>().TryGet(out var advertisement)
            || !advertisement.Options.TryFind<PrefixInformationOption>(out var prefix))
            return null;
        var anchors = new List<Address>();
        foreach (var option in advertisement.Options)
        {
            if (option.Type == AnchorPointOption.Type && option.Read<AnchorPointOption>().TryGet(out var anchor))
                anchors.Add(anchor.Anchor);
        }

        return new RouterAdvertisement(prefix.Prefix.PrefixOwner, [.. anchors]);
    }

    /// <summary>An advertisement of this prefix; options follow.</summary>
    public static void Begin(Address prefix, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(scope.Packet.Source.Host, address);
        writer.BeginNeighborDiscovery(new RouterAdvertisementHeader(HostHopLimit, RouterAdvertisementFlags.None, RouterSeconds));
        writer.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(address));
        writer.AddNeighborDiscoveryOption(new PrefixInformationOption(64, PrefixFlags.OnLink | PrefixFlags.Autonomous, PrefixSeconds, PrefixSeconds, prefix));
    }
}

public sealed class NeighborSolicitationForm : NeighborDiscoveryForm<NeighborSolicitation>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.NeighborSolicitation)];

    public override void Write(NeighborSolicitation message, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.BeginNeighborDiscovery(new NeighborSolicitationHeader(message.Target));

    public override NeighborSolicitation? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadNeighborDiscovery<NeighborSolicitationHeader>().TryGet(out var solicitation) ? new NeighborSolicitation(solicitation.Body.Target) : null;
}

/// <summary>A packet in a packet (RFC 2473).</summary>
public sealed class TunnelledForm : MessageForm<Tunnelled>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Ipv6)];

    public override void Write(Tunnelled message, FormScope scope, ref Ipv6PacketWriter writer) => writer.Add(IpProtocol.Ipv6, scope.BytesOf(message.Inner));

    public override Tunnelled? Read(Ipv6Packet packet, FormScope scope) =>
        scope.ReadInner(packet.Payload, (scope.Measured as Tunnelled)?.Inner) is { } inner ? new Tunnelled(inner) : null;
}
