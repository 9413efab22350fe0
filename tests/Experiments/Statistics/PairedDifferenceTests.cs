using Experiments.Statistics;
using Topology.Randomness;

namespace Tests.Experiments.Statistics;

public class PairedDifferenceTests
{
    [Fact]
    public void A_constant_offset_under_common_random_numbers_is_known_exactly()
    {
        var difference = PairedDifference.Of([490, 890, 1290], [100, 500, 900], 0.95);
        Assert.Equal(new Estimate(390, new Interval(390, 390)), difference.Difference);
        Assert.Equal(1.0, difference.VarianceSaved);
    }

    [Fact]
    public void Unequal_lengths_use_the_common_prefix_and_absent_values_leave_their_pair_out()
    {
        var difference = PairedDifference.Of([10, long.MinValue, 30, 40], [1, 2, 3], 0.95);
        Assert.Equal(2, difference.Count);
        Assert.Equal(18, difference.Difference.Value);
    }

    [Fact]
    public void Variance_saved_is_the_correlated_share()
    {
        long[] baseline = new long[4000], other = new long[4000];
        var stream = RandomStream.For(4, 0, 0, StreamPurpose.SharedDelay);
        for (var i = 0; i < baseline.Length; i++)
        {
            var c = stream.NextDouble() * 400_000;
            baseline[i] = (long)(2 * c);
            other[i] = (long)(4 * c);
        }

        // Var(4c - 2c) / (Var 4c + Var 2c) = 4 / 20.
        Assert.Equal(0.8, PairedDifference.Of(other, baseline, 0.95).VarianceSaved!.Value, 4);
    }

    [Fact]
    public void Two_constants_have_no_variance_to_save() =>
        Assert.Null(PairedDifference.Of([5, 5], [3, 3], 0.95).VarianceSaved);
}
