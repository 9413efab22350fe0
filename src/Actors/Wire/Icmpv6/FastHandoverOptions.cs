using Actors.Wire.MobilityHeaders;
using Topology.Addressing;

namespace Actors.Wire.Icmpv6;

/// <summary>IP Address/Prefix (RFC 5568 section 6.4.1).</summary>
/// <param name="PrefixBits">Leading bits that count, 0 to 128.</param>
public readonly record struct AddressPrefixOption(FastHandoverAddressCode Code, Address Address, byte PrefixBits = 128)
    : INeighborDiscoveryOption<AddressPrefixOption>
{
    public static byte Type => 17;

    public static AddressPrefixOption Read(scoped ref WireReader reader)
    {
        var code = (FastHandoverAddressCode)reader.Byte();
        var prefixBits = reader.Byte();
        if (prefixBits > 128)
            reader.Fail(ParseFault.BadValue, 1);
        reader.Skip(4);
        return new AddressPrefixOption(code, reader.Address(), prefixBits);
    }

    public static void Write(AddressPrefixOption value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Code);
        writer.Byte(value.PrefixBits);
        writer.Zeros(4);
        writer.Address(value.Address);
    }
}

/// <summary>Neighbor Advertisement Acknowledgment (RFC 5568 section 6.4.6).</summary>
/// <param name="Status">1 to 4 and 128: why the new care-of address of the UNA will not do.</param>
/// <param name="NewCareOfAddress">Supplied with status 2.</param>
public readonly record struct NeighborAdvertisementAcknowledgmentOption(byte Status, Address? NewCareOfAddress)
    : INeighborDiscoveryOption<NeighborAdvertisementAcknowledgmentOption>
{
    public static byte Type => 20;

    public static NeighborAdvertisementAcknowledgmentOption Read(scoped ref WireReader reader)
    {
        reader.Skip(1);
        var status = reader.Byte();
        reader.Skip(4);
        return new NeighborAdvertisementAcknowledgmentOption(status, reader.Remaining >= 16 ? reader.Address() : null);
    }

    public static void Write(NeighborAdvertisementAcknowledgmentOption value, scoped ref WireWriter writer)
    {
        writer.Byte(0);
        writer.Byte(value.Status);
        writer.Zeros(4);
        if (value.NewCareOfAddress is { } address)
            writer.Address(address);
    }
}

