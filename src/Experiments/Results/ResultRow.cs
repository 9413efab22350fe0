using Experiments.Statistics;

namespace Experiments.Results;

/// <summary>The value of a swept name in one cell.</summary>
/// <param name="Column">The name with its unit, as tables head it: <c>H_ms</c>.</param>
/// <param name="Unit">As sentences show it; empty for plain numbers and words.</param>
/// <param name="Value">The bare number or word, canonical.</param>
public sealed record SweptParameter(string Name, string Column, string Unit, string Value)
{
    public override string ToString() => Unit.Length == 0 ? $"{Name} = {Value}" : $"{Name} = {Value} {Unit}";
}

/// <summary>
/// One metric of one cell, in the metric's unit: a row of summary.csv. <paramref name="N"/> is 0 and the interval absent
/// for the closed form.
/// </summary>
/// <param name="Engine"><see cref="Analytic"/> or <see cref="Simulation"/>.</param>
/// <param name="Interval">Of the mean.</param>
public sealed record ResultRow(
    string Study,
    string Engine,
    string Scheme,
    IReadOnlyList<SweptParameter> Swept,
    string Metric,
    string Unit,
    long N,
    double? Mean,
    Interval? Interval,
    double? StandardDeviation,
    double? Minimum,
    double? P50,
    double? P95,
    double? P99,
    double? Maximum)
{
    public const string Analytic = "analytic";
    public const string Simulation = "simulation";

    /// <summary>The swept values as one text; equal for rows at the same point of a study.</summary>
    public string Point => string.Join(", ", Swept);

    /// <summary>
    /// The rows of a simulated cell: its metrics in their order, then distributions over single handovers where they are kept, then a share for each outcome. A metric absent from every
    /// replication has none.
    /// </summary>
    /// <param name="outcomes">Names of outcomes to show, also those that no handover had; by default those of the cell.</param>
    public static IEnumerable<ResultRow> Of(
        string study, string scheme, IReadOnlyList<SweptParameter> swept, CellSamples samples, double confidence,
        IEnumerable<string>? outcomes = null)
    {
        var metrics = samples.Metrics.Select(metric => metric.Name)
            .Concat(samples.Distributions()).Concat((outcomes ?? samples.OutcomeNames()).Select(outcome => Plans.Metric.OutcomePrefix + outcome));
        return metrics.Select(metric => samples.Summary(metric, confidence)).OfType<MetricSummary>().Select(summary => new ResultRow(
            study, Simulation, scheme, swept, summary.Definition.Name, summary.Definition.Unit, summary.N, summary.Mean, summary.Interval,
            summary.StandardDeviation, summary.Minimum, summary.P50, summary.P95, summary.P99, summary.Maximum));
    }

    /// <summary>The value of a statistic that has a column of its own (<c>mean</c>, <c>p95</c>, ...); null otherwise.</summary>
    public double? this[string statistic] => statistic switch
    {
        "mean" => Mean,
        "stddev" => StandardDeviation,
        "min" => Minimum,
        "p50" => P50,
        "p95" => P95,
        "p99" => P99,
        "max" => Maximum,
        _ => null,
    };
}
