using MathNet.Numerics;

namespace Topology.Randomness;

/// <summary>
/// <paramref name="Shift"/> plus a gamma variate by Marsaglia and Tsang (2000), whose number of draws varies.
/// </summary>
/// <param name="Shape">Above 0.</param>
/// <param name="Scale">At least zero, zero being constant; the mean is Shift + Shape * Scale.</param>
/// <param name="Shift">Least delay; at least zero.</param>
public sealed record GammaDelay(double Shape, TimeSpan Scale, TimeSpan Shift) : DelayDistribution
{
    private double ScaleMs => Scale.TotalMilliseconds;

    public override TimeSpan Minimum => Shift;
    public override double MeanMs => Shift.TotalMilliseconds + Shape * ScaleMs;
    public override double StandardDeviationMs => Math.Sqrt(Shape) * ScaleMs;

    public override string? Flaw => FlawIf(!(Shape > 0 && double.IsFinite(Shape)), "shape is not a number above 0")
        ?? FlawIf(Scale < TimeSpan.Zero, "scale is negative")
        ?? FlawIf(Shift < TimeSpan.Zero, "the shift is negative");

    public override TimeSpan Sample(ref RandomStream stream)
    {
        // A shape below 1 is sampled as shape + 1, times u^(1/shape).
        var boost = Shape < 1 ? PortableMath.Exp(PortableMath.Log(stream.NextOpenDouble()) / Shape) : 1;
        return FromMs(Shift.TotalMilliseconds + ScaleMs * boost * Standard(Shape < 1 ? Shape + 1 : Shape, ref stream));
    }

    public override double Cumulative(double ms)
    {
        var beyond = ms - Shift.TotalMilliseconds;
        if (IsConstant)
            return beyond >= 0 ? 1 : 0;
        return beyond <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(Shape, beyond / ScaleMs);
    }

    public override double QuantileMs(double p) => Shift.TotalMilliseconds + p switch
    {
        0 => 0,
        1 => IsConstant ? 0 : double.PositiveInfinity,
        _ => ScaleMs * SpecialFunctions.GammaLowerRegularizedInv(Shape, p),
    };

    private static double Standard(double shape, ref RandomStream stream)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = PortableMath.NormalQuantile(stream.NextOpenDouble());
            var root = 1 + c * normal;
            if (root <= 0)
                continue;
            var cube = root * root * root;
            if (PortableMath.Log(stream.NextOpenDouble()) < normal * normal / 2 + d * (1 - cube + PortableMath.Log(cube)))
                return d * cube;
        }
    }
}
