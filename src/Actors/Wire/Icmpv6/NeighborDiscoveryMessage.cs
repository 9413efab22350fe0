using Actors.Wire.Ipv6;

namespace Actors.Wire.Icmpv6;

/// <summary>A neighbor discovery message (RFC 4861 section 4) with options that have been checked to fill the packet.</summary>
public readonly ref struct NeighborDiscoveryMessage<T>
    where T : INeighborDiscoveryMessage<T>, allows ref struct
{
    internal NeighborDiscoveryMessage(T body, NeighborDiscoveryOptions options)
    {
        Body = body;
        Options = options;
    }

    public T Body { get; }

    public NeighborDiscoveryOptions Options { get; }
}

/// <summary>Reads ICMPv6 messages from packets.</summary>
public static class Icmpv6Reading
{
    private const int ChecksumOffset = 2;
    private const int SubtypeOffset = 4;
    private const byte HopLimit = 255;

    /// <summary>The type of the ICMPv6 message that a packet carries; an error when it carries none.</summary>
    public static ParseResult<Icmpv6Type> ReadIcmpv6Type(this Ipv6Packet packet)
    {
        var reader = packet.ReadPayload(IpProtocol.Icmpv6);
        var type = (Icmpv6Type)reader.Byte();
        return reader.Failed ? new ParseResult<Icmpv6Type>(reader.Error) : new ParseResult<Icmpv6Type>(type);
    }

    /// <summary>The subtype of a message of <see cref="Icmpv6Type.ExperimentalMobility"/>; an error when the packet carries none.</summary>
    public static ParseResult<byte> ReadExperimentalMobilitySubtype(this Ipv6Packet packet)
    {
        var reader = packet.ReadPayload(IpProtocol.Icmpv6);
        if (reader.Byte() != (byte)Icmpv6Type.ExperimentalMobility)
            reader.Fail(ParseFault.WrongType, 1);
        reader.Skip(SubtypeOffset - 1);
        var subtype = reader.Byte();
        return reader.Failed ? new ParseResult<byte>(reader.Error) : new ParseResult<byte>(subtype);
    }

    /// <summary>The message, when it is one of this type, comes from this link (hop limit 255) and its checksum is right.</summary>
    public static ParseResult<NeighborDiscoveryMessage<T>> ReadNeighborDiscovery<T>(this Ipv6Packet packet)
        where T : INeighborDiscoveryMessage<T>, allows ref struct
    {
        var reader = packet.ReadPayload(IpProtocol.Icmpv6);
        if (reader.Byte() != (byte)T.Type)
            reader.Fail(ParseFault.WrongType, 1);
        if (reader.Remaining < ChecksumOffset + 1)
            reader.Fail(ParseFault.Truncated);
        if (!reader.Failed && packet.Header.HopLimit != HopLimit)
            reader.Fail(new ParseError(ParseFault.BadValue, packet.HopLimitOffsetBytes));
        if (!reader.Failed && !packet.HasGoodChecksum)
            reader.Fail(new ParseError(ParseFault.BadChecksum, packet.PayloadOffsetBytes + ChecksumOffset));
        var body = T.Read(ref reader);
        var options = NeighborDiscoveryOptions.Read(ref reader);
        return reader.Failed
            ? new ParseResult<NeighborDiscoveryMessage<T>>(reader.Error)
            : new ParseResult<NeighborDiscoveryMessage<T>>(new NeighborDiscoveryMessage<T>(body, options));
    }
}
