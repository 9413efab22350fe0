using Topology.Addressing;

namespace Actors.Wire.Icmpv6;

/// <summary>Flags of a Prefix Information option (RFC 4861 section 4.6.2; R of RFC 6275 section 7.2).</summary>
[Flags]
public enum PrefixFlags : byte
{
    None = 0,
    OnLink = 0x80,
    Autonomous = 0x40,

    /// <summary>The prefix field holds the router's whole address.</summary>
    RouterAddress = 0x20,
}

/// <summary>Prefix Information (RFC 4861 section 4.6.2).</summary>
/// <param name="PrefixBits">Leading bits that count, 0 to 128.</param>
public readonly record struct PrefixInformationOption(byte PrefixBits, PrefixFlags Flags, uint ValidSeconds, uint PreferredSeconds, Address Prefix)
    : INeighborDiscoveryOption<PrefixInformationOption>
{
    public static byte Type => 3;

    public static PrefixInformationOption Read(scoped ref WireReader reader)
    {
        var prefixBits = reader.Byte();
        if (prefixBits > 128)
            reader.Fail(ParseFault.BadValue, 1);
        var flags = (PrefixFlags)reader.Byte();
        var valid = reader.UInt32();
        var preferred = reader.UInt32();
        reader.Skip(4);
        return new PrefixInformationOption(prefixBits, flags, valid, preferred, reader.Address());
    }

    public static void Write(PrefixInformationOption value, scoped ref WireWriter writer)
    {
        writer.Byte(value.PrefixBits);
        writer.Byte((byte)value.Flags);
        writer.UInt32(value.ValidSeconds);
        writer.UInt32(value.PreferredSeconds);
        writer.Zeros(4);
        writer.Address(value.Prefix);
    }
}

/// <summary>MTU (RFC 4861 section 4.6.4).</summary>
public readonly record struct MtuOption(uint MtuBytes) : INeighborDiscoveryOption<MtuOption>
{
    public static byte Type => 5;

    public static MtuOption Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new MtuOption(reader.UInt32());
    }

    public static void Write(MtuOption value, scoped ref WireWriter writer)
    {
        writer.Zeros(2);
        writer.UInt32(value.MtuBytes);
    }
}

/// <summary>Mobility Anchor Point (RFC 5380 section 5).</summary>
/// <param name="Distance">Hops, 1 to 15.</param>
/// <param name="Preference">0 to 15, the highest the best.</param>
/// <param name="FormsRegionalAddress">R flag: the mobile node forms its regional care-of address from the anchor's prefix.</param>
/// <param name="LifetimeSeconds">Of anchor and regional care-of address.</param>
public readonly record struct AnchorPointOption(byte Distance, byte Preference, bool FormsRegionalAddress, uint LifetimeSeconds, Address Anchor)
    : INeighborDiscoveryOption<AnchorPointOption>
{
    private const byte RegionalFlag = 0x80;

    public static byte Type => 23;

    public static AnchorPointOption Read(scoped ref WireReader reader)
    {
        var both = reader.Byte();
        var flags = reader.Byte();
        return new AnchorPointOption((byte)(both >> 4), (byte)(both & 15), (flags & RegionalFlag) != 0, reader.UInt32(), reader.Address());
    }

    public static void Write(AnchorPointOption value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)(value.Distance << 4 | (value.Preference & 15)));
        writer.Byte(value.FormsRegionalAddress ? RegionalFlag : (byte)0);
        writer.UInt32(value.LifetimeSeconds);
        writer.Address(value.Anchor);
    }
}
