namespace Actors.Kernel;

/// <summary>
/// A barrier for windows of microseconds: waiters spin first and then yield, so that more threads than cores still advance.
/// </summary>
internal sealed class SpinBarrier(int participants)
{
    private const int SpinsBeforeYield = 200;

    private int _waiting;
    private volatile int _generation;

    public void Reset() => _waiting = participants;

    public void SignalAndWait()
    {
        var generation = _generation;
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _waiting = participants;
            _generation = generation + 1;
            return;
        }

        for (var spins = 0; _generation == generation; spins++)
        {
            if (spins < SpinsBeforeYield)
                Thread.SpinWait(20);
            else
                Thread.Yield();
        }
    }
}
