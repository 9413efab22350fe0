using System.Buffers.Binary;
using Actors.Network.Forms;
using Actors.Schemes.Pmipv6;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fpmipv6;

/// <summary>For want of a form of the RFC's: ICMPv6 for private experimentation, with options as those of RtSolPr.</summary>
public sealed class HandoverReportForm : NeighborDiscoveryForm<HandoverReport>
{
    private const byte Code = 1;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.Experiment, Code)];

    public override void Write(HandoverReport message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        LinkMessage.Begin(ref writer, FormKey.Experiment, Code, message.Identifier, 0);
        LinkMessage.AddNode(ref writer, LinkLayerAddressCode.Source, scope.Packet.Source.Host);
        LinkMessage.AddNode(ref writer, LinkLayerAddressCode.NewAccessPoint, message.NewAccessPoint);
    }

    public override HandoverReport? Read(Ipv6Packet packet, FormScope scope) =>
        LinkMessage.TryRead(packet, out var identifier, out _) && packet.Payload.Length >= 40
            && FormScope.NodeOf(packet.Payload[(8 + 16 + 3)..]) is { } accessPoint
            ? new HandoverReport(identifier, accessPoint)
            : null;
}

/// <summary>As <see cref="HandoverReportForm"/>, the other way.</summary>
public sealed class HandoverCommandForm : NeighborDiscoveryForm<HandoverCommand>
{
    private const byte Code = 2;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.ExperimentalAnswer, Code)];

    public override void Write(HandoverCommand message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        LinkMessage.Begin(ref writer, FormKey.ExperimentalAnswer, Code, message.Identifier, message.Accepted ? (ushort)1 : (ushort)0);
        LinkMessage.AddNode(ref writer, LinkLayerAddressCode.OfThisRouter, scope.Packet.Source.Host);
    }

    public override HandoverCommand? Read(Ipv6Packet packet, FormScope scope) =>
        LinkMessage.TryRead(packet, out var identifier, out var accepted)
            ? new HandoverCommand(identifier, accepted == 1, (scope.Measured as HandoverCommand)?.PreparedAt ?? default)
            : null;
}

public sealed class HandoverInitiateForm : MessageForm<HandoverInitiate>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HandoverInitiate)];

    public override void Write(HandoverInitiate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new HandoverInitiateHeader(message.Sequence, HandoverInitiateFlags.Proxy | HandoverInitiateFlags.Forward, 0));
        ProxyFields.AddIdentifier(ref writer, message.MobileNode);
        ProxyFields.AddPrefix(ref writer, message.HomeNetworkPrefix);
        writer.AddMobilityOption(new AnchorAddressOption(Address.Of(message.HomeNetworkPrefix.PrefixOwner)));
    }

    public override HandoverInitiate? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var read) && (read.Body.Flags & HandoverInitiateFlags.Proxy) != 0
            && ProxyFields.FindIdentifier(read.Options) is { } mobile && read.Options.TryFind<HomeNetworkPrefixOption>(out var prefix)
            ? new HandoverInitiate(read.Body.Sequence, mobile, Address.On(prefix.Prefix.PrefixOwner, mobile))
            : null;
}

public sealed class HandoverAcknowledgeForm : MessageForm<HandoverAcknowledge>
{
    private const byte Refused = 128;

    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HandoverAcknowledge)];

    public override void Write(HandoverAcknowledge message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var flags = HandoverAcknowledgeFlags.Proxy | (message.Accepted ? HandoverAcknowledgeFlags.Forward : HandoverAcknowledgeFlags.None);
        writer.BeginMobility(new HandoverAcknowledgeHeader(message.Sequence, message.Accepted ? (byte)0 : Refused, flags));
        ProxyFields.AddIdentifier(ref writer, message.MobileNode);
    }

    public override HandoverAcknowledge? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<HandoverAcknowledgeHeader>().TryGet(out var read) && (read.Body.Flags & HandoverAcknowledgeFlags.Proxy) != 0
            && ProxyFields.FindIdentifier(read.Options) is { } mobile
            ? new HandoverAcknowledge(read.Body.Sequence, mobile, read.Body.Code < Refused)
            : null;
}

/// <summary>What both messages of the link layer share: type, code, checksum, identifier, a value, options.</summary>
internal static class LinkMessage
{
    public static void Begin(ref Ipv6PacketWriter writer, byte type, byte code, ushort identifier, ushort value)
    {
        writer.Begin(IpProtocol.Icmpv6);
        writer.Body.Byte(type);
        writer.Body.Byte(code);
        writer.Body.Zeros(2);
        writer.Body.UInt16(identifier);
        writer.Body.UInt16(value);
    }

    public static void AddNode(ref Ipv6PacketWriter writer, LinkLayerAddressCode code, NodeId node)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(node, address);
        writer.AddNeighborDiscoveryOption(new LinkLayerAddressOption(code, address));
    }

    public static bool TryRead(Ipv6Packet packet, out ushort identifier, out ushort value)
    {
        (identifier, value) = (0, 0);
        if (packet.Payload.Length < 8 || !packet.HasGoodChecksum)
            return false;
        identifier = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload[4..]);
        value = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload[6..]);
        return true;
    }
}
