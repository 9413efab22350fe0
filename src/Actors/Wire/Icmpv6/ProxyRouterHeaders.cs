namespace Actors.Wire.Icmpv6;

/// <summary>Router Solicitation for Proxy Advertisement (RFC 5568 section 6.1.1).</summary>
public readonly record struct ProxyRouterSolicitationHeader(ushort Identifier) : INeighborDiscoveryMessage<ProxyRouterSolicitationHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.ExperimentalMobility;

    public static byte Subtype => 2;

    public static ProxyRouterSolicitationHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(1 + 2);
        if (reader.Byte() != Subtype)
            reader.Fail(ParseFault.WrongType, 1);
        reader.Skip(1);
        return new ProxyRouterSolicitationHeader(reader.UInt16());
    }

    public static void Write(ProxyRouterSolicitationHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(1 + 2);
        writer.Byte(Subtype);
        writer.Byte(0);
        writer.UInt16(value.Identifier);
    }
}

/// <summary>Proxy Router Advertisement (RFC 5568 section 6.1.2).</summary>
/// <param name="Code">0 to 5: what is known of the access point.</param>
/// <param name="Identifier">Of the solicitation; 0 when there was none.</param>
public readonly record struct ProxyRouterAdvertisementHeader(byte Code, ushort Identifier)
    : INeighborDiscoveryMessage<ProxyRouterAdvertisementHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.ExperimentalMobility;

    public static byte Subtype => 3;

    public static ProxyRouterAdvertisementHeader Read(scoped ref WireReader reader)
    {
        var code = reader.Byte();
        reader.Skip(2);
        if (reader.Byte() != Subtype)
            reader.Fail(ParseFault.WrongType, 1);
        reader.Skip(1);
        return new ProxyRouterAdvertisementHeader(code, reader.UInt16());
    }

    public static void Write(ProxyRouterAdvertisementHeader value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Code);
        writer.Zeros(2);
        writer.Byte(Subtype);
        writer.Byte(0);
        writer.UInt16(value.Identifier);
    }
}
