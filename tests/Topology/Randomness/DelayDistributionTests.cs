using Topology.Randomness;

namespace Tests.Topology.Randomness;

public sealed class DelayDistributionTests
{
    private const int Samples = 20_000;

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static readonly DelayDistribution[] Continuous =
    [
        new UniformDelay(Ms(0), Ms(40)), new UniformDelay(Ms(3), Ms(3.5)),
        new NormalDelay(Ms(20), Ms(4)), new NormalDelay(Ms(5), Ms(5)), new NormalDelay(Ms(0), Ms(7)), new NormalDelay(Ms(80), Ms(1)),
        new LogNormalDelay(Ms(20), 0.3), new LogNormalDelay(Ms(50), 1.2),
        new ExponentialDelay(Ms(10), Ms(0)), new ExponentialDelay(Ms(2), Ms(15)),
        new GammaDelay(0.5, Ms(10), Ms(0)), new GammaDelay(1, Ms(4), Ms(2)), new GammaDelay(2.5, Ms(4), Ms(10)), new GammaDelay(90, Ms(0.5), Ms(1)),
    ];

    private static readonly DelayDistribution[] Stepped =
    [
        new ConstantDelay(Ms(4)), new UniformDelay(Ms(4), Ms(4)), new NormalDelay(Ms(4), Ms(0)), new LogNormalDelay(Ms(4), 0),
        new ExponentialDelay(Ms(0), Ms(4)), new GammaDelay(2, Ms(0), Ms(4)), new EmpiricalDelay([Ms(4), Ms(4), Ms(4)]),
        new EmpiricalDelay([Ms(9), Ms(2), Ms(2), Ms(30), Ms(4.5)]),
    ];

    public static TheoryData<DelayDistribution> ContinuousLaws => new(Continuous);
    public static TheoryData<DelayDistribution> AllLaws => new([.. Continuous, .. Stepped]);

    /// <summary>At the 1 % level one of the ten seeds may reject; two reject with probability 0.4 % per law.</summary>
    [Theory]
    [MemberData(nameof(AllLaws))]
    public void Samples_follow_the_distribution_function(DelayDistribution law)
    {
        var rejections = Enumerable.Range(1, 10).Count(seed => KolmogorovSmirnov(Draw(law, (ulong)seed), law) > 1.628 / Math.Sqrt(Samples));
        Assert.InRange(rejections, 0, 1);
    }

    [Theory]
    [MemberData(nameof(AllLaws))]
    public void Samples_have_the_stated_moments(DelayDistribution law)
    {
        var delays = Enumerable.Range(1, 10).SelectMany(seed => Draw(law, (ulong)seed)).Select(delay => delay.TotalMilliseconds).ToArray();
        var mean = delays.Average();
        var deviation = Math.Sqrt(delays.Average(delay => (delay - mean) * (delay - mean)));
        Assert.InRange(mean - law.MeanMs, -4 * law.StandardDeviationMs / Math.Sqrt(delays.Length) - 1e-4, 4 * law.StandardDeviationMs / Math.Sqrt(delays.Length) + 1e-4);
        Assert.Equal(law.StandardDeviationMs, deviation, 0.03 * law.StandardDeviationMs + 1e-4);
    }

    [Theory]
    [MemberData(nameof(AllLaws))]
    public void No_sample_is_below_the_minimum(DelayDistribution law)
    {
        Assert.All(Draw(law, 99), delay => Assert.True(delay >= law.Minimum));
        Assert.InRange(law.Cumulative(law.Minimum.TotalMilliseconds - 0.001), 0, 1e-12);
        Assert.True(law.Minimum >= TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(ContinuousLaws))]
    public void The_quantile_inverts_the_distribution_function(DelayDistribution law) =>
        Assert.All([1e-6, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 1e-6], p =>
            Assert.Equal(p, law.Cumulative(law.QuantileMs(p)), 1e-9));

    /// <summary>Simpson's rule over the quantile function, which no moment formula enters.</summary>
    [Theory]
    [MemberData(nameof(ContinuousLaws))]
    public void The_moments_are_those_of_the_quantile_function(DelayDistribution law)
    {
        const int steps = 200_000;
        double first = 0, second = 0;
        for (var i = 0; i < steps; i++)
        {
            var delay = law.QuantileMs((i + 0.5) / steps);
            first += delay / steps;
            second += delay * delay / steps;
        }

        Assert.Equal(law.MeanMs, first, 2e-3 * law.MeanMs);
        Assert.Equal(law.StandardDeviationMs, Math.Sqrt(second - first * first), 0.02 * law.StandardDeviationMs);
    }

    [Theory]
    [MemberData(nameof(AllLaws))]
    public void A_constant_law_is_known_as_constant(DelayDistribution law) =>
        Assert.Equal(Draw(law, 1).Distinct().Count() == 1, law.IsConstant);

    [Fact]
    public void A_narrow_normal_promises_a_minimum_near_its_mean() =>
        Assert.InRange(new NormalDelay(Ms(80), Ms(1)).Minimum, Ms(71), Ms(72.5));

    [Fact]
    public void The_truncated_normal_has_the_half_normal_as_its_limit()
    {
        var half = new NormalDelay(TimeSpan.Zero, Ms(10));
        Assert.Equal(10 * Math.Sqrt(2 / Math.PI), half.MeanMs, 1e-12);
        Assert.Equal(10 * Math.Sqrt(1 - 2 / Math.PI), half.StandardDeviationMs, 1e-12);
        Assert.Equal(0, half.QuantileMs(0));
    }

