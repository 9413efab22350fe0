using Actors.Network;
using Actors.Network.Forms;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

public sealed class ProxyRouterSolicitationForm : NeighborDiscoveryForm<ProxyRouterSolicitation>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.ExperimentalMobility, ProxyRouterSolicitationHeader.Subtype)];

    public override void Write(ProxyRouterSolicitation message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginNeighborDiscovery(new ProxyRouterSolicitationHeader(message.Identifier));
        writer.AddLinkLayer(LinkLayerAddressCode.Source, scope.Packet.Source.Host);
        writer.AddLinkLayer(LinkLayerAddressCode.NewAccessPoint, message.NewAccessPoint);
        writer.AddExtension(message.Extension, scope, isMobility: false);
    }

    public override ProxyRouterSolicitation? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadNeighborDiscovery<ProxyRouterSolicitationHeader>().TryGet(out var read)
            || read.Options.FindNode(LinkLayerAddressCode.NewAccessPoint) is not { } accessPoint)
            return null;
        var message = new ProxyRouterSolicitation(read.Body.Identifier, accessPoint);
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class ProxyRouterAdvertisementForm : NeighborDiscoveryForm<ProxyRouterAdvertisement>
{
    private const byte PrefixBits = 64;

    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.ExperimentalMobility, ProxyRouterAdvertisementHeader.Subtype)];

    public override void Write(ProxyRouterAdvertisement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginNeighborDiscovery(new ProxyRouterAdvertisementHeader((byte)message.Code, message.Identifier));
        writer.AddLinkLayer(LinkLayerAddressCode.Source, scope.Packet.Source.Host);
        writer.AddLinkLayer(LinkLayerAddressCode.NewAccessPoint, message.NewAccessPoint);
        if (message.NewRouter is { } router)
        {
            writer.AddLinkLayer(LinkLayerAddressCode.NewRouter, router.Host);
            writer.AddNeighborDiscoveryOption(new AddressPrefixOption(FastHandoverAddressCode.NewRouterAddress, router));
            writer.AddNeighborDiscoveryOption(message.NewCareOfAddress is { } careOf
                ? new AddressPrefixOption(FastHandoverAddressCode.NewCareOfAddress, careOf)
                : new AddressPrefixOption(FastHandoverAddressCode.NewRouterPrefix, new Address(router.Prefix, 0), PrefixBits));
        }

        writer.AddExtension(message.Extension, scope, isMobility: false);
    }

    public override ProxyRouterAdvertisement? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadNeighborDiscovery<ProxyRouterAdvertisementHeader>().TryGet(out var read)
            || read.Options.FindNode(LinkLayerAddressCode.NewAccessPoint) is not { } accessPoint)
            return null;
        Address? router = null, careOf = null;
        foreach (var option in read.Options)
        {
            if (option.Type != AddressPrefixOption.Type || !option.Read<AddressPrefixOption>().TryGet(out var address))
                continue;
            if (address.Code == FastHandoverAddressCode.NewRouterAddress)
                router = address.Address;
            else if (address.Code == FastHandoverAddressCode.NewCareOfAddress)
                careOf = address.Address;
        }

        var message = new ProxyRouterAdvertisement(read.Body.Identifier, (ProxyCode)read.Body.Code, accessPoint, router, careOf);
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class UnsolicitedNeighborAdvertisementForm : NeighborDiscoveryForm<UnsolicitedNeighborAdvertisement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.NeighborAdvertisement)];

    public override void Write(UnsolicitedNeighborAdvertisement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(scope.Packet.Source.Host, address);
        writer.BeginNeighborDiscovery(new NeighborAdvertisementHeader(NeighborAdvertisementFlags.None, message.Target));
        writer.AddNeighborDiscoveryOption(new TargetLinkLayerAddressOption(address));
        writer.AddExtension(message.Extension, scope, isMobility: false);
    }

    public override UnsolicitedNeighborAdvertisement? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadNeighborDiscovery<NeighborAdvertisementHeader>().TryGet(out var read))
            return null;
        var message = new UnsolicitedNeighborAdvertisement(read.Body.Target);
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class HandoverInitiateForm : MessageForm<HandoverInitiate>
{
    private const byte MobileNode = 2;
    private const byte Reactive = 1;

    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HandoverInitiate)];

    public override void Write(HandoverInitiate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(message.PreviousCareOfAddress.Host, address);
        var flags = HandoverInitiateFlags.Buffer | (message.AssignsAddress ? HandoverInitiateFlags.AssignAddress : HandoverInitiateFlags.None);
        writer.BeginMobility(new HandoverInitiateHeader(message.Sequence, flags, message.IsReactive ? Reactive : (byte)0));
        writer.AddMobilityOption(new MobilityLinkLayerAddressOption(MobileNode, address));
        writer.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.PreviousCareOfAddress, message.PreviousCareOfAddress));
        if (message.NewCareOfAddress is { } careOf)
            writer.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.NewCareOfAddress, careOf));
        writer.AddExtension(message.Extension, scope, isMobility: true);
    }

    public override HandoverInitiate? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var read) || (read.Body.Flags & HandoverInitiateFlags.Proxy) != 0
            || read.Options.FindAddress(FastHandoverAddressCode.PreviousCareOfAddress) is not { } previous)
            return null;
        var assigns = (read.Body.Flags & HandoverInitiateFlags.AssignAddress) != 0;
        var message = new HandoverInitiate(read.Body.Sequence, assigns, previous, read.Options.FindAddress(FastHandoverAddressCode.NewCareOfAddress))
        {
            IsReactive = read.Body.Code == Reactive,
        };
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class HandoverAcknowledgeForm : MessageForm<HandoverAcknowledge>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HandoverAcknowledge)];

    public override void Write(HandoverAcknowledge message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new HandoverAcknowledgeHeader(message.Sequence, (byte)message.Code));
        writer.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.NewCareOfAddress, message.NewCareOfAddress));
        writer.AddExtension(message.Extension, scope, isMobility: true);
    }

    public override HandoverAcknowledge? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadMobility<HandoverAcknowledgeHeader>().TryGet(out var read) || (read.Body.Flags & HandoverAcknowledgeFlags.Proxy) != 0
            || read.Options.FindAddress(FastHandoverAddressCode.NewCareOfAddress) is not { } careOf)
            return null;
        var message = new HandoverAcknowledge(read.Body.Sequence, (HandoverCode)read.Body.Code, careOf);
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class FastBindingUpdateForm : MessageForm<FastBindingUpdate>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.FastBindingUpdate)];

    public override void Write(FastBindingUpdate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.AddHomeAddress(message.PreviousCareOfAddress);
        writer.BeginMobility(new FastBindingUpdateHeader(
            message.Sequence, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration, message.LifetimeSeconds));
        writer.AddMobilityOption(new AlternateCareOfAddressOption(message.NewCareOfAddress));
        writer.AddExtension(message.Extension, scope, isMobility: true);
    }

    public override FastBindingUpdate? Read(Ipv6Packet packet, FormScope scope)
    {
        if (packet.HomeAddress is not { } previous || !packet.ReadMobility<FastBindingUpdateHeader>().TryGet(out var read)
            || !read.Options.TryFind<AlternateCareOfAddressOption>(out var careOf))
            return null;
        var message = new FastBindingUpdate(read.Body.Sequence, previous, careOf.CareOfAddress, read.Body.Lifetime);
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

public sealed class FastBindingAcknowledgmentForm : MessageForm<FastBindingAcknowledgment>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.FastBindingAcknowledgment)];

    public override void Write(FastBindingAcknowledgment message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new FastBindingAcknowledgmentHeader(
            (byte)message.Status, BindingAcknowledgementFlags.None, message.Sequence, message.LifetimeSeconds));
        writer.AddMobilityOption(new AlternateCareOfAddressOption(message.NewCareOfAddress));
        writer.AddExtension(message.Extension, scope, isMobility: true);
    }

    public override FastBindingAcknowledgment? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadMobility<FastBindingAcknowledgmentHeader>().TryGet(out var read) || !read.Options.TryFind<AlternateCareOfAddressOption>(out var careOf))
            return null;
        var message = new FastBindingAcknowledgment((FastBindingStatus)read.Body.Status, read.Body.Sequence, careOf.CareOfAddress, read.Body.Lifetime)
        {
            ForwardingSince = (scope.Measured as FastBindingAcknowledgment)?.ForwardingSince ?? default,
        };
        return message with { Extension = scope.ReadExtension(read.Options, message, packet) };
    }
}

/// <summary>What the forms of fast handovers share.</summary>
internal static class FastHandoverFields
{
    public static void AddLinkLayer(this ref Ipv6PacketWriter writer, LinkLayerAddressCode code, NodeId node)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(node, address);
        writer.AddNeighborDiscoveryOption(new LinkLayerAddressOption(code, address));
    }

    /// <summary>The node whose link-layer address has this code.</summary>
    public static NodeId? FindNode(this NeighborDiscoveryOptions options, LinkLayerAddressCode code)
    {
        foreach (var option in options)
        {
            if (option.Type == LinkLayerAddressOption.Type && option.Read<LinkLayerAddressOption>().TryGet(out var address) && address.Code == code)
                return FormScope.NodeOf(address.Address);
        }

        return null;
    }

    public static Address? FindAddress(this MobilityOptions options, FastHandoverAddressCode code)
    {
        foreach (var option in options)
        {
            if (option.Type == MobilityAddressOption.Type && option.Read<MobilityAddressOption>().TryGet(out var address) && address.Code == code)
                return address.Address;
        }

        return null;
    }
}
