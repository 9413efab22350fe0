using Actors.Wire.Ipv6;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Writes mobility headers into packets.</summary>
public static class MobilityWriting
{
    /// <summary>A header's length is one byte, in units of 8 bytes not counting the first.</summary>
    private const int MaximumBytes = 2048;

    private const int LengthOffset = 1;

    /// <summary>A mobility header with this message; options follow.</summary>
    public static void BeginMobility<T>(this ref Ipv6PacketWriter packet, scoped T message)
        where T : IMobilityMessage<T>, allows ref struct
    {
        packet.Begin(IpProtocol.Mobility);
        ref var body = ref packet.Body;
        body.Byte((byte)IpProtocol.NoNextHeader);
        body.Byte(0);
        body.Byte((byte)T.Type);
        body.Zeros(3);
        T.Write(message, ref body);
    }

    /// <summary>An option of the message, with the padding that it needs before it.</summary>
    public static void AddMobilityOption<T>(this ref Ipv6PacketWriter packet, scoped T option)
        where T : IMobilityOption<T>, allows ref struct
    {
        ref var body = ref packet.Body;
        OptionAlignment.WritePadding(T.Alignment.PaddingBytes(packet.PayloadBytes), ref body);
        var start = body.Length;
        body.Byte(T.Type);
        body.Byte(0);
        T.Write(option, ref body);
        body.Written[start + 1] = checked((byte)(body.Length - start - 2));
    }

    /// <summary>Pads the header to a multiple of 8 bytes and fills in its length.</summary>
    internal static void End(ref Ipv6PacketWriter packet)
    {
        OptionAlignment.WritePadding(-packet.PayloadBytes & 7, ref packet.Body);
        if (packet.PayloadBytes > MaximumBytes)
            throw new ArgumentException($"A mobility header of {packet.PayloadBytes} bytes is longer than {MaximumBytes}: split it over several messages.");
        packet.Payload[LengthOffset] = (byte)(packet.PayloadBytes / 8 - 1);
    }
}