    [Fact]
    public void Quantiles_of_measured_values_are_measured_values()
    {
        var law = new EmpiricalDelay([Ms(9), Ms(2), Ms(2), Ms(30)]);
        Assert.Equal([2.0, 2, 9, 30, 30], new[] { 0, 0.5, 0.75, 0.76, 1 }.Select(law.QuantileMs));
        Assert.Equal([0.0, 0.5, 0.5, 0.75, 1], new[] { 1.9, 2, 8.9, 9, 30 }.Select(law.Cumulative));
    }

    [Fact]
    public void Laws_are_equal_by_value()
    {
        Assert.Equal(new EmpiricalDelay([Ms(3), Ms(1)]), new EmpiricalDelay([Ms(1), Ms(3)]));
        Assert.Equal(new EmpiricalDelay([Ms(3), Ms(1)]).GetHashCode(), new EmpiricalDelay([Ms(1), Ms(3)]).GetHashCode());
        Assert.NotEqual(new EmpiricalDelay([Ms(3), Ms(1)]), new EmpiricalDelay([Ms(1), Ms(3), Ms(3)]));
        Assert.Equal(new NormalDelay(Ms(3), Ms(1)), new NormalDelay(Ms(3), Ms(1)));
        Assert.NotEqual<DelayDistribution>(new NormalDelay(Ms(3), Ms(1)), new NormalDelay(Ms(3), Ms(2)));
    }

    [Fact]
    public void A_law_does_not_follow_later_changes_of_the_list_it_was_given()
    {
        TimeSpan[] values = [Ms(1), Ms(2)];
        var law = new EmpiricalDelay(values);
        values[0] = Ms(100);
        Assert.Equal(new EmpiricalDelay([Ms(1), Ms(2)]), law);
    }

    [Fact]
    public void An_immense_sample_stops_at_a_time_that_a_clock_can_add()
    {
        var stream = RandomStream.For(1, 0, 0, StreamPurpose.LinkDelay);
        var law = new LogNormalDelay(TimeSpan.FromDays(1_000_000), 50);
        var largest = Enumerable.Range(0, 1000).Max(_ => law.Sample(ref stream));
        Assert.Equal(TimeSpan.FromTicks(1L << 61), largest);
    }

    [Fact]
    public void Parameters_that_define_no_delay_are_named()
    {
        var minus = Ms(-1);
        Assert.Equal(
            [
                "the delay is negative", "min is negative", "max is below min", "mean is negative", "the standard deviation is negative",
                "median is negative", "sigma is not a number of at least 0", "sigma is not a number of at least 0",
                "mean is negative", "the offset is negative", "shape is not a number above 0", "scale is negative", "the shift is negative",
                "there are no values", "a value is negative",
            ],
            new DelayDistribution[]
            {
                new ConstantDelay(minus), new UniformDelay(minus, Ms(1)), new UniformDelay(Ms(2), Ms(1)), new NormalDelay(minus, Ms(1)),
                new NormalDelay(Ms(1), minus), new LogNormalDelay(minus, 1), new LogNormalDelay(Ms(1), -1), new LogNormalDelay(Ms(1), double.NaN),
                new ExponentialDelay(minus, Ms(1)), new ExponentialDelay(Ms(1), minus), new GammaDelay(0, Ms(1), Ms(1)),
                new GammaDelay(1, minus, Ms(1)), new GammaDelay(1, Ms(1), minus), new EmpiricalDelay([]), new EmpiricalDelay([Ms(2), minus]),
            }.Select(law => law.Flaw));
        Assert.All(Continuous.Concat(Stepped), law => Assert.Null(law.Flaw));
    }

    [Fact]
    public void First_samples_are_pinned() =>
        Assert.Equal(
            "159640 31995 189773 49303 36618 797443 185233 367897 50933 160187 42377 39158 172468 446337 "
            + "40000 40000 40000 40000 40000 40000 40000 20000",
            string.Join(' ', Continuous.Concat(Stepped).Select(law =>
            {
                var stream = RandomStream.For(20110611, 1, 2, StreamPurpose.LinkDelay);
                return law.Sample(ref stream).Ticks;
            })));

    private static TimeSpan[] Draw(DelayDistribution law, ulong seed)
    {
        var stream = RandomStream.For(seed, 0, 0, StreamPurpose.LinkDelay);
        var delays = new TimeSpan[Samples];
        for (var i = 0; i < Samples; i++)
            delays[i] = law.Sample(ref stream);
        return delays;
    }

    /// <summary>Greatest distance between the empirical and the stated distribution function, on both sides of every value drawn.</summary>
    private static double KolmogorovSmirnov(TimeSpan[] delays, DelayDistribution law)
    {
        Array.Sort(delays);
        var greatest = 0.0;
        for (var i = 0; i < delays.Length;)
        {
            var value = delays[i];
            var before = (double)i / delays.Length;
            while (i < delays.Length && delays[i] == value)
                i++;
            const double halfTickMs = 0.00005;
            greatest = Math.Max(greatest, Math.Abs(law.Cumulative(value.TotalMilliseconds - halfTickMs) - before));
            greatest = Math.Max(greatest, Math.Abs(law.Cumulative(value.TotalMilliseconds + halfTickMs) - (double)i / delays.Length));
        }

        return greatest;
    }
}
