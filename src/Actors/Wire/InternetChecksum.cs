using System.Buffers.Binary;
using Actors.Wire.Ipv6;
using Topology.Addressing;

namespace Actors.Wire;

/// <summary>The checksum of ICMPv6, UDP and the mobility header (RFC 1071) with its pseudo-header (RFC 8200 section 8.1).</summary>
public static class InternetChecksum
{
    /// <summary>
    /// The value of the checksum field, computed with that field at zero; over bytes that include a right one, 0.
    /// </summary>
    /// <param name="source">Who sent it: with a home address option the home address (RFC 6275 section 6.1.1).</param>
    /// <param name="destination">Whom it is for: with a routing header the address in it.</param>
    /// <param name="protocol">Also in the pseudo-header of the mobility header 135, where RFC 3775 section 6.1.1 prints 2.</param>
    public static ushort Compute(Address source, Address destination, IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        var sum = Fold(source.Prefix) + Fold(source.InterfaceId) + Fold(destination.Prefix) + Fold(destination.InterfaceId)
            + (ulong)payload.Length + (ulong)protocol;
        for (; payload.Length >= 8; payload = payload[8..])
            sum += Fold(BinaryPrimitives.ReadUInt64BigEndian(payload));
        for (; payload.Length >= 2; payload = payload[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (payload.Length == 1)
            sum += (ulong)payload[0] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static ulong Fold(ulong value) => (value >> 32) + (value & uint.MaxValue);
}
