namespace Experiments.Statistics;

/// <summary>
/// One-sample Kolmogorov-Smirnov test against a fully specified distribution: <paramref name="Statistic"/> is the greatest
/// distance between the empirical and the given distribution function, <paramref name="PValue"/> the probability of at
/// least that distance were the samples drawn from it.
/// </summary>
public sealed record KolmogorovSmirnov(int Count, double Statistic, double PValue)
{
    /// <param name="cumulative">P(value at most x), x in the samples' unit; right-continuous, steps are legal.</param>
    /// <param name="resolution">
    /// How far a sample may lie from the value it rounds, in its unit. Distances are taken to the nearest value of the
    /// distribution function within it, so neither rounding to ticks nor an atom (a constant delay) counts as a deviation;
    /// with atoms the p-value is conservative.
    /// </param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static KolmogorovSmirnov Test(SampleSet samples, Func<double, double> cumulative, double resolution = 0.5)
    {
        var sorted = samples.Sorted;
        if (sorted.IsEmpty)
            throw new ArgumentException("The Kolmogorov-Smirnov test needs at least one sample.", nameof(samples));
        double n = sorted.Length, distance = 0;
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
                end++;
            var above = end / n - cumulative(sorted[first] + resolution);
            var below = cumulative(sorted[first] - resolution) - first / n;
            distance = Math.Max(distance, Math.Max(above, below));
            first = end;
        }

        return new KolmogorovSmirnov(sorted.Length, distance, PValueOf(distance, sorted.Length));
    }

    public bool RejectsAt(double level) => PValue < level;

    /// <summary>
    /// The limiting distribution with Stephens' finite-sample correction (JRSS B 32, 1970), good to a few percent of the
    /// p-value from n = 5. Two series, each where it converges in a few terms.
    /// </summary>
    internal static double PValueOf(double distance, int count)
    {
        var root = Math.Sqrt(count);
        var x = (root + 0.12 + 0.11 / root) * distance;
        if (x < 0.05)
            return 1;
        var sum = 0.0;
        if (x < 1.18)
        {
            for (var k = 1; k <= 7; k += 2)
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            return Math.Clamp(1 - Math.Sqrt(2 * Math.PI) / x * sum, 0, 1);
        }

        for (var k = 1; k <= 4; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * x * x);
        return Math.Clamp(sum, 0, 1);
    }
}
