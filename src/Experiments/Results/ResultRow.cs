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

    /// <summary>The rows of a simulated cell, in the order of its metrics; a metric absent from every replication has none.</summary>
    public static IEnumerable<ResultRow> Of(
        string study, string scheme, IReadOnlyList<SweptParameter> swept, CellSamples samples, double confidence)
    {
        for (var metric = 0; metric < samples.Metrics.Count; metric++)
        {
            var moments = samples.Moments(metric);
            if (moments.Count == 0)
                continue;
            var (definition, values) = (samples.Metrics[metric], samples.Samples(metric));
            var mean = moments.MeanEstimate(confidence);
            yield return new ResultRow(
                study, Simulation, scheme, swept, definition.Name, definition.Unit, moments.Count,
                mean.Value * definition.Scale,
                mean.Interval?.Scale(definition.Scale),
                moments.Count < 2 ? null : moments.StandardDeviation * definition.Scale,
                moments.Minimum * definition.Scale,
                values.Quantile(0.50) * definition.Scale,
                values.Quantile(0.95) * definition.Scale,
                values.Quantile(0.99) * definition.Scale,
                moments.Maximum * definition.Scale);
        }
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
