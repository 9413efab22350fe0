using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Experiments.Statistics;

/// <summary>
/// All samples of one metric, in integers. They are sorted when first asked for; samples added later are sorted apart and
/// merged in, so that testing a quantile after every batch stays linear. Not safe for concurrent use.
/// </summary>
public sealed class SampleSet
{
    private readonly List<long> _values = [];
    private int _sorted;

    public SampleSet()
    {
    }

    public SampleSet(ReadOnlySpan<long> values) => _values.AddRange(values);

    public int Count => _values.Count;

    public void Add(long value) => _values.Add(value);

    /// <summary>The samples in ascending order; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<long> Sorted
    {
        get
        {
            var values = CollectionsMarshal.AsSpan(_values);
            if (_sorted < values.Length)
            {
                values[_sorted..].Sort();
                if (_sorted > 0)
                    MergeTail(values, _sorted);
                _sorted = values.Length;
            }

            return values;
        }
    }

    /// <summary>
    /// The sample of rank ceil(n p): the least sample that at least the share <paramref name="p"/> (above 0, at most 1) of
    /// all samples do not exceed. Always a sample, never an interpolation.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no samples.</exception>
    public long Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        if (Count == 0)
            throw new InvalidOperationException("A quantile needs at least one sample.");
        // Decimal, because 0.95 is 0.95 there: n p must not step over a whole number.
        return Sorted[(int)Math.Ceiling((decimal)p * Count) - 1];
    }

    /// <summary>
    /// The quantile with its distribution-free interval between two order statistics, whose ranks are quantiles of
    /// Binomial(n, p) (Conover, Practical Nonparametric Statistics, section 3.2). Coverage is at least
    /// <paramref name="confidence"/> whatever the distribution; no interval when n is too small to bound both sides.
    /// </summary>
    public Estimate QuantileEstimate(double p, double confidence)
    {
        var value = Quantile(p);
        if (p == 1)
            return new Estimate(value, null);
        var tail = (1 - confidence) / 2;
        var low = FirstRankWhere(k => Binomial.CDF(p, Count, k - 1) > tail) - 1;
        var high = FirstRankWhere(k => Binomial.CDF(p, Count, k - 1) >= 1 - tail);
        return low < 1 || high > Count
            ? new Estimate(value, null)
            : new Estimate(value, new Interval(Sorted[low - 1], Sorted[high - 1]));
    }

    /// <summary>The least rank in 1 .. n + 1 from which a monotone condition holds.</summary>
    private int FirstRankWhere(Func<int, bool> holds)
    {
        int low = 1, high = Count + 1;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static void MergeTail(Span<long> values, int split)
    {
        var tail = values[split..].ToArray();
        int head = split - 1, last = tail.Length - 1;
        for (var target = values.Length - 1; last >= 0; target--)
            values[target] = head >= 0 && values[head] > tail[last] ? values[head--] : tail[last--];
    }
}
