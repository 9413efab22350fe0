using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Experiments.Results;

/// <summary>A summary of a metric, such as <c>mean.total</c> or <c>p99.interruption</c>.</summary>
/// <param name="Share">The quantile, above 0 and below 1; null for the mean.</param>
public sealed record StatisticName(string Metric, double? Share = null)
{
    public string Statistic => Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0}") : "mean";

    public override string ToString() => $"{Statistic}.{Metric}";

    /// <summary>Reads <c>mean.METRIC</c> and <c>p1.METRIC</c> to <c>p99.METRIC</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StatisticName? name)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        name = null;
        if (dot <= 0 || dot == text.Length - 1)
            return false;
        var metric = text[(dot + 1)..];
        if (text[..dot] == "mean")
            name = new StatisticName(metric);
        else if (text[0] == 'p' && int.TryParse(text.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 99)
            name = new StatisticName(metric, percent / 100.0);
        return name is not null;
    }
}
