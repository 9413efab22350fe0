using Actors.Wire.Ipv6;

namespace Actors.Wire.MobilityHeaders;

/// <summary>A mobility header (RFC 6275 section 6.1): its message, and options that have been checked to fill it.</summary>
public readonly ref struct MobilityMessage<T>
    where T : IMobilityMessage<T>, allows ref struct
{
    internal MobilityMessage(T body, MobilityOptions options)
    {
        Body = body;
        Options = options;
    }

    public T Body { get; }

    public MobilityOptions Options { get; }
}

/// <summary>Reads mobility headers from packets.</summary>
public static class MobilityReading
{
    private const int TypeOffset = 2;
    private const int ChecksumOffset = 4;

    /// <summary>The type of the mobility header that a packet carries; an error when it carries none.</summary>
    public static ParseResult<MobilityType> ReadMobilityType(this Ipv6Packet packet)
    {
        var reader = packet.ReadPayload(IpProtocol.Mobility);
        reader.Skip(TypeOffset);
        var type = (MobilityType)reader.Byte();
        return reader.Failed ? new ParseResult<MobilityType>(reader.Error) : new ParseResult<MobilityType>(type);
    }

    /// <summary>The message, when it is one of this type and the checksum is right.</summary>
    public static ParseResult<MobilityMessage<T>> ReadMobility<T>(this Ipv6Packet packet)
        where T : IMobilityMessage<T>, allows ref struct
    {
        var reader = packet.ReadPayload(IpProtocol.Mobility);
        if (reader.Byte() != (byte)IpProtocol.NoNextHeader)
            reader.Fail(ParseFault.BadValue, 1);
        if ((reader.Byte() + 1) * 8 != packet.Payload.Length)
            reader.Fail(ParseFault.BadLength, 1);
        if (reader.Byte() != (byte)T.Type)
            reader.Fail(ParseFault.WrongType, 1);
        reader.Skip(3);
        if (!reader.Failed && !packet.HasGoodChecksum)
            reader.Fail(new ParseError(ParseFault.BadChecksum, packet.PayloadOffsetBytes + ChecksumOffset));
        var body = T.Read(ref reader);
        var options = MobilityOptions.Read(ref reader);
        return reader.Failed
            ? new ParseResult<MobilityMessage<T>>(reader.Error)
            : new ParseResult<MobilityMessage<T>>(new MobilityMessage<T>(body, options));
    }
}
