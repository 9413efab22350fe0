namespace Actors.Wire.Diameter;

/// <summary>Flags of a command (RFC 6733 section 3).</summary>
[Flags]
public enum DiameterFlags : byte
{
    None = 0,
    Request = 0x80,
    Proxiable = 0x40,
    Error = 0x20,
    Retransmitted = 0x10,
}

/// <summary>The 20 bytes before the attributes (RFC 6733 section 3).</summary>
/// <param name="Command">24 bits; <see cref="MobileIpv6Request"/> for both request and answer.</param>
/// <param name="LengthBytes">Of the whole message, 24 bits; its writer fills it in.</param>
public readonly record struct DiameterHeader(DiameterFlags Flags, uint Command, uint Application, uint HopByHop, uint EndToEnd, uint LengthBytes = 0)
    : IWireFormat<DiameterHeader>
{
    /// <summary>MIP6-Request and MIP6-Answer (RFC 5778 section 5).</summary>
    public const uint MobileIpv6Request = 325;

    /// <summary>Diameter Mobile IPv6 Auth (RFC 5778 section 5).</summary>
    public const uint MobileIpv6Application = 8;

    public const int SizeBytes = 20;

    private const byte Version = 1;

    public static DiameterHeader Read(scoped ref WireReader reader)
    {
        var first = reader.UInt32();
        if (!reader.Failed && first >> 24 != Version)
            reader.Fail(ParseFault.BadVersion, 4);
        var second = reader.UInt32();
        return new DiameterHeader(
            (DiameterFlags)(second >> 24), second & 0xFFFFFF, reader.UInt32(), reader.UInt32(), reader.UInt32(), first & 0xFFFFFF);
    }

    public static void Write(DiameterHeader value, scoped ref WireWriter writer)
    {
        writer.UInt32((uint)Version << 24 | (value.LengthBytes & 0xFFFFFF));
        writer.UInt32((uint)value.Flags << 24 | (value.Command & 0xFFFFFF));
        writer.UInt32(value.Application);
        writer.UInt32(value.HopByHop);
        writer.UInt32(value.EndToEnd);
    }
}
