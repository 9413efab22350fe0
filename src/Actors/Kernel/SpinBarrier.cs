namespace Actors.Kernel;

/// <summary>
/// A barrier for windows of microseconds: waiters spin first and then yield; with more threads than cores they yield at once,
/// since the one they wait for may need theirs.
/// </summary>
internal sealed class SpinBarrier(int participants)
{
    private readonly int _spinsBeforeYield = participants <= Environment.ProcessorCount ? 200 : 0;
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
            if (spins < _spinsBeforeYield)
                Thread.SpinWait(20);
            else
                Thread.Yield();
        }
    }
}
