namespace Actors.Network;

/// <summary>
/// The IPv6 packets that carry one message of the model: the parts that its own format splits it into, each of them fragmented
/// at its sender where it exceeds the least MTU. The receiver waits for all of them, and a part that is lost loses the message.
/// </summary>
public sealed class PacketPieces
{
    /// <summary>Every link of IPv6 carries so much (RFC 8200, section 5).</summary>
    public const int LeastMtuBytes = 1280;

    private const int FragmentHeaderBytes = 8;

    /// <summary>A multiple of 8, as of all fragments but the last (RFC 8200, section 4.5).</summary>
    private const int FragmentDataBytes = LeastMtuBytes - Packet.FixedHeaderBytes - FragmentHeaderBytes;

    private readonly List<int> _bytes = [];

    /// <param name="parts">Bytes after the IPv6 header of each part, without ESP.</param>
    /// <param name="espBytes">That ESP adds to each of them.</param>
    public PacketPieces(IReadOnlyList<int> parts, int espBytes)
    {
        Messages = parts.Count;
        foreach (var part in parts)
        {
            var data = part + espBytes;
            if (Packet.FixedHeaderBytes + data <= LeastMtuBytes)
            {
                _bytes.Add(Packet.FixedHeaderBytes + data);
                continue;
            }

            for (; data > 0; data -= FragmentDataBytes, Fragments++)
                _bytes.Add(Packet.FixedHeaderBytes + FragmentHeaderBytes + Math.Min(data, FragmentDataBytes));
        }

        SizeBytes = _bytes.Sum();
    }

    /// <summary>Size of each packet, in the order of sending.</summary>
    public IReadOnlyList<int> Bytes => _bytes;

    public int SizeBytes { get; }

    /// <summary>Parts, before any fragmentation.</summary>
    public int Messages { get; }

    /// <summary>Packets with a fragment header; 0 where every part fits.</summary>
    public int Fragments { get; }
}
