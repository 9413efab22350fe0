using Actors.Kernel;

namespace Actors.Network;

/// <summary>The processor cores of a node: computations queue for them in the order of their arrival.</summary>
/// <param name="count">At least 1.</param>
internal sealed class Cores(int count)
{
    /// <summary>By core: when it is done with what it has taken on.</summary>
    private readonly long[] _busyUntil = new long[count];

    public void Clear() => Array.Clear(_busyUntil);

    /// <summary>
    /// Gives a computation to the core that is free first; how long it waits is known at once. What costs nothing needs no core.
    /// </summary>
    public TimeSpan WaitFor(TimeSpan cost, SimTime now)
    {
        if (cost <= TimeSpan.Zero)
            return TimeSpan.Zero;
        var core = 0;
        for (var other = 1; other < _busyUntil.Length; other++)
        {
            if (_busyUntil[other] < _busyUntil[core])
                core = other;
        }

        var start = Math.Max(now.Ticks, _busyUntil[core]);
        _busyUntil[core] = start + cost.Ticks;
        return TimeSpan.FromTicks(start - now.Ticks);
    }
}
