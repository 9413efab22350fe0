namespace Topology.Randomness;

/// <summary>
/// Normal, truncated at zero: the parameters are those of the normal before truncation, the moments those after it.
/// Sampled by inversion of one uniform, so a larger uniform is a larger delay.
/// </summary>
public sealed record NormalDelay(TimeSpan Mean, TimeSpan StandardDeviation) : DelayDistribution
{
    /// <summary>Of the normal before truncation; at least zero.</summary>
    public TimeSpan Mean { get; } = Mean;

    /// <summary>Of the normal before truncation; zero is legal and constant.</summary>
    public TimeSpan StandardDeviation { get; } = StandardDeviation;

    // The share of the normal that is above zero: half or more, since the mean is not negative.
    private readonly double _kept = StandardDeviation == TimeSpan.Zero ? 1 : PortableMath.NormalCumulative(Mean / StandardDeviation);

    private double Mu => Mean.TotalMilliseconds;
    private double Sigma => StandardDeviation.TotalMilliseconds;

    // Ratio of density to mass at the truncation, the inverse Mills ratio.
    private double Hazard => Sigma == 0 ? 0 : PortableMath.NormalDensity(Mu / Sigma) / _kept;

    public override TimeSpan Minimum => FromMs(QuantileMs(LeastUniform));
    public override double MeanMs => Mu + Sigma * Hazard;

    public override double StandardDeviationMs =>
        Sigma == 0 ? 0 : Sigma * Math.Sqrt(1 - Mu / Sigma * Hazard - Hazard * Hazard);

    public override string? Flaw => FlawIf(Mean < TimeSpan.Zero, "mean is negative")
        ?? FlawIf(StandardDeviation < TimeSpan.Zero, "the standard deviation is negative");

    public override TimeSpan Sample(ref RandomStream stream) => FromMs(QuantileMs(stream.NextOpenDouble()));

    public override double Cumulative(double ms)
    {
        if (Sigma == 0)
            return ms >= Mu ? 1 : 0;
        var above = MathNet.Numerics.SpecialFunctions.Erfc((ms - Mu) / (Sigma * Math.Sqrt(2))) / 2;
        return ms < 0 ? 0 : Math.Clamp(1 - above / _kept, 0, 1);
    }

    public override double QuantileMs(double p) =>
        Sigma == 0 ? Mu : Math.Max(0, Mu - Sigma * PortableMath.NormalQuantile((1 - p) * _kept));
}
