using Actors.Kernel;

namespace Actors.Network;

/// <summary>What one end has received of one stream in a run.</summary>
internal sealed class DataReception
{
    /// <summary>
    /// Packets that many behind the newest cannot be told apart any more, and count as lost: the sequence numbers of RTP have
    /// 16 bits (RFC 3550 section 5.1).
    /// </summary>
    private const int Window = 1 << 16;

    private readonly List<ulong> _received = [];
    private int _firstWord;
    private int _next;
    private long? _lastTransit;
    private long _jitter;
    private HandoverData? _handover;

    /// <summary>When the last packet arrived on the present link; null before the first.</summary>
    public SimTime? LastOnLink { get; private set; }

    /// <summary>The node has left its link, or come to another.</summary>
    public void LeaveLink() => LastOnLink = null;

    /// <summary>A handover begins, which what comes from now on belongs to.</summary>
    public void Begin(HandoverKey handover, DataMeasurement measurement)
    {
        _handover = new HandoverData(handover, _next, _handover);
        measurement.Add(_handover);
    }

    /// <summary>A packet has arrived.</summary>
    public void Take(DataPacket packet, SimTime now, DataMeasurement measurement)
    {
        LastOnLink = now;
        var isLate = packet.Sequence < _next;
        if (!IsNew(packet.Sequence))
        {
            measurement.Counters.Count(DataEvent.Duplicated, packet.Direction);
            _handover?.Repeat();
            return;
        }

        _handover?.Take(packet, isLate ? 0 : packet.Sequence - _next, isLate);
        if (isLate)
            measurement.Counters.Count(DataEvent.Reordered, packet.Direction);
        else
            _next = packet.Sequence + 1;
        measurement.Received(packet, now, Jitter((now - packet.SentAt).Ticks), _handover?.Handover.Number ?? 0);
    }

    /// <summary>J += (|D| - J) / 16, in 16ths of a tick, as RFC 3550 appendix A.8 computes it.</summary>
    private long Jitter(long transit)
    {
        if (_lastTransit is { } last)
            _jitter += Math.Abs(transit - last) - ((_jitter + 8) >> 4);
        _lastTransit = transit;
        return _jitter >> 4;
    }

    private bool IsNew(int sequence)
    {
        var (word, bit) = ((sequence >> 6) - _firstWord, 1UL << (sequence & 63));
        if (word < 0)
            return false;
        while (_received.Count <= word)
            _received.Add(0);
        if ((_received[word] & bit) != 0)
            return false;
        _received[word] |= bit;
        var spare = _received.Count - 2 * Window / 64;
        if (spare > 0)
        {
            _received.RemoveRange(0, _received.Count - Window / 64);
            _firstWord = (sequence >> 6) + 1 - _received.Count;
        }

        return true;
    }
}
