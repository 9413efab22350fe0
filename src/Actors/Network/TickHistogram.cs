using System.Numerics;

namespace Actors.Network;

/// <summary>
/// Durations in ticks, counted in classes that are a 64th of their value wide at most, so that memory does not grow with their
/// number; count, sum, least and greatest are exact. All of it is whole numbers, so the order of adding makes no difference.
/// </summary>
public sealed class TickHistogram
{
    private const int Parts = 64;
    private long[] _counts = [];

    public long Count { get; private set; }

    public long SumTicks { get; private set; }

    /// <summary>0 where nothing is counted.</summary>
    public long LeastTicks { get; private set; }

    /// <summary>0 where nothing is counted.</summary>
    public long GreatestTicks { get; private set; }

    /// <summary>Rounded half up; 0 where nothing is counted.</summary>
    public long MeanTicks => Count == 0 ? 0 : (2 * SumTicks + Count) / (2 * Count);

    /// <param name="ticks">Not negative.</param>
    public void Add(long ticks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ticks);
        LeastTicks = Count == 0 ? ticks : Math.Min(LeastTicks, ticks);
        GreatestTicks = Math.Max(GreatestTicks, ticks);
        Count++;
        SumTicks += ticks;
        ref var count = ref At(ClassOf(ticks));
        count++;
    }

    public void Add(TickHistogram other)
    {
        if (other.Count == 0)
            return;
        LeastTicks = Count == 0 ? other.LeastTicks : Math.Min(LeastTicks, other.LeastTicks);
        GreatestTicks = Math.Max(GreatestTicks, other.GreatestTicks);
        Count += other.Count;
        SumTicks += other.SumTicks;
        for (var i = 0; i < other._counts.Length; i++)
        {
            if (other._counts[i] > 0)
                At(i) += other._counts[i];
        }
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = SumTicks = LeastTicks = GreatestTicks = 0;
    }

    /// <summary>The greatest value of the class that the quantile is in; 0 where nothing is counted.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public long QuantileTicks(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        for (var i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0 && _counts[i] > 0)
                return Math.Clamp(GreatestOf(i), LeastTicks, GreatestTicks);
        }

        return GreatestTicks;
    }

    private static int ClassOf(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks) - BitOperations.Log2(Parts));
        return Parts * shift + (int)(ticks >> shift);
    }

    private static long GreatestOf(int index)
    {
        var shift = Math.Max(0, index / Parts - 1);
        return (((long)index - Parts * shift + 1) << shift) - 1;
    }

    private ref long At(int index)
    {
        if (index >= _counts.Length)
            Array.Resize(ref _counts, index + Parts);
        return ref _counts[index];
    }
}
