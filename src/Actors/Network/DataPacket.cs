using Actors.Kernel;
using Topology.Plans;

namespace Actors.Network;

/// <summary>One packet of a stream of application data, to the home address of a mobile node.</summary>
/// <param name="Mobile">The receiver, whose stream it is.</param>
/// <param name="Sequence">From 0, one by one.</param>
/// <param name="SentAt">When it was sent: for the measurement, no bytes on the wire.</param>
/// <param name="PayloadBytes">Of the application.</param>
public sealed record DataPacket(NodeId Mobile, int Sequence, SimTime SentAt, int PayloadBytes) : Message
{
    /// <summary>Whether it goes to the care-of address and names the home address in a routing header of type 2 (RFC 6275 section 6.4).</summary>
    public bool IsRouteOptimised { get; init; }

    /// <summary>UDP header 8, RTP header 12, payload; routing header 24.</summary>
    public override int SizeBytes => 20 + PayloadBytes + (IsRouteOptimised ? 24 : 0);

    public override string Name => "DATA";

    public override DataPacket Data => this;
}

/// <summary>What happens to packets of data on their way.</summary>
public enum DataEvent : byte
{
    /// <summary>Sent by the correspondent.</summary>
    Sent,

    /// <summary>Received by the mobile node for the first time.</summary>
    Received,

    /// <summary>Received once more.</summary>
    Duplicated,

    /// <summary>Received after one that was sent later (RFC 4737 section 3.3).</summary>
    Reordered,

    /// <summary>Held back by a router.</summary>
    Buffered,

    /// <summary>Sent on by a previous router in a tunnel.</summary>
    Forwarded,
}

/// <summary>Packets of data by what happened to them; one object per logical process, summed at the end.</summary>
public sealed class DataCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<DataEvent>().Length];

    public long this[DataEvent what] => _counts[(int)what];

    /// <summary>Packets that the mobile nodes have not received by the end of the run.</summary>
    public long Lost => this[DataEvent.Sent] - this[DataEvent.Received];

    public void Count(DataEvent what) => _counts[(int)what]++;

    public void Clear() => Array.Clear(_counts);

    public void Add(DataCounters other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }
}
