namespace Topology.Randomness;

/// <summary>Lognormal, sampled by inversion of one uniform.</summary>
/// <param name="Median">At least zero.</param>
/// <param name="Sigma">Standard deviation of the logarithm; at least zero, zero being constant.</param>
public sealed record LogNormalDelay(TimeSpan Median, double Sigma) : DelayDistribution
{
    private double Scale => Median.TotalMilliseconds;

    public override TimeSpan Minimum => FromMs(QuantileMs(LeastUniform));
    public override double MeanMs => Scale * PortableMath.Exp(Sigma * Sigma / 2);
    public override double StandardDeviationMs => MeanMs * Math.Sqrt(PortableMath.Exp(Sigma * Sigma) - 1);

    public override bool IsConstant => Sigma == 0 || Median == TimeSpan.Zero;

    public override string? Flaw => FlawIf(Median < TimeSpan.Zero, "median is negative")
        ?? FlawIf(!(Sigma >= 0 && double.IsFinite(Sigma)), "sigma is not a number of at least 0");

    public override TimeSpan Sample(ref RandomStream stream) => FromMs(QuantileMs(stream.NextOpenDouble()));

    public override double Cumulative(double ms)
    {
        if (IsConstant)
            return ms >= Scale ? 1 : 0;
        return ms <= 0 ? 0 : MathNet.Numerics.SpecialFunctions.Erfc(-Math.Log(ms / Scale) / (Sigma * Math.Sqrt(2))) / 2;
    }

    public override double QuantileMs(double p) =>
        IsConstant ? Scale : Scale * PortableMath.Exp(Sigma * PortableMath.NormalQuantile(p));
}
