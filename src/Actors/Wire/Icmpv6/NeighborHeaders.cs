using Topology.Addressing;

namespace Actors.Wire.Icmpv6;

/// <summary>Neighbor Solicitation (RFC 4861 section 4.3).</summary>
public readonly record struct NeighborSolicitationHeader(Address Target) : INeighborDiscoveryMessage<NeighborSolicitationHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.NeighborSolicitation;

    public static NeighborSolicitationHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(1 + 2 + 4);
        return new NeighborSolicitationHeader(reader.Address());
    }

    public static void Write(NeighborSolicitationHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(1 + 2 + 4);
        writer.Address(value.Target);
    }
}

/// <summary>Flags of a Neighbor Advertisement (RFC 4861 section 4.4).</summary>
[Flags]
public enum NeighborAdvertisementFlags : byte
{
    /// <summary>R = S = O = 0: an Unsolicited Neighbor Advertisement (RFC 5568 section 6.3).</summary>
    None = 0,
    Router = 0x80,
    Solicited = 0x40,
    Override = 0x20,
}

/// <summary>Neighbor Advertisement (RFC 4861 section 4.4); UNA (RFC 5568 section 6.3) without a flag.</summary>
public readonly record struct NeighborAdvertisementHeader(NeighborAdvertisementFlags Flags, Address Target)
    : INeighborDiscoveryMessage<NeighborAdvertisementHeader>
{
    public static Icmpv6Type Type => Icmpv6Type.NeighborAdvertisement;

    public static NeighborAdvertisementHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(1 + 2);
        var flags = (NeighborAdvertisementFlags)reader.Byte();
        reader.Skip(3);
        return new NeighborAdvertisementHeader(flags, reader.Address());
    }

    public static void Write(NeighborAdvertisementHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(1 + 2);
        writer.Byte((byte)value.Flags);
        writer.Zeros(3);
        writer.Address(value.Target);
    }
}
