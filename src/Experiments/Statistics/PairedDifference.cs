namespace Experiments.Statistics;

/// <summary>
/// Two series of equal replications, met by the same random numbers, compared pair by pair.
/// </summary>
/// <param name="Count">Pairs compared.</param>
/// <param name="Difference">Mean of (other - baseline) with its Student-t interval.</param>
/// <param name="VarianceSaved">
/// 1 - Var(difference) / (Var(other) + Var(baseline)): the share of the variance of independent runs that pairing took
/// away. Negative when pairing hurts; absent when neither series varies.
/// </param>
public sealed record PairedDifference(long Count, Estimate Difference, double? VarianceSaved)
{
    /// <summary>Compares the common prefix; a pair in which either value is <paramref name="absent"/> is left out.</summary>
    public static PairedDifference Of(ReadOnlySpan<long> other, ReadOnlySpan<long> baseline, double confidence, long absent = long.MinValue)
    {
        Moments difference = new(), others = new(), baselines = new();
        for (var i = 0; i < Math.Min(other.Length, baseline.Length); i++)
        {
            if (other[i] == absent || baseline[i] == absent)
                continue;
            difference.Add(other[i] - baseline[i]);
            others.Add(other[i]);
            baselines.Add(baseline[i]);
        }

        var independent = others.Variance + baselines.Variance;
        return new PairedDifference(difference.Count, difference.MeanEstimate(confidence),
            independent > 0 ? 1 - difference.Variance / independent : null);
    }
}
