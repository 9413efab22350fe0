using Actors.Kernel;
using Actors.Network.Forms;
using Actors.Wire.Ipv6;
using Topology.Plans;

namespace Actors.Network;

/// <summary>Packets by what their receivers made of their bytes; one object per logical process, summed at the end.</summary>
public sealed class WireCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<WireVerdict>().Length];

    public long this[WireVerdict verdict] => _counts[(int)verdict];

    internal void Count(WireVerdict verdict) => _counts[(int)verdict]++;

    internal void Add(WireCounters other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }
}

/// <summary>
/// The part of a node's shell that wire mode adds: packets leave as bytes, really signed and encrypted, and what arrives is read,
/// verified and decrypted before a machine sees it. Virtual time does not notice.
/// </summary>
internal sealed class WireShell(PacketCodec codec)
{
    public WireCounters Counters { get; } = new();

    /// <summary>A packet as bytes; one that has come as bytes and is passed on keeps them.</summary>
    public Packet Write(NodeId node, Packet packet, SimTime now)
    {
        if (packet.Message is WireMessage)
            return packet;
        var bytes = codec.Encode(node, packet, now);
        if (bytes.Length != packet.SizeBytes)
            throw new InvalidOperationException($"{packet} counts {packet.SizeBytes} bytes, its form has {bytes.Length}: let both agree");
        return new Packet(packet.Source, packet.Destination, new WireMessage(bytes, packet.Message, packet.EspBytes), packet.Handover, packet.EspBytes);
    }

    /// <summary>What a packet for this node says; false for one that nobody should believe.</summary>
    public bool TryRead(NodeId node, Packet packet, SimTime now, out Packet read)
    {
        var verdict = codec.Decode(node, packet, now, out read);
        Counters.Count(verdict);
        return verdict == WireVerdict.Accepted;
    }

    /// <summary>
    /// What a packet on its way through this node says; as bytes where that is none of its business, or not to be understood. False
    /// for one under protection that ends here and does not hold.
    /// </summary>
    public bool TryReadTransit(NodeId node, Packet packet, SimTime now, out Packet read)
    {
        var verdict = codec.Decode(node, packet, now, out read);
        if (verdict is not (WireVerdict.Forged or WireVerdict.Replayed))
            return true;
        Counters.Count(verdict);
        return false;
    }

    /// <summary>The packet with one bit behind its fixed header turned over.</summary>
    /// <param name="choose">One of so many.</param>
    public static Packet Damaged(Packet packet, Func<int, int> choose)
    {
        var message = (WireMessage)packet.Message;
        var bytes = (byte[])message.Bytes.Clone();
        var bit = choose((bytes.Length - Ipv6Header.SizeBytes) * 8);
        bytes[Ipv6Header.SizeBytes + bit / 8] ^= (byte)(1 << bit % 8);
        return new Packet(packet.Source, packet.Destination, message with { Bytes = bytes }, packet.Handover, packet.EspBytes);
    }
}
