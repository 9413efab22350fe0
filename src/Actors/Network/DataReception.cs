using Actors.Kernel;

namespace Actors.Network;

/// <summary>What a mobile node has received of its stream in a run.</summary>
internal sealed class DataReception
{
    private readonly List<ulong> _received = [];
    private int _next;

    /// <summary>When the last packet arrived on the present link; null before the first.</summary>
    public SimTime? LastOnLink { get; private set; }

    /// <summary>The node has left its link, or come to another.</summary>
    public void LeaveLink() => LastOnLink = null;

    /// <summary>A packet has arrived.</summary>
    public void Take(DataPacket packet, SimTime now, DataCounters counters)
    {
        LastOnLink = now;
        if (!IsNew(packet.Sequence))
        {
            counters.Count(DataEvent.Duplicated);
            return;
        }

        counters.Count(DataEvent.Received);
        if (packet.Sequence < _next)
            counters.Count(DataEvent.Reordered);
        else
            _next = packet.Sequence + 1;
    }

    private bool IsNew(int sequence)
    {
        var (word, bit) = (sequence >> 6, 1UL << (sequence & 63));
        while (_received.Count <= word)
            _received.Add(0);
        if ((_received[word] & bit) != 0)
            return false;
        _received[word] |= bit;
        return true;
    }
}
