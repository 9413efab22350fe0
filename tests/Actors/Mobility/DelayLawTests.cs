using Actors.Mobility;
using CsCheck;
using Topology.Randomness;
using static Actors.Mobility.DelayForm;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Mobility;

/// <summary>Laws of forms with parallel branches, whose slope changes at a kink.</summary>
public class DelayLawTests
{
    [Fact]
    public void The_mean_and_deviation_of_a_kinked_form_under_a_uniform_law_are_exact() =>
        Gen.Select(Gen.Int[0, 600_000], Gen.Int[1_000, 1_000_000], Gen.Int[1, 4]).Sample((constantTicks, widthTicks, slope) =>
        {
            // max(k, U) with U uniform on (0, w), w = slope * width: the mean is k + (w - k)^2 / 2w where k < w.
            var constant = constantTicks / 1e4;
            var law = Max(A, slope * C).Under(At(new UniformDelay(TimeSpan.Zero, TimeSpan.FromTicks(widthTicks)), a: constant));
            var w = slope * widthTicks / 1e4;
            var beyond = Math.Max(0, w - constant);
            var mean = constant + beyond * beyond / (2 * w);
            var square = (beyond * beyond * beyond / 3 + constant * beyond * beyond) / w + constant * constant;
            Assert.Equal(mean, law.MeanMs, 1e-9 * mean);
            Assert.Equal(square - mean * mean, law.StandardDeviationMs * law.StandardDeviationMs, 1e-9 * square);
        });

    [Fact]
    public void A_form_with_several_kinks_has_the_moments_of_its_parts()
    {
        // max(10, c) + max(20, 3c) on (0, 40): slope 0 to 20/3, 3 to 10, then 4.
        var law = (Max(A, C) + Max(B, 3 * C)).Under(At(new UniformDelay(TimeSpan.Zero, Ms(40)), a: 10, b: 20));
        Assert.Equal((10 * 10 + 1500 / 2.0) / 40 + (20 * 20 / 3.0 + 3 * (1600 - 400 / 9.0) / 2) / 40, law.MeanMs, 1e-9);
        Assert.Equal([30, 30, 40, 160], new[] { 0, 0.15, 0.25, 1 }.Select(law.QuantileMs));
    }

    [Fact]
    public void The_mean_under_a_law_with_a_tail_is_that_of_the_closed_form()
    {
        // E[max(k, X)] = k + m exp(-k/m) for X exponential of mean m.
        var law = Max(A, C).Under(At(new ExponentialDelay(Ms(20), TimeSpan.Zero), a: 12));
        Assert.Equal(12 + 20 * Math.Exp(-0.6), law.MeanMs, 1e-6);
        var square = 144 * (1 - Math.Exp(-0.6)) + Math.Exp(-0.6) * (144 + 2 * 20 * 12 + 2 * 400);
        Assert.Equal(Math.Sqrt(square - law.MeanMs * law.MeanMs), law.StandardDeviationMs, 1e-5);
    }

    [Fact]
    public void A_branch_that_never_matters_changes_nothing()
    {
        var parameters = At(new UniformDelay(Ms(5), Ms(9)), a: 3);
        Assert.Equal(7, Max(A, C).Under(parameters).MeanMs, 12);
        Assert.Equal((2 * C).Under(parameters).StandardDeviationMs, Max(2 * C, A + C).Under(parameters).StandardDeviationMs, 12);
        Assert.Equal(20, Max(A, C).Under(At(new ConstantDelay(Ms(20)), a: 3)).MeanMs, 12);
    }

    [Fact]
    public void The_distribution_function_undoes_the_quantiles_beyond_the_atom_of_a_kink()
    {
        var law = (B + Max(A, 2 * C)).Under(At(new UniformDelay(TimeSpan.Zero, Ms(40)), a: 20, b: 1));
        Assert.Equal(0, law.Cumulative(20.999));
        Assert.Equal(0.25, law.Cumulative(21), 12);
        Assert.Equal(0.25, law.Cumulative(21 + 1e-9), 9);
        Assert.Equal(1, law.Cumulative(81), 12);
        foreach (var p in new[] { 0.25, 0.3, 0.5, 0.99 })
            Assert.Equal(p, law.Cumulative(law.QuantileMs(p)), 12);
        var constant = Max(A, B).Under(At(new UniformDelay(TimeSpan.Zero, Ms(40)), a: 20, b: 1));
        Assert.Equal((0, 1), (constant.Cumulative(19.9), constant.Cumulative(20)));
    }

    [Fact]
    public void A_negative_multiple_of_a_delay_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => -1 * C);

    private static DelayParameters At(DelayDistribution home, double a, double b = 0) => new(
        TimeSpan.FromTicks((long)Math.Round(a * TimeSpan.TicksPerMillisecond)), Ms(b), default, default, default, default, default, default, default, home);
}
