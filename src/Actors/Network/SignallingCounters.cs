using Topology.Plans;

namespace Actors.Network;

/// <summary>Packets and bytes put on links, by class of link; one object per logical process, summed at the end.</summary>
public sealed class SignallingCounters
{
    private static readonly int Classes = Enum.GetValues<LinkClass>().Length;
    private readonly long[] _messages = new long[Classes];
    private readonly long[] _bytes = new long[Classes];

    /// <summary>Packets that a link lost: loss, outage, a full queue, or a receiver that had left the cell.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets that arrived damaged and were discarded; none of them is in <see cref="Lost"/>.</summary>
    public long Corrupted { get; private set; }

    /// <summary>Copies that links have made; they are not counted as put on a link.</summary>
    public long Duplicated { get; private set; }

    public long Messages(LinkClass link) => _messages[(int)link];

    public long Bytes(LinkClass link) => _bytes[(int)link];

    /// <summary>IPv6 fragments put on links.</summary>
    public long Fragments { get; private set; }

    public void Count(LinkClass link, Packet packet)
    {
        _messages[(int)link] += packet.Pieces?.Messages ?? 1;
        _bytes[(int)link] += packet.SizeBytes;
        Fragments += packet.Pieces?.Fragments ?? 0;
    }

    public void CountLost() => Lost++;

    public void CountCorrupted() => Corrupted++;

    public void CountDuplicated() => Duplicated++;

    public void Clear()
    {
        Array.Clear(_messages);
        Array.Clear(_bytes);
        Lost = Corrupted = Duplicated = Fragments = 0;
    }

    public void Add(SignallingCounters other)
    {
        for (var i = 0; i < Classes; i++)
        {
            _messages[i] += other._messages[i];
            _bytes[i] += other._bytes[i];
        }

        Lost += other.Lost;
        Corrupted += other.Corrupted;
        Duplicated += other.Duplicated;
        Fragments += other.Fragments;
    }
}
