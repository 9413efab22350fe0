using System.Diagnostics;

namespace Experiments.MonteCarlo;

/// <summary>Which replication a worker computes and since when, for those who look on from another thread.</summary>
internal sealed class ReplicationWatch
{
    private int _index = -1;
    private long _began;

    /// <summary>-1 before the first.</summary>
    public int Index => Volatile.Read(ref _index);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Volatile.Read(ref _began));

    public void Begin(int index)
    {
        Volatile.Write(ref _began, Stopwatch.GetTimestamp());
        Volatile.Write(ref _index, index);
    }
}
