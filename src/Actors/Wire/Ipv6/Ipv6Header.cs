using Topology.Addressing;

namespace Actors.Wire.Ipv6;

/// <summary>The fixed header (RFC 8200 section 3).</summary>
/// <param name="FlowLabel">20 bits.</param>
/// <param name="PayloadBytes">What follows this header, extension headers included; a packet's writer fills it in.</param>
public readonly record struct Ipv6Header(
    Address Source, Address Destination, byte HopLimit = 64, byte TrafficClass = 0, uint FlowLabel = 0, IpProtocol NextHeader = IpProtocol.NoNextHeader,
    ushort PayloadBytes = 0) : IWireFormat<Ipv6Header>
{
    public const int SizeBytes = 40;

    internal const int PayloadLengthOffset = 4;

    internal const int NextHeaderOffset = 6;

    internal const int HopLimitOffset = 7;

    private const uint FlowLabelMask = 0xF_FFFF;

    public static Ipv6Header Read(scoped ref WireReader reader)
    {
        var first = reader.UInt32();
        if (!reader.Failed && first >> 28 != 6)
            reader.Fail(ParseFault.BadVersion, 4);
        var payloadBytes = reader.UInt16();
        var next = (IpProtocol)reader.Byte();
        var hopLimit = reader.Byte();
        return new Ipv6Header(reader.Address(), reader.Address(), hopLimit, (byte)(first >> 20), first & FlowLabelMask, next, payloadBytes);
    }

    public static void Write(Ipv6Header value, scoped ref WireWriter writer)
    {
        writer.UInt32(6U << 28 | (uint)value.TrafficClass << 20 | (value.FlowLabel & FlowLabelMask));
        writer.UInt16(value.PayloadBytes);
        writer.Byte((byte)value.NextHeader);
        writer.Byte(value.HopLimit);
        writer.Address(value.Source);
        writer.Address(value.Destination);
    }
}
