using Topology.Addressing;

namespace Actors.Wire.Ipv6;

/// <summary>A packet (RFC 8200): its fixed header, what its extension headers say, and what they carry.</summary>
public readonly ref struct Ipv6Packet
{
    private Ipv6Packet(
        Ipv6Header header, ExtensionHeaders extensions, IpProtocol protocol, ReadOnlySpan<byte> payload, int originBytes, int payloadOffsetBytes)
    {
        Header = header;
        HomeAddress = extensions.HomeAddress;
        RoutedTo = extensions.RoutedTo;
        Protocol = protocol;
        Payload = payload;
        HopLimitOffsetBytes = originBytes + Ipv6Header.HopLimitOffset;
        PayloadOffsetBytes = payloadOffsetBytes;
    }

    public Ipv6Header Header { get; }

    /// <summary>Of the home address option (RFC 6275 section 6.3).</summary>
    public Address? HomeAddress { get; }

    /// <summary>The home address of the routing header type 2 (RFC 6275 section 6.4).</summary>
    public Address? RoutedTo { get; }

    /// <summary>Whose source this is for the layers above, and for their checksum.</summary>
    public Address UpperSource => HomeAddress ?? Header.Source;

    /// <summary>Whom it is for in the layers above, and in their checksum.</summary>
    public Address UpperDestination => RoutedTo ?? Header.Destination;

    /// <summary>Of the payload.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>What follows the extension headers.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Where the payload starts in the packet.</summary>
    public int PayloadOffsetBytes { get; }

    /// <summary>Where the hop limit is, for the offset of an error.</summary>
    internal int HopLimitOffsetBytes { get; }

    /// <summary>Whether the payload's checksum, of whatever protocol has this one, is right.</summary>
    public bool HasGoodChecksum => InternetChecksum.Compute(UpperSource, UpperDestination, Protocol, Payload) == 0;

    /// <summary>Reads one packet, which fills these bytes; that in a tunnel is read from the payload.</summary>
    public static ParseResult<Ipv6Packet> Read(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        var header = Ipv6Header.Read(ref reader);
        if (!reader.Failed && header.PayloadBytes != reader.Remaining)
            reader.Fail(ParseFault.BadLength, Ipv6Header.SizeBytes - Ipv6Header.PayloadLengthOffset);
        var protocol = header.NextHeader;
        var extensions = ExtensionHeaders.Read(ref protocol, ref reader);
        var start = reader.OffsetBytes;
        var payload = reader.Rest();
        return reader.Failed
            ? new ParseResult<Ipv6Packet>(reader.Error)
            : new ParseResult<Ipv6Packet>(new Ipv6Packet(header, extensions, protocol, payload, originBytes, start));
    }

    /// <summary>A reader of the payload, if the packet carries this protocol.</summary>
    internal WireReader ReadPayload(IpProtocol protocol)
    {
        var reader = new WireReader(Payload, PayloadOffsetBytes);
        if (Protocol != protocol)
            reader.Fail(ParseFault.WrongType);
        return reader;
    }
}
