using System.Buffers.Binary;
using Actors.Wire.Ipv6;

namespace Actors.Wire.Transport;

/// <summary>A UDP datagram (RFC 768; over IPv6 its checksum is never zero, RFC 8200 section 8.1).</summary>
public readonly ref struct UdpDatagram
{
    public const int HeaderBytes = 8;

    /// <summary>Port of IKEv2 (RFC 7296 section 2).</summary>
    public const ushort Ikev2Port = 500;

    internal UdpDatagram(ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> data, int dataOffsetBytes)
    {
        SourcePort = sourcePort;
        DestinationPort = destinationPort;
        Data = data;
        DataOffsetBytes = dataOffsetBytes;
    }

    public ushort SourcePort { get; }

    public ushort DestinationPort { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Where the data start in the packet.</summary>
    public int DataOffsetBytes { get; }
}

/// <summary>UDP in packets.</summary>
public static class Udp
{
    private const int ChecksumOffset = 6;

    /// <summary>A UDP header; the data follow in the packet's body.</summary>
    public static void BeginUdp(this ref Ipv6PacketWriter packet, ushort sourcePort, ushort destinationPort)
    {
        packet.Begin(IpProtocol.Udp);
        packet.Body.UInt16(sourcePort);
        packet.Body.UInt16(destinationPort);
        packet.Body.Zeros(4);
    }

    /// <summary>A datagram with these data.</summary>
    public static void AddUdp(this ref Ipv6PacketWriter packet, ushort sourcePort, ushort destinationPort, scoped ReadOnlySpan<byte> data)
    {
        packet.BeginUdp(sourcePort, destinationPort);
        packet.Body.Bytes(data);
    }

    /// <summary>The datagram, when the packet carries one and its checksum is right.</summary>
    public static ParseResult<UdpDatagram> ReadUdp(this Ipv6Packet packet)
    {
        var reader = packet.ReadPayload(IpProtocol.Udp);
        var source = reader.UInt16();
        var destination = reader.UInt16();
        if (reader.UInt16() != packet.Payload.Length)
            reader.Fail(ParseFault.BadLength, 2);
        if (reader.UInt16() == 0 || !packet.HasGoodChecksum)
            reader.Fail(ParseFault.BadChecksum, UdpDatagram.HeaderBytes - ChecksumOffset);
        var start = reader.OffsetBytes;
        var data = reader.Rest();
        return reader.Failed
            ? new ParseResult<UdpDatagram>(reader.Error)
            : new ParseResult<UdpDatagram>(new UdpDatagram(source, destination, data, start));
    }

    internal static void End(ref Ipv6PacketWriter packet) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet.Payload[4..], checked((ushort)packet.PayloadBytes));
}
