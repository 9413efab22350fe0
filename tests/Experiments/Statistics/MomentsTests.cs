using System.Numerics;
using CsCheck;
using Experiments.Statistics;
using Topology.Randomness;

namespace Tests.Experiments.Statistics;

public class MomentsTests
{
    private static readonly Gen<long[]> Ticks = Gen.Long[-1_000_000_000_000, 1_000_000_000_000].Array[0, 60];

    [Fact]
    public void Any_split_and_order_gives_the_same_bits() =>
        Gen.Select(Ticks, Ticks).Sample((left, right) =>
        {
            var whole = Moments.Of([.. left, .. right]);
            var merged = Moments.Of(right);
            merged.Merge(Moments.Of(left));
            return whole.Count == merged.Count
                && whole.Mean.Equals(merged.Mean)
                && whole.Variance.Equals(merged.Variance)
                && whole.Minimum == merged.Minimum
                && whole.Maximum == merged.Maximum;
        });

    [Fact]
    public void Variance_is_that_of_exact_rational_arithmetic() =>
        Gen.Long[-1_000_000_000_000, 1_000_000_000_000].Array[2, 60].Sample(values =>
        {
            var n = values.Length;
            var sum = values.Aggregate(BigInteger.Zero, (total, value) => total + value);
            // Sum of (n x - sum)^2 over n^2 (n - 1): the definition, not the shortcut under test.
            var squares = values.Aggregate(BigInteger.Zero, (total, value) => total + BigInteger.Pow((BigInteger)value * n - sum, 2));
            var expected = (double)squares / ((double)n * n * (n - 1));
            return Math.Abs(Moments.Of(values).Variance - expected) <= 1e-12 * expected;
        });

    [Fact]
    public void A_tiny_spread_on_a_huge_offset_is_not_cancelled()
    {
        const long year = 315_360_000_000_000;
        Assert.Equal(1.0, Moments.Of([year, year + 1, year + 2]).Variance);
    }

    [Fact]
    public void Student_interval_matches_the_table()
    {
        // t(0.975, 4) = 2.776445 (Student 1908 tables); 1..5 has standard deviation sqrt(2.5).
        var estimate = Moments.Of([1, 2, 3, 4, 5]).MeanEstimate(0.95);
        Assert.Equal(3, estimate.Value);
        Assert.Equal(2.776445 * Math.Sqrt(2.5 / 5), estimate.Interval!.Value.HalfWidth, 5);
    }

    [Fact]
    public void One_sample_has_a_mean_and_no_interval()
    {
        var estimate = Moments.Of([42]).MeanEstimate(0.95);
        Assert.Equal(42, estimate.Value);
        Assert.Null(estimate.Interval);
        Assert.Equal(double.PositiveInfinity, estimate.RelativeHalfWidth);
    }

    [Fact]
    public void Equal_samples_have_an_interval_of_no_width()
    {
        var estimate = Moments.Of([7, 7, 7]).MeanEstimate(0.99);
        Assert.Equal(new Interval(7, 7), estimate.Interval);
        Assert.Equal(0, estimate.RelativeHalfWidth);
    }

    [Fact]
    public void Mean_interval_covers_the_true_mean_as_often_as_it_says()
    {
        const int experiments = 2000;
        var covered = 0;
        for (var experiment = 0; experiment < experiments; experiment++)
        {
            var stream = RandomStream.For(1, experiment, 0, StreamPurpose.SharedDelay);
            var moments = new Moments();
            for (var i = 0; i < 40; i++)
                moments.Add((long)(stream.NextDouble() * 800_000));
            if (moments.MeanEstimate(0.95).Interval!.Value.Contains(400_000))
                covered++;
        }

        // Four standard deviations of Binomial(2000, 0.95) are 39.
        Assert.InRange(covered, 1900 - 39, 1900 + 39);
    }
}
