using CsCheck;
using Experiments.Statistics;
using Topology.Randomness;

namespace Tests.Experiments.Statistics;

public class SampleSetTests
{
    private static readonly Gen<long[]> Values = Gen.Long[-1000, 1000].Array[0, 50];

    [Fact]
    public void Sorting_in_parts_equals_sorting_at_once() =>
        Gen.Select(Values, Values, Values).Sample((first, second, third) =>
        {
            var samples = new SampleSet();
            foreach (var part in new[] { first, second, third })
            {
                foreach (var value in part)
                    samples.Add(value);
                _ = samples.Sorted;
            }

            return samples.Sorted.SequenceEqual(first.Concat(second).Concat(third).Order().ToArray());
        });

    [Fact]
    public void Quantile_is_the_least_sample_that_reaches_the_share() =>
        Gen.Select(Gen.Long[-1000, 1000].Array[1, 50], Gen.Int[1, 100]).Sample((values, percent) =>
        {
            var quantile = new SampleSet(values).Quantile(percent / 100.0);
            return values.Count(value => value <= quantile) * 100 >= percent * values.Length
                && values.Count(value => value < quantile) * 100 < percent * values.Length;
        });

    [Fact]
    public void Median_interval_of_ten_samples_lies_between_the_second_and_the_ninth()
    {
        // Conover's table: n = 10, 97.9 % between ranks 2 and 9.
        var estimate = new SampleSet([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]).QuantileEstimate(0.5, 0.95);
        Assert.Equal(50, estimate.Value);
        Assert.Equal(new Interval(20, 90), estimate.Interval);
    }

    [Fact]
    public void Too_few_samples_for_a_tail_quantile_give_no_interval()
    {
        var samples = new SampleSet(Enumerable.Range(1, 100).Select(i => (long)i).ToArray());
        Assert.Null(samples.QuantileEstimate(0.99, 0.95).Interval);
        Assert.NotNull(samples.QuantileEstimate(0.95, 0.95).Interval);
    }

    [Fact]
    public void No_samples_have_no_quantile() =>
        Assert.Throws<InvalidOperationException>(() => new SampleSet().Quantile(0.5));

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void Quantile_interval_covers_the_true_quantile_at_least_as_often_as_it_says(double p)
    {
        const int experiments = 2000, n = 200;
        var covered = 0;
        for (var experiment = 0; experiment < experiments; experiment++)
        {
            var stream = RandomStream.For(2, experiment, 0, StreamPurpose.SharedDelay);
            var samples = new SampleSet();
            for (var i = 0; i < n; i++)
                samples.Add((long)(-Math.Log(stream.NextOpenDouble()) * 1_000_000));
            if (samples.QuantileEstimate(p, 0.95).Interval!.Value.Contains(-Math.Log(1 - p) * 1_000_000))
                covered++;
        }

        // Order statistics of 200 samples overshoot 95 % by less than three points; four standard deviations are 39.
        Assert.InRange(covered, 1900 - 39, 1960 + 39);
    }

    [Fact]
    public void Histogram_counts_every_sample_once_and_merges_by_bin() =>
        Gen.Select(Gen.Long[-1000, 1000].Array[1, 50], Gen.Int[1, 20]).Sample((values, bins) =>
        {
            var histogram = Histogram.Of(new SampleSet(values), bins);
            var twice = histogram.Merge(histogram);
            return histogram.Counts.Length <= bins
                && histogram.Origin == values.Min()
                && Enumerable.Range(0, histogram.Counts.Length).All(bin => histogram.Counts[bin] == values.LongCount(value =>
                    value >= histogram.Origin + bin * histogram.Width && value < histogram.Origin + (bin + 1) * histogram.Width))
                && histogram.Counts.Sum() == values.Length
                && twice.Counts.Sum() == 2 * values.Length;
        });

    [Fact]
    public void Histograms_of_other_bins_do_not_merge() =>
        Assert.Throws<ArgumentException>(() => new Histogram(0, 1, [1]).Merge(new Histogram(0, 2, [1])));
}
