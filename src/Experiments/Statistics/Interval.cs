namespace Experiments.Statistics;

/// <summary>A closed interval, in the unit of the estimate it belongs to.</summary>
public readonly record struct Interval(double Low, double High)
{
    public double HalfWidth => (High - Low) / 2;

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The same interval in a unit <paramref name="factor"/> (positive) times as fine.</summary>
    public Interval Scale(double factor) => new(Low * factor, High * factor);

    /// <summary>Where <paramref name="value"/> minus the estimate lies.</summary>
    public Interval SubtractFrom(double value) => new(value - High, value - Low);
}

/// <summary>An estimated value with its confidence interval; none when there are too few samples to give one.</summary>
/// <param name="Whole">What the half width is measured by instead of the value: 1, in the same unit, for a share, which may well be 0.</param>
public readonly record struct Estimate(double Value, Interval? Interval, double? Whole = null)
{
    /// <summary>Half width over absolute value, or over the whole: 0 for an exact value, infinite without an interval or around a zero value.</summary>
    public double RelativeHalfWidth => Interval switch
    {
        null => double.PositiveInfinity,
        { HalfWidth: 0 } => 0,
        _ when (Whole ?? Value) == 0 => double.PositiveInfinity,
        { } interval => interval.HalfWidth / Math.Abs(Whole ?? Value),
    };
}
