namespace Topology.Randomness;

/// <summary><paramref name="Offset"/> plus an exponential of mean <paramref name="Mean"/>, sampled by inversion of one uniform.</summary>
/// <param name="Mean">Mean of the exponential part alone; at least zero, zero being constant.</param>
/// <param name="Offset">Least delay; at least zero.</param>
public sealed record ExponentialDelay(TimeSpan Mean, TimeSpan Offset) : DelayDistribution
{
    public override TimeSpan Minimum => Offset;
    public override double MeanMs => (Offset + Mean).TotalMilliseconds;
    public override double StandardDeviationMs => Mean.TotalMilliseconds;

    public override string? Flaw => FlawIf(Mean < TimeSpan.Zero, "mean is negative")
        ?? FlawIf(Offset < TimeSpan.Zero, "the offset is negative");

    public override TimeSpan Sample(ref RandomStream stream) => FromMs(QuantileMs(stream.NextOpenDouble()));

    public override double Cumulative(double ms)
    {
        var beyond = ms - Offset.TotalMilliseconds;
        if (beyond < 0)
            return 0;
        return Mean == TimeSpan.Zero ? 1 : 1 - Math.Exp(-beyond / Mean.TotalMilliseconds);
    }

    public override double QuantileMs(double p) =>
        Offset.TotalMilliseconds + (Mean == TimeSpan.Zero ? 0 : -Mean.TotalMilliseconds * PortableMath.Log(1 - p));
}
