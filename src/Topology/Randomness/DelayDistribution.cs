namespace Topology.Randomness;

/// <summary>
/// A distribution of non-negative delays. <see cref="Sample"/> rounds to the tick (100 ns) and is a pure function of the
/// stream; the moments and quantiles are exact and serve the closed forms only, in milliseconds.
/// </summary>
public abstract record DelayDistribution
{
    /// <summary>Greatest lower bound of every sample.</summary>
    public abstract TimeSpan Minimum { get; }

    public abstract double MeanMs { get; }

    public abstract double StandardDeviationMs { get; }

    public abstract TimeSpan Sample(ref RandomStream stream);

    /// <summary>P(delay at most <paramref name="ms"/>).</summary>
    public abstract double Cumulative(double ms);

    /// <summary>The delay in ms below which the share <paramref name="p"/> (0 to 1) lies.</summary>
    public abstract double QuantileMs(double p);

    public bool IsConstant => this is ConstantDelay;

    protected static TimeSpan FromMs(double ms) =>
        TimeSpan.FromTicks((long)Math.Round(ms * TimeSpan.TicksPerMillisecond, MidpointRounding.ToEven));
}

/// <summary>Always <paramref name="Value"/>.</summary>
public sealed record ConstantDelay(TimeSpan Value) : DelayDistribution
{
    public override TimeSpan Minimum => Value;
    public override double MeanMs => Value.TotalMilliseconds;
    public override double StandardDeviationMs => 0;
    public override TimeSpan Sample(ref RandomStream stream) => Value;
    public override double Cumulative(double ms) => ms >= MeanMs ? 1 : 0;
    public override double QuantileMs(double p) => MeanMs;
}

/// <summary>Uniform on [<paramref name="Min"/>, <paramref name="Max"/>); equal bounds are legal and constant.</summary>
public sealed record UniformDelay(TimeSpan Min, TimeSpan Max) : DelayDistribution
{
    private double Low => Min.TotalMilliseconds;
    private double Width => (Max - Min).TotalMilliseconds;
    public override TimeSpan Minimum => Min;
    public override double MeanMs => Low + Width / 2;
    public override double StandardDeviationMs => Width / Math.Sqrt(12);

    public override TimeSpan Sample(ref RandomStream stream) =>
        Min + TimeSpan.FromTicks((long)((Max - Min).Ticks * stream.NextDouble()));

    public override double Cumulative(double ms) =>
        Width == 0 ? (ms >= Low ? 1 : 0) : Math.Clamp((ms - Low) / Width, 0, 1);

    public override double QuantileMs(double p) => Low + Width * p;
}
