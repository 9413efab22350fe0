using Actors.Network;

namespace Actors.Mobility;

/// <summary>Packets of data that a router holds back for one mobile node, in the order of their arrival.</summary>
public sealed class PacketBuffer
{
    private readonly Queue<Packet> _packets = new();

    public int Count => _packets.Count;

    public void Add(Packet packet, Effects effects)
    {
        _packets.Enqueue(packet);
        effects.CountData(DataEvent.Buffered);
    }

    /// <summary>Let every packet go, the oldest first.</summary>
    public void Release(Action<Packet> send)
    {
        while (_packets.TryDequeue(out var packet))
            send(packet);
    }
}
