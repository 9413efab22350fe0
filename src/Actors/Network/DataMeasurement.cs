using Actors.Kernel;
using Topology.Plans;

namespace Actors.Network;

/// <summary>
/// What the receivers of data have measured: counts, delays and jitter; and each single packet, where that is asked for. One
/// object per logical process, put together at the end.
/// </summary>
/// <param name="recordsPackets">Whether every packet is kept; else memory does not grow with their number.</param>
public sealed class DataMeasurement(bool recordsPackets = false)
{
    private readonly TickHistogram[] _delays = [new(), new()];
    private readonly TickHistogram[] _jitters = [new(), new()];
    private readonly List<HandoverData> _handovers = [];
    private readonly List<(DataPacket Packet, PacketArrival? Arrival)> _packets = [];

    public DataCounters Counters { get; } = new();

    /// <summary>From application to application, of the packets received.</summary>
    public TickHistogram Delay(DataDirection direction) => _delays[(int)direction];

    /// <summary>The estimate of RFC 3550 after each packet received.</summary>
    public TickHistogram Jitter(DataDirection direction) => _jitters[(int)direction];

    /// <summary>What the mobile nodes have received after each of their handovers, in order of mobile node and handover.</summary>
    public IReadOnlyList<HandoverData> Handovers => _handovers;

    /// <summary>Every packet sent, in order of mobile node, direction and sequence; none where they are not asked for.</summary>
    public IReadOnlyList<PacketRecord> Packets => [.. PacketRecord.Of(_packets)];

    internal void Sent(DataPacket packet)
    {
        Counters.Count(DataEvent.Sent, packet.Direction);
        if (recordsPackets)
            _packets.Add((packet, null));
    }

    internal void Received(DataPacket packet, SimTime at, long jitterTicks, int handover)
    {
        var delay = (at - packet.SentAt).Ticks;
        Counters.Count(DataEvent.Received, packet.Direction);
        Delay(packet.Direction).Add(delay);
        Jitter(packet.Direction).Add(jitterTicks);
        if (recordsPackets)
            _packets.Add((packet, new PacketArrival(at, jitterTicks, handover)));
    }

    internal void Add(HandoverData handover) => _handovers.Add(handover);

    internal void Clear()
    {
        Counters.Clear();
        foreach (var histogram in _delays.Concat(_jitters))
            histogram.Clear();
        _handovers.Clear();
        _packets.Clear();
    }

    internal void Add(DataMeasurement other)
    {
        Counters.Add(other.Counters);
        for (var direction = 0; direction < _delays.Length; direction++)
        {
            _delays[direction].Add(other._delays[direction]);
            _jitters[direction].Add(other._jitters[direction]);
        }

        _packets.AddRange(other._packets);
        _handovers.AddRange(other._handovers);
        _handovers.Sort((left, right) => (left.Handover.Mobile.Index, left.Handover.Number).CompareTo((right.Handover.Mobile.Index, right.Handover.Number)));
    }
}

/// <summary>The arrival of a packet of data at the other application.</summary>
/// <param name="JitterTicks">The receiver's estimate with this packet.</param>
/// <param name="Handover">The number of the mobile node's latest handover; 0 before the first, and at a correspondent, which knows of none.</param>
public readonly record struct PacketArrival(SimTime At, long JitterTicks, int Handover);

/// <summary>One packet of data.</summary>
/// <param name="Arrival">Null for one that is lost.</param>
/// <param name="Path">What routers have done with it.</param>
public sealed record PacketRecord(NodeId Mobile, DataDirection Direction, int Sequence, SimTime SentAt, PacketArrival? Arrival, DataPath Path, bool IsRouteOptimised)
{
    /// <summary>From application to application; null for a packet that is lost.</summary>
    public TimeSpan? Delay => Arrival?.At - SentAt;

    /// <summary>A packet was noted when it was sent, and once more when it was received.</summary>
    internal static IEnumerable<PacketRecord> Of(IEnumerable<(DataPacket Packet, PacketArrival? Arrival)> notes) =>
        from note in notes
        group note by (Mobile: note.Packet.Mobile.Index, note.Packet.Direction, note.Packet.Sequence) into packet
        orderby packet.Key
        let last = packet.FirstOrDefault(note => note.Arrival is not null, packet.First())
        select new PacketRecord(
            last.Packet.Mobile, packet.Key.Direction, packet.Key.Sequence, last.Packet.SentAt, last.Arrival, last.Packet.Path, last.Packet.IsRouteOptimised);
}

/// <summary>
/// What a mobile node has received from a handover's trigger to the next one's. Lost is what is missing between the packets
/// received; what nothing follows is not noticed.
/// </summary>
public sealed class HandoverData(HandoverKey handover, int firstSequence, HandoverData? former)
{
    public HandoverKey Handover { get; } = handover;

    public int Received { get; private set; }

    public int Lost { get; private set; }

    public int Duplicated { get; private set; }

    public int Reordered { get; private set; }

    /// <summary>Received after a router had held them back.</summary>
    public int Buffered { get; private set; }

    /// <summary>Received after a previous router had sent them on.</summary>
    public int Forwarded { get; private set; }

    /// <summary>The first packet that this handover can lose, and the handover that lost the ones before.</summary>
    private int FirstSequence { get; } = firstSequence;

    private HandoverData? Former { get; } = former;

    internal void Repeat() => Duplicated++;

    internal void Take(DataPacket packet, int missing, bool isLate)
    {
        Received++;
        Lost += missing;
        if (isLate)
        {
            Reordered++;
            OwnerOf(packet.Sequence)?.Found();
        }

        if (packet.Path.HasFlag(DataPath.Buffered))
            Buffered++;
        if (packet.Path.HasFlag(DataPath.Forwarded))
            Forwarded++;
    }

    private void Found() => Lost--;

    private HandoverData? OwnerOf(int sequence) => sequence >= FirstSequence ? this : Former?.OwnerOf(sequence);
}
