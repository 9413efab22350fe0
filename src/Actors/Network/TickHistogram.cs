using System.Numerics;

namespace Actors.Network;

/// <summary>
/// Durations in ticks, counted in classes that are a 64th of their value wide at most (or any other power of two), so that memory does not
/// grow with their number; count, sums, least and greatest are exact. All of it is whole numbers, so the order of adding makes no difference.
/// </summary>
/// <param name="parts">A power of two: values below it have a class of their own.</param>
public sealed class TickHistogram(int parts = 64)
{
    private long[] _counts = [];

    public long Count { get; private set; }

    public long SumTicks { get; private set; }

    public UInt128 SumOfSquares { get; private set; }

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
        SumOfSquares += (UInt128)ticks * (UInt128)ticks;
        ref var count = ref At(ClassOf(ticks));
        count++;
    }

    /// <param name="other">Of as many parts.</param>
    public void Add(TickHistogram other)
    {
        if (other.Count == 0)
            return;
        LeastTicks = Count == 0 ? other.LeastTicks : Math.Min(LeastTicks, other.LeastTicks);
        GreatestTicks = Math.Max(GreatestTicks, other.GreatestTicks);
        Count += other.Count;
        SumTicks += other.SumTicks;
        SumOfSquares += other.SumOfSquares;
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
        SumOfSquares = 0;
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

    /// <summary>Everything that it holds, a few bytes for each class that is not empty.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Count);
        if (Count == 0)
            return;
        writer.Write7BitEncodedInt64(SumTicks);
        writer.Write7BitEncodedInt64((long)(ulong)SumOfSquares);
        writer.Write7BitEncodedInt64((long)(ulong)(SumOfSquares >> 64));
        writer.Write7BitEncodedInt64(LeastTicks);
        writer.Write7BitEncodedInt64(GreatestTicks);
        var last = -1;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            writer.Write7BitEncodedInt(i - last);
            writer.Write7BitEncodedInt64(_counts[i]);
            last = i;
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote, of as many parts.</summary>
    /// <exception cref="InvalidDataException">It is no such thing.</exception>
    public void Add(BinaryReader reader)
    {
        var read = new TickHistogram(parts) { Count = reader.Read7BitEncodedInt64() };
        if (read.Count == 0)
            return;
        read.SumTicks = reader.Read7BitEncodedInt64();
        var low = (ulong)reader.Read7BitEncodedInt64();
        read.SumOfSquares = new UInt128((ulong)reader.Read7BitEncodedInt64(), low);
        (read.LeastTicks, read.GreatestTicks) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        var last = read.LeastTicks < 0 || read.GreatestTicks < read.LeastTicks ? throw new InvalidDataException("no range of durations") : -1;
        var most = ClassOf(read.GreatestTicks);
        for (var left = read.Count; left > 0;)
        {
            var (step, count) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
            if (step < 1 || step > most - last || count < 1 || count > left)
                throw new InvalidDataException("no classes of durations");
            last += step;
            left -= count;
            read.At(last) = count;
        }

        Add(read);
    }

    private int ClassOf(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks) - BitOperations.Log2((uint)parts));
        return parts * shift + (int)(ticks >> shift);
    }

    private long GreatestOf(int index)
    {
        var shift = Math.Max(0, index / parts - 1);
        return (((long)index - parts * shift + 1) << shift) - 1;
    }

    private ref long At(int index)
    {
        if (index >= _counts.Length)
            Array.Resize(ref _counts, index + parts);
        return ref _counts[index];
    }
}
