namespace Experiments.Plans;

/// <summary>What a replication measures and the unit of its rows.</summary>
/// <param name="Unit"><c>ms</c>, <c>count</c>, <c>bytes</c> or <c>1</c>.</param>
public sealed record Metric(string Name, string Unit)
{
    public static readonly ValueList<Metric> All =
    [
        new("total", "ms"),
        new("pre-authentication", "ms"),
        new("pre", "ms"),
        new("link-switch", "ms"),
        new("authentication", "ms"),
        new("after-link-up", "ms"),
        new("registration", "ms"),
        new("local-registration", "ms"),
        new("home-registration", "ms"),
        new("redirection", "ms"),
        new("recovery", "ms"),
        new("signalling.messages", "count"),
        new("signalling.bytes", "bytes"),
    ];

    /// <summary>The summaries of a metric that can be plotted, expected or stopped on.</summary>
    public static readonly ValueList<string> Statistics = ["mean", "stddev", "min", "p50", "p95", "p99", "max"];

    /// <summary>The summaries that have a confidence interval, so that a run can stop on them.</summary>
    public static readonly ValueList<string> Stoppable = ["mean", "p50", "p95", "p99"];

    public Dimension Dimension => Unit switch
    {
        "ms" => Dimension.Duration,
        "bytes" => Dimension.Size,
        _ => Dimension.Number,
    };
}

/// <summary>A summary of a metric, written <c>mean.total</c>.</summary>
public sealed record MetricStatistic(string Statistic, string Metric)
{
    public Dimension Dimension => Plans.Metric.All.First(metric => metric.Name == Metric).Dimension;

    public override string ToString() => $"{Statistic}.{Metric}";
}
