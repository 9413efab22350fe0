using Actors.Wire.Ipv6;
using Topology.Addressing;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Binding Refresh Advice (RFC 6275 section 6.2.4).</summary>
/// <param name="IntervalUnits">Of 4 s, after which the mobile node should register anew.</param>
public readonly record struct BindingRefreshAdviceOption(ushort IntervalUnits) : IMobilityOption<BindingRefreshAdviceOption>
{
    public static byte Type => 2;

    public static OptionAlignment Alignment => new(2, 0);

    public static BindingRefreshAdviceOption Read(scoped ref WireReader reader) => new(reader.UInt16());

    public static void Write(BindingRefreshAdviceOption value, scoped ref WireWriter writer) => writer.UInt16(value.IntervalUnits);
}

/// <summary>Alternate Care-of Address (RFC 6275 section 6.2.5).</summary>
public readonly record struct AlternateCareOfAddressOption(Address CareOfAddress) : IMobilityOption<AlternateCareOfAddressOption>
{
    public static byte Type => 3;

    public static OptionAlignment Alignment => new(8, 6);

    public static AlternateCareOfAddressOption Read(scoped ref WireReader reader) => new(reader.Address());

    public static void Write(AlternateCareOfAddressOption value, scoped ref WireWriter writer) => writer.Address(value.CareOfAddress);
}

/// <summary>Nonce Indices (RFC 6275 section 6.2.6).</summary>
public readonly record struct NonceIndicesOption(ushort Home, ushort CareOf) : IMobilityOption<NonceIndicesOption>
{
    public static byte Type => 4;

    public static OptionAlignment Alignment => new(2, 0);

    public static NonceIndicesOption Read(scoped ref WireReader reader) => new(reader.UInt16(), reader.UInt16());

    public static void Write(NonceIndicesOption value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Home);
        writer.UInt16(value.CareOf);
    }
}

/// <summary>Binding Authorization Data (RFC 6275 section 6.2.7), the last option: 96 bits by the binding management key.</summary>
public readonly ref struct BindingAuthorizationDataOption(ReadOnlySpan<byte> authenticator) : IMobilityOption<BindingAuthorizationDataOption>
{
    public static byte Type => 5;

    /// <summary>So that the header ends with the option, 12 bytes of authenticator after its 2.</summary>
    public static OptionAlignment Alignment => new(8, 2);

    public ReadOnlySpan<byte> Authenticator { get; } = authenticator;

    public static BindingAuthorizationDataOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped BindingAuthorizationDataOption value, scoped ref WireWriter writer) => writer.Bytes(value.Authenticator);
}
