using System.Text;
using Actors.Wire.Ipv6;

namespace Actors.Network.Forms;

/// <summary>
/// A message without a form crosses as an ICMPv6 message for private experimentation (RFC 4443 section 2.1) of code 255, with its
/// name and zeros up to exactly the bytes that it counts. What it says is not in them: who gets them intact gets the message.
/// </summary>
internal static class Formless
{
    public const byte Code = 255;

    /// <summary>Type, code, checksum.</summary>
    private const int HeaderBytes = 4;

    public static void Write(Message message, ref Ipv6PacketWriter writer)
    {
        var size = message.SizeBytes;
        if (size < HeaderBytes)
        {
            writer.Begin(IpProtocol.NoNextHeader);
            writer.Body.Zeros(size);
            return;
        }

        writer.Begin(IpProtocol.Icmpv6);
        writer.Body.Byte(FormKey.ExperimentalAnswer);
        writer.Body.Byte(Code);
        writer.Body.Zeros(2);
        var name = Encoding.UTF8.GetBytes(message.Name);
        var shown = Math.Min(name.Length, size - HeaderBytes);
        writer.Body.Bytes(name.AsSpan(0, shown));
        writer.Body.Zeros(size - HeaderBytes - shown);
    }

    /// <summary>Whether these are the bytes of such a message, intact.</summary>
    public static bool Is(Ipv6Packet packet) =>
        packet.Protocol == IpProtocol.NoNextHeader
        || (FormKey.Of(packet) is { Kind: FormKey.ExperimentalAnswer, Subtype: Code, Protocol: IpProtocol.Icmpv6 } && packet.HasGoodChecksum);
}

/// <summary>
/// What a link carries in wire mode: bytes. Beside them goes what is measured and counted, which has none; only the shells and
/// observers look at it.
/// </summary>
/// <param name="Bytes">The whole packet, IPv6 header included.</param>
/// <param name="Origin">As it was sent.</param>
/// <param name="EspBytes">Of them, what ESP has added, as far as that is known.</param>
internal sealed record WireMessage(byte[] Bytes, Message Origin, int EspBytes = 0) : Message
{
    public override int SizeBytes => Bytes.Length - Ipv6Header.SizeBytes - EspBytes;

    public override string Name => Origin.Name;

    public override DataPacket? Data => Origin.Data;
}
