namespace Actors.Wire.Icmpv6;

/// <summary>
/// Source Link-Layer Address (RFC 4861 section 4.6.1). No length is sent: what is read may end with padding, and the link
/// layer knows how much of it is address.
/// </summary>
public readonly ref struct SourceLinkLayerAddressOption(ReadOnlySpan<byte> address) : INeighborDiscoveryOption<SourceLinkLayerAddressOption>
{
    public static byte Type => 1;

    public ReadOnlySpan<byte> Address { get; } = address;

    public static SourceLinkLayerAddressOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped SourceLinkLayerAddressOption value, scoped ref WireWriter writer) => writer.Bytes(value.Address);
}

/// <summary>Target Link-Layer Address (RFC 4861 section 4.6.1), as <see cref="SourceLinkLayerAddressOption"/>.</summary>
public readonly ref struct TargetLinkLayerAddressOption(ReadOnlySpan<byte> address) : INeighborDiscoveryOption<TargetLinkLayerAddressOption>
{
    public static byte Type => 2;

    public ReadOnlySpan<byte> Address { get; } = address;

    public static TargetLinkLayerAddressOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped TargetLinkLayerAddressOption value, scoped ref WireWriter writer) => writer.Bytes(value.Address);
}

/// <summary>Whose link-layer address it is, or what is unknown of it (RFC 5568 section 6.4.3).</summary>
public enum LinkLayerAddressCode : byte
{
    Wildcard = 0,
    NewAccessPoint = 1,
    MobileNode = 2,
    NewRouter = 3,
    Source = 4,
    OfThisRouter = 5,
    NoPrefixInformation = 6,
    NoFastHandover = 7,
}

/// <summary>Link-Layer Address (RFC 5568 section 6.4.3). What is read may end with padding, as no length is sent.</summary>
public readonly ref struct LinkLayerAddressOption(LinkLayerAddressCode code, ReadOnlySpan<byte> address)
    : INeighborDiscoveryOption<LinkLayerAddressOption>
{
    public static byte Type => 19;

    public LinkLayerAddressCode Code { get; } = code;

    public ReadOnlySpan<byte> Address { get; } = address;

    public static LinkLayerAddressOption Read(scoped ref WireReader reader) => new((LinkLayerAddressCode)reader.Byte(), reader.Rest());

    public static void Write(scoped LinkLayerAddressOption value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Code);
        writer.Bytes(value.Address);
    }
}
