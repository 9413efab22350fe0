using System.Collections.Concurrent;
using System.Numerics;
using MathNet.Numerics.Distributions;

namespace Experiments.Statistics;

/// <summary>
/// Count, sum, sum of squares and range of integer samples (ticks of 100 ns, or counts). The sums are exact integers, so
/// adding and merging commute: any order of arrival gives the same bits.
/// </summary>
public sealed class Moments
{
    private static readonly ConcurrentDictionary<(long Freedom, double Confidence), double> StudentQuantiles = new();
    private Int128 _sum;
    private UInt128 _squares;

    public long Count { get; private set; }

    /// <summary>Least sample; meaningless while <see cref="Count"/> is 0, like <see cref="Maximum"/>.</summary>
    public long Minimum { get; private set; } = long.MaxValue;

    public long Maximum { get; private set; } = long.MinValue;

    /// <exception cref="OverflowException">The squares exceed 128 bits (beyond 2^28 samples of three years each).</exception>
    public void Add(long value)
    {
        var magnitude = (UInt128)Int128.Abs(value);
        _squares = checked(_squares + magnitude * magnitude);
        _sum += value;
        Count++;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
    }

    public void Merge(Moments other)
    {
        _squares = checked(_squares + other._squares);
        _sum += other._sum;
        Count += other.Count;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>Of samples that were added up elsewhere.</summary>
    public static Moments Of(long count, long sum, UInt128 squares, long minimum, long maximum) =>
        new() { Count = count, _sum = sum, _squares = squares, Minimum = minimum, Maximum = maximum };

    public static Moments Of(ReadOnlySpan<long> values)
    {
        var moments = new Moments();
        foreach (var value in values)
            moments.Add(value);
        return moments;
    }

    /// <summary>The arithmetic mean; NaN without samples.</summary>
    public double Mean => Count == 0 ? double.NaN : (double)_sum / Count;

    /// <summary>The unbiased sample variance (divisor n - 1), its numerator computed exactly; NaN below two samples.</summary>
    public double Variance => Count < 2
        ? double.NaN
        : (double)((BigInteger)_squares * Count - (BigInteger)_sum * (BigInteger)_sum) / ((double)Count * (Count - 1));

    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The mean with its Student-t interval at <paramref name="confidence"/> (0 to 1, exclusive).</summary>
    public Estimate MeanEstimate(double confidence)
    {
        if (Count < 2)
            return new Estimate(Mean, null);
        var half = StudentQuantile(Count - 1, confidence) * StandardDeviation / Math.Sqrt(Count);
        return new Estimate(Mean, new Interval(Mean - half, Mean + half));
    }

    /// <summary>
    /// The mean of samples that are parts of a whole, between 0 and <paramref name="whole"/>. Where each is one of both, the samples are trials and the interval is
    /// Wilson's (JASA 22, 1927), which stays sound at 0 and 1; otherwise it is that of <see cref="MeanEstimate"/>.
    /// </summary>
    /// <param name="trials">
    /// Trials behind all samples, where a sample is a share of several: they stand for themselves while all came out the same, since
    /// nothing tells then how much those of one sample have in common.
    /// </param>
    public Estimate ShareEstimate(long whole, double confidence, long? trials = null)
    {
        if (Count == 0 || _sum < 0 || _squares != (UInt128)_sum * (UInt128)whole)
            return MeanEstimate(confidence) with { Whole = whole };
        var z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        double n = Minimum == Maximum ? trials ?? Count : Count, share = Mean / whole;
        var centre = (share + z * z / (2 * n)) / (1 + z * z / n);
        var half = z / (1 + z * z / n) * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        return new Estimate(Mean, new Interval(
            _sum == 0 ? 0 : whole * (centre - half), _sum == whole * (Int128)Count ? whole : whole * (centre + half)), whole);
    }

    private static double StudentQuantile(long freedom, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        return StudentQuantiles.GetOrAdd((freedom, confidence),
            key => StudentT.InvCDF(0, 1, key.Freedom, 0.5 + key.Confidence / 2));
    }
}
