using System.Globalization;
using System.Text;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Reports;

/// <summary>How fast one cell ran on this machine.</summary>
/// <param name="SetUpSeconds">Of building the network.</param>
/// <param name="Seconds">Of running replication 0 on it.</param>
/// <param name="PeakMib">Of the whole process meanwhile.</param>
internal sealed record SpeedLine(
    CellPlan Cell, IReadOnlyList<SweptParameter> Swept, int Mobiles, int Partitions, long Events, long Windows, double SetUpSeconds, double Seconds, double PeakMib)
{
    /// <summary>Against one partition; null where that was not measured.</summary>
    public double? SpeedUp { get; init; }

    public double? this[string quantity] => quantity switch
    {
        SpeedPlotPlan.EventsPerSecond => Events / Seconds,
        SpeedPlotPlan.SpeedUp => SpeedUp,
        SpeedPlotPlan.PeakMemory => PeakMib,
        SpeedPlotPlan.SetUp => SetUpSeconds,
        _ => Windows == 0 ? null : (double)Events / Windows,
    };
}

/// <summary>The measured speed of a study as table and figures.</summary>
internal static class SpeedFigure
{
    /// <summary>A line for each cell. The figures are no results: they belong to this machine and this run.</summary>
    public static string Csv(IReadOnlyList<SpeedLine> lines)
    {
        var swept = lines.SelectMany(line => line.Swept).Select(one => one.Column).Distinct().ToArray();
        var text = new StringBuilder().AppendJoin(',',
            ["study", "scheme", .. swept.Select(SummaryTable.Field), "mobiles", "partitions", "events", "set_up_seconds", "wall_seconds", "events_per_second", "speed_up", "peak_rss_mib", "windows", "events_per_window"]).Append('\n');
        foreach (var line in lines)
        {
            text.AppendJoin(',',
            [
                line.Cell.Study, SummaryTable.Field(line.Cell.Scheme.Label),
                .. swept.Select(column => line.Swept.FirstOrDefault(one => one.Column == column)?.Value ?? ""),
                NumberText.Of(line.Mobiles), NumberText.Of(line.Partitions), NumberText.Of(line.Events), NumberText.Of(line.SetUpSeconds), NumberText.Of(line.Seconds),
                NumberText.Of(line[SpeedPlotPlan.EventsPerSecond]), NumberText.Of(line.SpeedUp), NumberText.Of(line.PeakMib), NumberText.Of(line.Windows),
                NumberText.Of(line[SpeedPlotPlan.EventsPerWindow]),
            ]).Append('\n');
        }

        return text.ToString();
    }

    /// <param name="title">The name a scheme is printed with.</param>
    public static Figure Of(SpeedPlotPlan plot, IReadOnlyList<SpeedLine> lines, Func<string, string> title)
    {
        var unit = lines.SelectMany(line => line.Swept).FirstOrDefault(one => one.Name == plot.X)?.Unit ?? "";
        return new Figure(
            new FigureSpec(plot.Name, plot.X, PlotPlan.Speed, plot.Of, "scheme", Band: false, Overlay: false),
            $"{plot.Name}: {plot.Of} over {plot.X}",
            unit.Length == 0 ? plot.X : $"{plot.X} ({unit})",
            plot.Of == SpeedPlotPlan.PeakMemory ? $"{plot.Of} (MiB)" : plot.Of == SpeedPlotPlan.SetUp ? $"{plot.Of} (s)" : plot.Of,
            string.Create(CultureInfo.InvariantCulture,
                $"Replication 0 alone on this machine ({Environment.ProcessorCount} cores), once: no result, and other in every run. Assumptions: see assumptions.md."),
            [
                .. lines.Where(line => line[plot.Of] is not null).GroupBy(LabelOf).Select(group => new FigureSeries(
                    group.Key, [.. group.Select(line => new FigurePoint(XOf(line), line[plot.Of]!.Value, null, 1)).OrderBy(point => point.X)], [])),
            ]);

        double XOf(SpeedLine line) => double.Parse(line.Swept.First(one => one.Name == plot.X).Value, CultureInfo.InvariantCulture);

        string LabelOf(SpeedLine line) => string.Join(", ", line.Swept.Where(one => one.Name != plot.X).Select(one => one.ToString()).Prepend(title(line.Cell.Scheme.Label)));
    }
}
