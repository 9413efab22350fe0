using Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// What can happen to a packet on a link besides its propagation: loss, outage, jitter, transmission and queueing, and at its
/// end damage, a copy, and being held back. Each draws from a stream of its own, so that one does not move another.
/// </summary>
internal sealed class Impairments(LinkSpec spec)
{
    private readonly Queue<long> _departures = new();
    private RandomStream _losses;
    private RandomStream _jitter;
    private RandomStream _corruptions;
    private RandomStream _bits;
    private RandomStream _copies;
    private RandomStream _reorderings;
    private long _busyUntil;

    /// <summary>Whether a link has any of them; one that has none keeps no state per packet.</summary>
    public static bool Has(LinkSpec spec) =>
        spec.Bandwidth is not null || spec.Loss > 0 || spec.Jitter is not null || spec.Outages.Count > 0
        || spec.Corruption > 0 || spec.Duplication > 0 || spec.Reordering is { Probability: > 0 };

    /// <summary>
    /// Whether an uplink needs a medium of its own, where packets of the cell's mobile nodes meet. Jitter does not: it is part
    /// of each crossing, and so of the lookahead.
    /// </summary>
    public static bool NeedMedium(LinkSpec uplink) => Has(uplink with { Jitter = null });

    public void Reset(RunContext run, ulong identity)
    {
        _departures.Clear();
        _busyUntil = 0;
        _losses = run.Stream(identity, StreamPurpose.LinkLoss);
        _jitter = run.Stream(identity, StreamPurpose.LinkJitter);
        _corruptions = run.Stream(identity, StreamPurpose.LinkCorruption);
        _bits = run.Stream(identity, StreamPurpose.LinkCorruption, index: 1);
        _copies = run.Stream(identity, StreamPurpose.LinkDuplication);
        _reorderings = run.Stream(identity, StreamPurpose.LinkReordering);
    }

    /// <summary>
    /// The uplink as each crossing sees it: what the mobile nodes of a cell do not meet at. The rest is the medium's.
    /// </summary>
    public static LinkSpec Crossing(LinkSpec uplink) =>
        uplink with { Bandwidth = null, Loss = 0, Outages = [], Corruption = 0, Duplication = 0, Reordering = null };

    /// <summary>False when the packet, or one of its pieces, is lost; else what it waits for and its transmission take.</summary>
    public bool TryPass(Packet packet, SimTime now, out TimeSpan extra)
    {
        if (packet.Pieces is not { } pieces)
            return TryPass(packet.SizeBytes, now, out extra);
        extra = TimeSpan.Zero;
        var passes = true;
        foreach (var sizeBytes in pieces.Bytes)
            passes &= TryPass(sizeBytes, now, out extra);
        return passes;
    }

    /// <summary>Whether the packet arrives a second time, with all its pieces: part of it alone is discarded.</summary>
    public bool IsDoubled(Packet packet)
    {
        var isDoubled = spec.Duplication > 0;
        for (var piece = 0; isDoubled && piece < Pieces(packet); piece++)
            isDoubled = _copies.NextDouble() < spec.Duplication;
        return isDoubled;
    }

    /// <summary>Whether any piece of what arrives is damaged; then it has used the link for nothing.</summary>
    public bool IsDamaged(Packet packet)
    {
        var isDamaged = false;
        for (var piece = 0; spec.Corruption > 0 && !isDamaged && piece < Pieces(packet); piece++)
            isDamaged = _corruptions.NextDouble() < spec.Corruption;
        return isDamaged;
    }

    /// <summary>How much later than others the last piece is: jitter, and the time for which it is held back.</summary>
    public TimeSpan Lateness(Packet packet)
    {
        var latest = Lateness();
        for (var piece = 1; piece < Pieces(packet); piece++)
        {
            if (Lateness() is var late && late > latest)
                latest = late;
        }

        return latest;
    }

    private static int Pieces(Packet packet) => packet.Pieces?.Bytes.Count ?? 1;

    private bool TryPass(int sizeBytes, SimTime now, out TimeSpan extra)
    {
        extra = TimeSpan.Zero;
        if (spec.Loss > 0 && _losses.NextDouble() < spec.Loss)
            return false;
        foreach (var outage in spec.Outages)
        {
            if (now.Ticks >= outage.From.Ticks && now.Ticks < outage.Until.Ticks)
                return false;
        }

        if (spec.Bandwidth is { } rate)
        {
            while (_departures.TryPeek(out var departure) && departure <= now.Ticks)
                _departures.Dequeue();

            // The head of the queue is in the transmitter, so one more than the limit may be underway.
            if (_departures.Count > spec.QueuePackets)
                return false;
            _busyUntil = Math.Max(_busyUntil, now.Ticks) + rate.TransmissionTime(sizeBytes).Ticks;
            _departures.Enqueue(_busyUntil);
            extra = TimeSpan.FromTicks(_busyUntil - now.Ticks);
        }

        return true;
    }

    /// <summary>Which of so many bits is damaged.</summary>
    public int NextBit(int bits) => _bits.NextInt32(bits);

    private TimeSpan Lateness()
    {
        var late = spec.Jitter?.Sample(ref _jitter) ?? TimeSpan.Zero;
        return spec.Reordering is { } reordering && _reorderings.NextDouble() < reordering.Probability
            ? late + reordering.Delay.Sample(ref _reorderings)
            : late;
    }
}
