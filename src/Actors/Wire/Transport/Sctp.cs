using System.Buffers.Binary;
using System.Numerics;
using Actors.Wire.Ipv6;

namespace Actors.Wire.Transport;

/// <summary>
/// An SCTP packet with one DATA chunk that holds a whole message (RFC 9260 sections 3.1 and 3.3.1): what carries Diameter.
/// Associations are taken to exist; nothing sets them up.
/// </summary>
public readonly ref struct SctpData(
    ushort sourcePort, ushort destinationPort, uint verificationTag, uint sequence, uint protocol, ReadOnlySpan<byte> data)
{
    public const int HeaderBytes = 28;

    /// <summary>Port of Diameter (RFC 6733 section 2.1).</summary>
    public const ushort DiameterPort = 3868;

    /// <summary>Payload protocol identifier of Diameter (RFC 6733 section 11.5).</summary>
    public const uint DiameterProtocol = 46;

    public ushort SourcePort { get; } = sourcePort;

    public ushort DestinationPort { get; } = destinationPort;

    public uint VerificationTag { get; } = verificationTag;

    /// <summary>Transmission sequence number.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>Payload protocol identifier.</summary>
    public uint Protocol { get; } = protocol;

    /// <summary>A multiple of 4 bytes, as all Diameter messages are.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;
}

/// <summary>SCTP in packets.</summary>
public static class Sctp
{
    private const byte DataChunk = 0;
    private const byte WholeMessage = 3;
    private const int ChecksumOffset = 8;
    private const int ChunkHeaderBytes = 16;

    /// <summary>A packet's payload of one DATA chunk.</summary>
    public static void AddSctp(this ref Ipv6PacketWriter packet, scoped SctpData value)
    {
        packet.Begin(IpProtocol.Sctp);
        ref var body = ref packet.Body;
        body.UInt16(value.SourcePort);
        body.UInt16(value.DestinationPort);
        body.UInt32(value.VerificationTag);
        body.Zeros(4);
        body.Byte(DataChunk);
        body.Byte(WholeMessage);
        body.UInt16(checked((ushort)(value.Data.Length + ChunkHeaderBytes)));
        body.UInt32(value.Sequence);
        body.Zeros(4);
        body.UInt32(value.Protocol);
        body.Bytes(value.Data);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.Payload[ChecksumOffset..], Checksum(packet.Payload));
    }

    /// <summary>The chunk, when the packet carries one alone and its checksum is right.</summary>
    public static ParseResult<SctpData> ReadSctp(this Ipv6Packet packet)
    {
        var reader = packet.ReadPayload(IpProtocol.Sctp);
        var source = reader.UInt16();
        var destination = reader.UInt16();
        var tag = reader.UInt32();
        var checksum = BinaryPrimitives.ReverseEndianness(reader.UInt32());
        if (!reader.Failed && checksum != Checksum(packet.Payload))
            reader.Fail(ParseFault.BadChecksum, 4);
        if (reader.UInt16() != (DataChunk << 8 | WholeMessage))
            reader.Fail(ParseFault.WrongType, 2);
        if (reader.UInt16() != packet.Payload.Length - SctpData.HeaderBytes + ChunkHeaderBytes)
            reader.Fail(ParseFault.BadLength, 2);
        var sequence = reader.UInt32();
        reader.Skip(4);
        var protocol = reader.UInt32();
        var data = reader.Rest();
        return reader.Failed
            ? new ParseResult<SctpData>(reader.Error)
            : new ParseResult<SctpData>(new SctpData(source, destination, tag, sequence, protocol, data));
    }

    /// <summary>CRC32c with the checksum field at zero (RFC 9260 appendix A).</summary>
    private static uint Checksum(ReadOnlySpan<byte> packet)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < packet.Length; i++)
            crc = BitOperations.Crc32C(crc, i is >= ChecksumOffset and < ChecksumOffset + 4 ? (byte)0 : packet[i]);
        return ~crc;
    }
}
