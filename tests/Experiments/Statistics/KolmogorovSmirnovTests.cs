using Experiments.Statistics;
using Topology.Randomness;

namespace Tests.Experiments.Statistics;

public class KolmogorovSmirnovTests
{
    private const double Width = 800_000;

    private static double Uniform(double x) => Math.Clamp(x / Width, 0, 1);

    private static SampleSet Draw(int seed, int count, double shift = 0)
    {
        var stream = RandomStream.For(3, seed, 0, StreamPurpose.SharedDelay);
        var samples = new SampleSet();
        for (var i = 0; i < count; i++)
            samples.Add((long)(stream.NextDouble() * Width + shift));
        return samples;
    }

    [Fact]
    public void Distance_is_the_greatest_gap_on_either_side_of_a_step()
    {
        // Steps at 0.1, 0.2 and 0.6 of the range: greatest gap 2/3 - 0.2.
        var test = KolmogorovSmirnov.Test(new SampleSet([10, 20, 60]), x => Math.Clamp(x / 100, 0, 1), resolution: 0);
        Assert.Equal(2.0 / 3 - 0.2, test.Statistic, 12);
    }

    [Theory]
    [InlineData(10, 0.40925, 0.05)]
    [InlineData(10, 0.48893, 0.01)]
    [InlineData(20, 0.29408, 0.05)]
    [InlineData(40, 0.25205, 0.01)]
    [InlineData(100, 0.13403, 0.05)]
    [InlineData(100, 0.16081, 0.01)]
    public void P_values_match_the_exact_critical_values(int count, double distance, double level) =>
        // Miller, JASA 51 (1956), table 1, two-sided; Stephens' correction is good to a few percent of the level.
        Assert.InRange(KolmogorovSmirnov.PValueOf(distance, count), level * 0.93, level * 1.07);

    [Fact]
    public void Both_series_agree_where_they_meet()
    {
        // sqrt(n) D either side of the switch from one series to the other.
        var below = KolmogorovSmirnov.PValueOf(1.17999 / 1000.12011, 1_000_000);
        var above = KolmogorovSmirnov.PValueOf(1.18001 / 1000.12011, 1_000_000);
        Assert.InRange(below - above, 0, 2e-5);
    }

    [Fact]
    public void Samples_of_the_distribution_are_rejected_as_often_as_the_level_says()
    {
        var rejected = Enumerable.Range(0, 1000).Count(seed => KolmogorovSmirnov.Test(Draw(seed, 100), Uniform).RejectsAt(0.05));
        // Four standard deviations of Binomial(1000, 0.05) are 28.
        Assert.InRange(rejected, 50 - 28, 50 + 28);
    }

    [Fact]
    public void A_shift_of_a_twentieth_of_the_range_is_found() =>
        Assert.True(KolmogorovSmirnov.Test(Draw(1, 2000, Width / 20), Uniform).RejectsAt(0.01));

    [Fact]
    public void A_constant_that_is_as_foretold_fits_even_if_rounded()
    {
        var test = KolmogorovSmirnov.Test(new SampleSet([890_000, 890_000, 890_000]), x => x >= 890_000.0000001 ? 1 : 0);
        Assert.Equal(0, test.Statistic);
        Assert.Equal(1, test.PValue);
    }

    [Fact]
    public void A_constant_one_tick_off_is_rejected()
    {
        var samples = new SampleSet(Enumerable.Repeat(890_001L, 50).ToArray());
        var test = KolmogorovSmirnov.Test(samples, x => x >= 890_000 ? 1 : 0);
        Assert.Equal(1, test.Statistic);
        Assert.True(test.RejectsAt(0.01));
    }

    [Fact]
    public void Half_an_atom_and_half_a_uniform_part_fit()
    {
        var samples = Draw(5, 500);
        for (var i = 0; i < 500; i++)
            samples.Add((long)Width);
        Assert.False(KolmogorovSmirnov.Test(samples, x => x >= Width ? 1 : Uniform(x) / 2).RejectsAt(0.01));
    }
}
