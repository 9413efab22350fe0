using System.Globalization;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.MonteCarlo;

/// <summary>From the statistics that a plan names to those that samples give.</summary>
internal static class CellStatistics
{
    /// <summary>A statistic that has an interval: the mean or a quantile.</summary>
    public static StatisticName Watched(MetricStatistic statistic) => new(
        statistic.Metric,
        statistic.Statistic == "mean" ? null : double.Parse(statistic.Statistic.AsSpan(1), CultureInfo.InvariantCulture) / 100);

    /// <summary>What tables show of a cell's swept values.</summary>
    public static IReadOnlyList<SweptParameter> SweptOf(CellPlan cell) =>
    [
        .. cell.Swept.Select(swept => new SweptParameter(
            swept.Name, swept.Name + Units.ColumnSuffix(swept.Value.Dimension), Units.Base(swept.Value.Dimension), swept.Value.Bare)),
    ];

    /// <summary>A cell as messages name it: <c>fig3 famipv6 (H = 20 ms, Ts = 8 ms)</c>.</summary>
    public static string NameOf(CellPlan cell) =>
        $"{cell.Study} {cell.Scheme.Label}{(cell.Swept.Count == 0 ? "" : $" ({string.Join(", ", cell.Swept)})")}";
}
