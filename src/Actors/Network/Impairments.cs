using Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>What can happen to a packet on a link besides its propagation: loss, outage, jitter, transmission and queueing.</summary>
internal sealed class Impairments(LinkSpec spec)
{
    private readonly Queue<long> _departures = new();
    private RandomStream _losses;
    private RandomStream _jitter;
    private long _busyUntil;

    /// <summary>Whether a link has any of them; one that has none keeps no state per packet.</summary>
    public static bool Has(LinkSpec spec) =>
        spec.Bandwidth is not null || spec.Loss > 0 || spec.Jitter is not null || spec.Outages.Count > 0;

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
    }

    /// <summary>False when the packet is lost; else what it costs beyond propagation: waiting, transmission and jitter.</summary>
    public bool TryPass(int sizeBytes, SimTime now, out TimeSpan extra)
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

        if (spec.Jitter is { } jitter)
            extra += jitter.Sample(ref _jitter);
        return true;
    }
}
