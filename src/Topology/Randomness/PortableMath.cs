namespace Topology.Randomness;

/// <summary>
/// Transcendental functions in plain IEEE 754 arithmetic, so that samples have the same bits on every machine:
/// <see cref="Math.Log(double)"/> and <see cref="Math.Exp"/> call the platform's libm, whose last bit differs between
/// versions. Logarithm and exponential follow fdlibm 5.3 (Sun Microsystems 1993); their error is below one ulp.
/// </summary>
public static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfLnTwoPi = 0.91893853320467274178;

    /// <summary>Natural logarithm; minus infinity at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        var exponent = 0;
        if (!double.IsNormal(x))
        {
            x *= 1L << 54;
            exponent = -54;
        }

        // x = 2^exponent (1 + f) with sqrt(1/2) < 1 + f < sqrt(2)
        var bits = BitConverter.DoubleToInt64Bits(x);
        var high = (int)(bits >> 32) + (0x3FF00000 - 0x3FE6A09E);
        exponent += (high >> 20) - 0x3FF;
        high = (high & 0xFFFFF) + 0x3FE6A09E;
        var f = BitConverter.Int64BitsToDouble(((long)high << 32) | (bits & 0xFFFFFFFF)) - 1;

        var halfSquare = 0.5 * f * f;
        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01
            + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        return s * (halfSquare + (odd + even)) + exponent * Ln2Low - halfSquare + f + exponent * Ln2High;
    }

    /// <summary>e to the power <paramref name="x"/>; infinity and 0 beyond the range of a double.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.782712893383973096)
            return double.PositiveInfinity;
        if (x < -745.13321910194110842)
            return 0;

        // x = k ln 2 + r with |r| at most ln(2) / 2
        var k = (int)(1.44269504088896338700 * x + (x < 0 ? -0.5 : 0.5));
        var high = x - k * Ln2High;
        var low = k * Ln2Low;
        var r = high - low;
        var square = r * r;
        var c = r - square * (1.66666666666666019037e-01 + square * (-2.77777777770155933842e-03
            + square * (6.61375632143793436117e-05 + square * (-1.65339022054652515390e-06
            + square * 4.13813679705723846039e-08))));
        return Math.ScaleB(1 + (r * c / (2 - c) - low + high), k);
    }

    /// <summary>Density of the standard normal distribution.</summary>
    public static double NormalDensity(double x) => Exp(-0.5 * x * x - HalfLnTwoPi);

    /// <summary>
    /// Standard normal distribution function by Marsaglia's series (2004); absolute error below 1e-15, so meant for
    /// <paramref name="x"/> of at least 0, where that is a relative error too.
    /// </summary>
    public static double NormalCumulative(double x)
    {
        if (Math.Abs(x) > 8.5)
            return x > 0 ? 1 : 0;
        double sum = x, previous = 0, term = x;
        for (var odd = 3; sum != previous; odd += 2)
        {
            previous = sum;
            term *= x * x / odd;
            sum += term;
        }

        return Math.Clamp(0.5 + sum * NormalDensity(x), 0, 1);
    }

    /// <summary>
    /// Quantile of the standard normal distribution: algorithm AS 241, PPND16 (Wichura 1988), relative error about 1e-16.
    /// </summary>
    /// <param name="p">0 to 1; the ends give minus and plus infinity, anything else NaN.</param>
    public static double NormalQuantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var centre = 0.180625 - q * q;
            return q * Ratio(centre, Centre);
        }

        var tail = q < 0 ? p : 1 - p;
        if (!(tail > 0))
            return tail == 0 ? (q < 0 ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;
        var r = Math.Sqrt(-Log(tail));
        var value = r <= 5 ? Ratio(r - 1.6, Shoulder) : Ratio(r - 5, FarTail);
        return q < 0 ? -value : value;
    }

    private static double Ratio(double x, ReadOnlySpan<double> coefficients)
    {
        double numerator = 0, denominator = 0;
        for (var i = 7; i >= 0; i--)
        {
            numerator = numerator * x + coefficients[i];
            denominator = denominator * x + coefficients[8 + i];
        }

        return numerator / denominator;
    }

    private static ReadOnlySpan<double> Centre =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    private static ReadOnlySpan<double> Shoulder =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarTail =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
