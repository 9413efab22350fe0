namespace Topology.Randomness;

/// <summary>
/// A distribution of non-negative delays. <see cref="Sample"/> rounds to the tick (100 ns) and is a pure function of the
/// stream, with the same bits on every machine; the moments and quantiles are those of the law sampled, in milliseconds.
/// </summary>
public abstract record DelayDistribution
{
    /// <summary>The least u of <see cref="RandomStream.NextOpenDouble"/>: laws sampled by one inversion never go below its quantile.</summary>
    protected const double LeastUniform = 1.0 / (1UL << 53);

    /// <summary>Greatest lower bound of every sample.</summary>
    public abstract TimeSpan Minimum { get; }

    public abstract double MeanMs { get; }

    public abstract double StandardDeviationMs { get; }

    /// <summary>What is wrong with the parameters, as a clause without a full stop; null when they define a distribution of delays.</summary>
    public abstract string? Flaw { get; }

    public abstract TimeSpan Sample(ref RandomStream stream);

    /// <summary>P(delay at most <paramref name="ms"/>).</summary>
    public abstract double Cumulative(double ms);

    /// <summary>The delay in ms below which the share <paramref name="p"/> (0 to 1) lies.</summary>
    public abstract double QuantileMs(double p);

    /// <summary>Whether every sample is <see cref="Minimum"/>.</summary>
    public virtual bool IsConstant => StandardDeviationMs == 0;

    /// <summary>Nearest tick; delays beyond some 7,300 years stop there instead of overflowing a clock.</summary>
    protected static TimeSpan FromMs(double ms) =>
        TimeSpan.FromTicks((long)Math.Round(Math.Min(ms * TimeSpan.TicksPerMillisecond, 1L << 61), MidpointRounding.ToEven));

    protected static string? FlawIf(bool flawed, string what) => flawed ? what : null;
}

/// <summary>Always <paramref name="Value"/>.</summary>
public sealed record ConstantDelay(TimeSpan Value) : DelayDistribution
{
    public override TimeSpan Minimum => Value;
    public override double MeanMs => Value.TotalMilliseconds;
    public override double StandardDeviationMs => 0;
    public override string? Flaw => FlawIf(Value < TimeSpan.Zero, "the delay is negative");
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

    public override string? Flaw => FlawIf(Min < TimeSpan.Zero, "min is negative") ?? FlawIf(Max < Min, "max is below min");

    public override TimeSpan Sample(ref RandomStream stream) =>
        Min + TimeSpan.FromTicks((long)((Max - Min).Ticks * stream.NextDouble()));

    public override double Cumulative(double ms) =>
        Width == 0 ? (ms >= Low ? 1 : 0) : Math.Clamp((ms - Low) / Width, 0, 1);

    public override double QuantileMs(double p) => Low + Width * p;
}
