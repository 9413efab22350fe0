using Topology.Addressing;

namespace Actors.Network;

/// <summary>
/// Packets of one logical process that have done their service, to be written anew. With many mobile nodes the collector's work is to
/// look through every actor that has held something new since it last came by; what is old already it passes over.
/// </summary>
internal sealed class PacketPool(bool reuses)
{
    /// <summary>
    /// Few, for what comes in beyond what fluctuates has left another process for good: where n are kept, about one packet in n is made anew.
    /// </summary>
    private const int Most = 1 << 10;

    private readonly Stack<Packet> _free = [];

    public Packet Lend(Address source, Address destination, Message message, HandoverKey handover, int espBytes)
    {
        if (_free.TryPop(out var packet))
            packet.Write(source, destination, message, handover, espBytes);
        else
            packet = new Packet(source, destination, message, handover, espBytes);
        packet.IsLent = true;
        return packet;
    }

    /// <summary>The machine that <paramref name="packet"/> was for has made its step; only one that is lent comes back.</summary>
    public void TakeBack(Packet packet)
    {
        if (!packet.IsLent)
            return;
        packet.Clear();
        if (reuses && _free.Count < Most)
            _free.Push(packet);
    }
}
