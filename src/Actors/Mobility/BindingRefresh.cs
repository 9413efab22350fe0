using Actors.Kernel;
using Actors.Network;

namespace Actors.Mobility;

/// <summary>
/// Keeps a registration alive between handovers: it waits, then is the exchange that asks for the lifetime anew (RFC 3775
/// section 11.7.1). It starts no wait beyond the end of the run, and none in a run without an end, which it would keep alive
/// for ever: such a run is over with its last handover.
/// </summary>
internal sealed class BindingRefresh : Exchange
{
    private bool _waits;

    public override string Name => IsOpen ? base.Name : "binding lifetime";

    /// <summary>The sequence number of the first update of this refresh.</summary>
    public ushort FirstSequence { get; set; }

    /// <summary>
    /// Wait until the lifetime has to be asked for anew: early enough for all retransmissions, at the earliest after half of it.
    /// </summary>
    public void Schedule(SimTime expiresAt, TimeSpan timeout, SimTime end, Effects effects)
    {
        var left = expiresAt - effects.Now;
        var early = left - timeout * (2 << MaxRetries);
        var wait = early > left / 2 ? early : left / 2;
        if (wait <= TimeSpan.Zero || effects.Now + wait >= end)
            return;
        _waits = true;
        effects.Start(this, wait);
    }

    /// <summary>The wait is over.</summary>
    public void Ring() => _waits = false;

    /// <summary>A handover takes the place of whatever is going on.</summary>
    public void Stop(Effects effects)
    {
        Close(effects);
        if (_waits)
            effects.Cancel(this);
        _waits = false;
    }
}
