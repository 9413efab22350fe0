namespace Experiments.Reports;

/// <summary>A figure as the experiment file asks for it.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="X">A swept name with numeric values.</param>
/// <param name="Statistic">Of the metric: <c>mean</c>, <c>stddev</c>, <c>min</c>, <c>p50</c>, <c>p95</c>, <c>p99</c> or <c>max</c>.</param>
/// <param name="By">What tells the curves apart: <c>scheme</c>, <c>engine</c> or a swept name.</param>
/// <param name="Band">Whether the confidence interval of a mean is drawn.</param>
/// <param name="Overlay">Whether the closed form is drawn with the simulation.</param>
public sealed record FigureSpec(string Name, string X, string Statistic, string Metric, string By, bool Band, bool Overlay)
{
    /// <summary>Whether the points are so many that a thin line stands for their marks; it is broken where a value is missing.</summary>
    public bool IsDense { get; init; }

    /// <summary>Where the y axis begins; lower where values are negative, unless this is above 0.</summary>
    public double FromY { get; init; }
}

/// <summary>A point of a curve; the interval belongs to simulated means only.</summary>
public sealed record FigurePoint(double X, double Y, Statistics.Interval? Interval, long N);

/// <summary>One curve by its two engines, ascending in x; either may be empty.</summary>
public sealed record FigureSeries(string Label, IReadOnlyList<FigurePoint> Simulated, IReadOnlyList<FigurePoint> ClosedForm)
{
    /// <summary>Points beside the curve, marked with a cross.</summary>
    public IReadOnlyList<FigurePoint> Crosses { get; init; } = [];
}
