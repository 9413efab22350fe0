using Actors.Wire.Ipv6;
using Topology.Addressing;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Mobility Header Link-Layer Address (RFC 5568 section 6.4.4).</summary>
/// <param name="code">2: of the mobile node.</param>
public readonly ref struct MobilityLinkLayerAddressOption(byte code, ReadOnlySpan<byte> address)
    : IMobilityOption<MobilityLinkLayerAddressOption>
{
    public static byte Type => 7;

    public byte Code { get; } = code;

    public ReadOnlySpan<byte> Address { get; } = address;

    public static MobilityLinkLayerAddressOption Read(scoped ref WireReader reader) => new(reader.Byte(), reader.Rest());

    public static void Write(scoped MobilityLinkLayerAddressOption value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Code);
        writer.Bytes(value.Address);
    }
}

/// <summary>
/// Binding Authorization Data for FMIPv6 (RFC 5568 section 6.4.5), the last option. Its length counts the SPI too, where the
/// RFC says "of the Authenticator": so does every other mobility option, and dissectors read it so.
/// </summary>
/// <param name="spi">0 for handover keys of RFC 5269.</param>
public readonly ref struct FastBindingAuthorizationDataOption(uint spi, ReadOnlySpan<byte> authenticator)
    : IMobilityOption<FastBindingAuthorizationDataOption>
{
    public static byte Type => 21;

    public static OptionAlignment Alignment => new(4, 2);

    public uint Spi { get; } = spi;

    public ReadOnlySpan<byte> Authenticator { get; } = authenticator;

    public static FastBindingAuthorizationDataOption Read(scoped ref WireReader reader) => new(reader.UInt32(), reader.Rest());

    public static void Write(scoped FastBindingAuthorizationDataOption value, scoped ref WireWriter writer)
    {
        writer.UInt32(value.Spi);
        writer.Bytes(value.Authenticator);
    }
}

/// <summary>What an address in a fast handover is (RFC 5568 sections 6.4.1 and 6.4.2).</summary>
public enum FastHandoverAddressCode : byte
{
    PreviousCareOfAddress = 1,
    NewCareOfAddress = 2,
    NewRouterAddress = 3,
    NewRouterPrefix = 4,
}

/// <summary>Mobility Header IP Address/Prefix (RFC 5568 section 6.4.2, which prints type 17; IANA has assigned 34).</summary>
/// <param name="PrefixBits">Leading bits that count, 0 to 128.</param>
public readonly record struct MobilityAddressOption(FastHandoverAddressCode Code, Address Address, byte PrefixBits = 128)
    : IMobilityOption<MobilityAddressOption>
{
    public static byte Type => 34;

    public static OptionAlignment Alignment => new(8, 4);

    public static MobilityAddressOption Read(scoped ref WireReader reader)
    {
        var code = (FastHandoverAddressCode)reader.Byte();
        var prefixBits = reader.Byte();
        if (prefixBits > 128)
            reader.Fail(ParseFault.BadValue, 1);
        return new MobilityAddressOption(code, reader.Address(), prefixBits);
    }

    public static void Write(MobilityAddressOption value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Code);
        writer.Byte(value.PrefixBits);
        writer.Address(value.Address);
    }
}
