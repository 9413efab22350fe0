using System.Collections.Immutable;

namespace Experiments.Statistics;

/// <summary>
/// Counts of samples in bins of equal integer width: bin i holds values from <paramref name="Origin"/> + i *
/// <paramref name="Width"/> up to, and without, the next bin's first. Counts are integers, so merging commutes.
/// </summary>
public sealed record Histogram(long Origin, long Width, ImmutableArray<long> Counts)
{
    /// <summary>Covers all samples with at most <paramref name="bins"/> bins; empty without samples.</summary>
    public static Histogram Of(SampleSet samples, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var sorted = samples.Sorted;
        if (sorted.IsEmpty)
            return new Histogram(0, 1, []);
        var origin = sorted[0];
        var width = (long)(((Int128)sorted[^1] - origin) / bins + 1);
        var counts = new long[(int)(((Int128)sorted[^1] - origin) / width) + 1];
        foreach (var value in sorted)
            counts[(int)(((Int128)value - origin) / width)]++;
        return new Histogram(origin, width, [.. counts]);
    }

    /// <exception cref="ArgumentException">The bins differ.</exception>
    public Histogram Merge(Histogram other)
    {
        if (other.Origin != Origin || other.Width != Width)
            throw new ArgumentException($"Bins from {other.Origin} by {other.Width} do not fit bins from {Origin} by {Width}.", nameof(other));
        var counts = new long[Math.Max(Counts.Length, other.Counts.Length)];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = (i < Counts.Length ? Counts[i] : 0) + (i < other.Counts.Length ? other.Counts[i] : 0);
        return this with { Counts = [.. counts] };
    }
}
