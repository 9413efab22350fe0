using Actors.Wire.Ipv6;

namespace Actors.Wire.Icmpv6;

/// <summary>Writes neighbor discovery messages into packets, whose hop limit must be 255 (RFC 4861 section 4).</summary>
public static class NeighborDiscoveryWriting
{
    /// <summary>An option's length is one byte, in units of 8 bytes.</summary>
    private const int MaximumOptionBytes = 2040;

    /// <summary>An ICMPv6 message; options follow.</summary>
    public static void BeginNeighborDiscovery<T>(this ref Ipv6PacketWriter packet, scoped T message)
        where T : INeighborDiscoveryMessage<T>, allows ref struct
    {
        packet.Begin(IpProtocol.Icmpv6);
        packet.Body.Byte((byte)T.Type);
        T.Write(message, ref packet.Body);
    }

    /// <summary>An option of the message, padded with zeros.</summary>
    public static void AddNeighborDiscoveryOption<T>(this ref Ipv6PacketWriter packet, scoped T option)
        where T : INeighborDiscoveryOption<T>, allows ref struct
    {
        ref var body = ref packet.Body;
        var start = body.Length;
        body.Byte(T.Type);
        body.Byte(0);
        T.Write(option, ref body);
        body.Zeros(-(body.Length - start) & 7);
        var length = body.Length - start;
        if (length > MaximumOptionBytes)
            throw new ArgumentException($"A neighbor discovery option of {length} bytes is longer than {MaximumOptionBytes}: split it.");
        body.Written[start + 1] = (byte)(length / 8);
    }
}
