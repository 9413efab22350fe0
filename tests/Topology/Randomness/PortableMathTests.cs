using CsCheck;
using Topology.Randomness;

namespace Tests.Topology.Randomness;

public sealed class PortableMathTests
{
    [Fact]
    public void Logarithm_is_within_two_ulps_of_the_platforms() =>
        Gen.Long[1, 0x7FEFFFFFFFFFFFFF].Select(BitConverter.Int64BitsToDouble)
            .Sample(x => Ulps(PortableMath.Log(x), Math.Log(x)) <= 2, iter: 200_000);

    [Fact]
    public void Logarithm_is_within_two_ulps_around_one() =>
        Gen.Double[0.5, 2].Sample(x => Ulps(PortableMath.Log(x), Math.Log(x)) <= 2, iter: 200_000);

    [Fact]
    public void Exponential_is_within_two_ulps_of_the_platforms() =>
        Gen.Double[-745, 709.7].Sample(x => Ulps(PortableMath.Exp(x), Math.Exp(x)) <= 2, iter: 200_000);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Logarithm_at_special_values(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, double.PositiveInfinity)]
    [InlineData(-1000, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponential_at_special_values(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.67448975019608174320)]
    [InlineData(0.975, 1.95996398454005423552)]
    [InlineData(0.001, -3.09023230616781354152)]
    [InlineData(1e-20, -9.26234008979840757)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    public void Normal_quantile_at_tabulated_values(double p, double expected) =>
        Assert.Equal(expected, PortableMath.NormalQuantile(p), 1e-14 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Normal_quantile_inverts_the_distribution_function_in_both_tails() =>
        Gen.Double[-37, 0].Sample(x =>
        {
            var p = MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2;
            Assert.Equal(x, PortableMath.NormalQuantile(p), 1e-12 * Math.Max(1, -x));
        }, iter: 20_000);

    [Fact]
    public void Normal_distribution_function_agrees_with_the_error_function() =>
        Gen.Double[-9, 9].Sample(x => Assert.Equal(
            MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2, PortableMath.NormalCumulative(x), 2e-15), iter: 20_000);

    [Fact]
    public void Normal_quantile_of_no_probability_is_not_a_number() =>
        Assert.All([-0.1, 1.5, double.NaN], p => Assert.Equal(double.NaN, PortableMath.NormalQuantile(p)));

    [Fact]
    public void Results_have_the_pinned_bits() =>
        Assert.Equal(
            [4607834224259998141, 4586388602993872634, -4610951148345426162, -4602744858464446873, 4606230810237381755],
            new[]
            {
                PortableMath.Log(Math.PI), PortableMath.Exp(-Math.PI), PortableMath.NormalQuantile(0.01),
                PortableMath.NormalQuantile(1e-15), PortableMath.NormalCumulative(1.25),
            }.Select(BitConverter.DoubleToInt64Bits).ToArray());

    private static long Ulps(double actual, double expected) =>
        Math.Abs(BitConverter.DoubleToInt64Bits(actual) - BitConverter.DoubleToInt64Bits(expected));
}
