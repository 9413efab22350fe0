namespace Actors.Wire.Icmpv6;

/// <summary>Router Solicitation (RFC 4861 section 4.1).</summary>
public readonly record struct RouterSolicitationHeader : INeighborDiscoveryMessage<RouterSolicitationHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.RouterSolicitation;

    public static RouterSolicitationHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(1 + 2 + 4);
        return default;
    }

    public static void Write(RouterSolicitationHeader value, scoped ref WireWriter writer) => writer.Zeros(1 + 2 + 4);
}

/// <summary>Flags of a Router Advertisement (RFC 4861 section 4.2; H of RFC 6275 section 7.1).</summary>
[Flags]
public enum RouterAdvertisementFlags : byte
{
    None = 0,
    ManagedAddresses = 0x80,
    OtherConfiguration = 0x40,
    HomeAgent = 0x20,
}

/// <summary>Router Advertisement (RFC 4861 section 4.2).</summary>
/// <param name="HopLimit">For the host's packets; 0 says nothing.</param>
/// <param name="LifetimeSeconds">As default router; 0 for none.</param>
/// <param name="ReachableMilliseconds">0 says nothing.</param>
/// <param name="RetransmissionMilliseconds">Between solicitations; 0 says nothing.</param>
public readonly record struct RouterAdvertisementHeader(
    byte HopLimit, RouterAdvertisementFlags Flags, ushort LifetimeSeconds, uint ReachableMilliseconds = 0, uint RetransmissionMilliseconds = 0)
    : INeighborDiscoveryMessage<RouterAdvertisementHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.RouterAdvertisement;

    public static RouterAdvertisementHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(1 + 2);
        return new RouterAdvertisementHeader(reader.Byte(), (RouterAdvertisementFlags)reader.Byte(), reader.UInt16(), reader.UInt32(), reader.UInt32());
    }

    public static void Write(RouterAdvertisementHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(1 + 2);
        writer.Byte(value.HopLimit);
        writer.Byte((byte)value.Flags);
        writer.UInt16(value.LifetimeSeconds);
        writer.UInt32(value.ReachableMilliseconds);
        writer.UInt32(value.RetransmissionMilliseconds);
    }
}
