using Actors.Network;

namespace Actors.Mobility;

/// <summary>A request that may be sent only so often.</summary>
public interface IRateLimited
{
    /// <summary>Between two transmissions; positive.</summary>
    TimeSpan LeastInterval { get; }
}

/// <summary>
/// A request that is sent again until it is answered: after the first timeout, then after twice the time of each wait
/// before, at most <see cref="MaxRetries"/> times (RFC 5568 section 9, RFC 3775 section 11.8). Used again for the next
/// request of the same party, so that an idle node keeps one object.
/// </summary>
public class Exchange : ProtocolTimer
{
    public const int MaxRetries = 3;

    /// <summary>MAX_BINDACK_TIMEOUT of RFC 3775 section 12: no wait grows beyond it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(32);

    private TimeSpan _timeout;
    private int _retries;

    /// <summary>The request that waits for its answer; null while there is none.</summary>
    public Packet? Request { get; private set; }

    public bool IsOpen => Request is not null;

    public override string Name => Request is null ? "timer" : Request.Message.Name + " retransmission";

    /// <summary>Send a request and wait for its answer; takes the place of the request before.</summary>
    public void Open(Packet request, TimeSpan timeout, Effects effects)
    {
        effects.Send(request);
        Await(request, timeout, effects);
    }

    /// <summary>Wait for the answer to a request that another node sends on this one's behalf; send it only if none comes.</summary>
    public void Await(Packet request, TimeSpan timeout, Effects effects)
    {
        Request = request;
        _timeout = timeout;
        _retries = 0;
        effects.Start(this, timeout);
    }

    /// <summary>Whether the timer, which has expired, may be followed by one more transmission.</summary>
    public bool MayRepeat => IsOpen && _retries < MaxRetries;

    /// <summary>Send the request again, or in its place a <paramref name="renewed"/> one, and wait twice as long as before.</summary>
    public void Repeat(Effects effects, Packet? renewed = null)
    {
        Request = renewed ?? Request ?? throw new InvalidOperationException("no request is open");
        _retries++;
        if (_timeout < LongestWait)
            _timeout = 2 * _timeout < LongestWait ? 2 * _timeout : LongestWait;
        effects.Send(Request);
        effects.Start(this, _timeout);
    }

    /// <summary>Answered or given up: no more retransmission.</summary>
    public void Close(Effects effects)
    {
        if (!IsOpen)
            return;
        Request = null;
        effects.Cancel(this);
    }
}
