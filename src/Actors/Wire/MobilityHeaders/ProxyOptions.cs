using Actors.Wire.Ipv6;
using Topology.Addressing;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Mobile Node Identifier (RFC 4283 section 3).</summary>
/// <param name="subtype">1: a network access identifier.</param>
public readonly ref struct MobileNodeIdentifierOption(byte subtype, ReadOnlySpan<byte> identifier) : IMobilityOption<MobileNodeIdentifierOption>
{
    public static byte Type => 8;

    public byte Subtype { get; } = subtype;

    public ReadOnlySpan<byte> Identifier { get; } = identifier;

    public static MobileNodeIdentifierOption Read(scoped ref WireReader reader) => new(reader.Byte(), reader.Rest());

    public static void Write(scoped MobileNodeIdentifierOption value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Subtype);
        writer.Bytes(value.Identifier);
    }
}

/// <summary>Home Network Prefix (RFC 5213 section 8.3).</summary>
public readonly record struct HomeNetworkPrefixOption(byte PrefixBits, Address Prefix) : IMobilityOption<HomeNetworkPrefixOption>
{
    public static byte Type => 22;

    public static OptionAlignment Alignment => new(8, 4);

    public static HomeNetworkPrefixOption Read(scoped ref WireReader reader)
    {
        reader.Skip(1);
        var prefixBits = reader.Byte();
        if (prefixBits > 128)
            reader.Fail(ParseFault.BadValue, 1);
        return new HomeNetworkPrefixOption(prefixBits, reader.Address());
    }

    public static void Write(HomeNetworkPrefixOption value, scoped ref WireWriter writer)
    {
        writer.Byte(0);
        writer.Byte(value.PrefixBits);
        writer.Address(value.Prefix);
    }
}

/// <summary>Handoff Indicator (RFC 5213 section 8.4), whose name is the RFC's.</summary>
/// <param name="Value">1 to 5; 3 between gateways, 4 unknown.</param>
public readonly record struct HandoffIndicatorOption(byte Value) : IMobilityOption<HandoffIndicatorOption>
{
    public static byte Type => 23;

    public static HandoffIndicatorOption Read(scoped ref WireReader reader)
    {
        reader.Skip(1);
        return new HandoffIndicatorOption(reader.Byte());
    }

    public static void Write(HandoffIndicatorOption value, scoped ref WireWriter writer)
    {
        writer.Byte(0);
        writer.Byte(value.Value);
    }
}

/// <summary>Access Technology Type (RFC 5213 section 8.5).</summary>
/// <param name="Value">4: IEEE 802.11.</param>
public readonly record struct AccessTechnologyTypeOption(byte Value) : IMobilityOption<AccessTechnologyTypeOption>
{
    public static byte Type => 24;

    public static AccessTechnologyTypeOption Read(scoped ref WireReader reader)
    {
        reader.Skip(1);
        return new AccessTechnologyTypeOption(reader.Byte());
    }

    public static void Write(AccessTechnologyTypeOption value, scoped ref WireWriter writer)
    {
        writer.Byte(0);
        writer.Byte(value.Value);
    }
}

/// <summary>Mobile Node Link-layer Identifier (RFC 5213 section 8.6).</summary>
public readonly ref struct MobileNodeLinkLayerIdentifierOption(ReadOnlySpan<byte> identifier)
    : IMobilityOption<MobileNodeLinkLayerIdentifierOption>
{
    public static byte Type => 25;

    public ReadOnlySpan<byte> Identifier { get; } = identifier;

    public static MobileNodeLinkLayerIdentifierOption Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new MobileNodeLinkLayerIdentifierOption(reader.Rest());
    }

    public static void Write(scoped MobileNodeLinkLayerIdentifierOption value, scoped ref WireWriter writer)
    {
        writer.Zeros(2);
        writer.Bytes(value.Identifier);
    }
}

/// <summary>Timestamp (RFC 5213 section 8.8).</summary>
/// <param name="Value">Seconds since 1970 in the upper 48 bits, fractions of 1/65,536 s in the lower 16.</param>
public readonly record struct TimestampOption(ulong Value) : IMobilityOption<TimestampOption>
{
    public static byte Type => 27;

    public static OptionAlignment Alignment => new(8, 2);

    public static TimestampOption Read(scoped ref WireReader reader) => new(reader.UInt64());

    public static void Write(TimestampOption value, scoped ref WireWriter writer) => writer.UInt64(value.Value);
}

/// <summary>Local Mobility Anchor Address (RFC 5949 section 6.2.2).</summary>
public readonly record struct AnchorAddressOption(Address Anchor) : IMobilityOption<AnchorAddressOption>
{
    private const byte Ipv6 = 1;

    public static byte Type => 41;

    public static OptionAlignment Alignment => new(8, 4);

    public static AnchorAddressOption Read(scoped ref WireReader reader)
    {
        if (reader.Byte() != Ipv6)
            reader.Fail(ParseFault.BadValue, 1);
        reader.Skip(1);
        return new AnchorAddressOption(reader.Address());
    }

    public static void Write(AnchorAddressOption value, scoped ref WireWriter writer)
    {
        writer.Byte(Ipv6);
        writer.Byte(0);
        writer.Address(value.Anchor);
    }
}
