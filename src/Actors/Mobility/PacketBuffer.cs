using Actors.Network;

namespace Actors.Mobility;

/// <summary>Packets of data that a router holds back for one mobile node, in the order of their arrival.</summary>
/// <param name="limitPackets">What comes when so many are held is dropped; null for no limit, 0 for a router that holds nothing back.</param>
public sealed class PacketBuffer(int? limitPackets = null)
{
    private readonly Queue<Packet> _packets = new();

    public int Count => _packets.Count;

    public void Add(Packet packet, Effects effects)
    {
        var isFull = _packets.Count >= limitPackets;
        effects.CountData(isFull ? DataEvent.Overflowed : DataEvent.Buffered, packet.Message.Data!);
        if (!isFull)
            _packets.Enqueue(packet.Noting(DataPath.Buffered));
    }

    /// <summary>Let every packet go, the oldest first.</summary>
    public void Release(Action<Packet> send, Effects effects)
    {
        while (_packets.TryDequeue(out var packet))
        {
            effects.CountData(DataEvent.Released, packet.Message.Data!);
            send(packet);
        }
    }
}
