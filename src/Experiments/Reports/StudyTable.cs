using Experiments.Results;
using Spectre.Console;

namespace Experiments.Reports;

/// <summary>A study's metric as a terminal shows it: schemes against swept values, the longer of the two downwards.</summary>
public static class StudyTable
{
    /// <param name="title">The name a scheme is printed with.</param>
    public static Table Of(string study, string metric, IReadOnlyList<ResultRow> rows, Func<string, string> title)
    {
        var shown = rows.Where(row => row.Study == study && row.Metric == metric).ToArray();
        var points = shown.Select(row => row.Point).Distinct(StringComparer.Ordinal).ToArray();
        var schemes = shown.Select(row => row.Scheme).Distinct(StringComparer.Ordinal).ToArray();
        var pointsDown = points.Length >= schemes.Length;
        var unit = shown.FirstOrDefault()?.Unit is { } known and not "1" ? $" ({known})" : "";
        var table = new Table { Border = TableBorder.Rounded };
        table.Title(new TableTitle(Markup.Escape($"{study}: {metric}{unit}, mean +- half width | closed form")));
        table.AddColumn(new TableColumn("").NoWrap());
        foreach (var head in pointsDown ? schemes.Select(title) : points)
            table.AddColumn(new TableColumn(Markup.Escape(head)).RightAligned());
        foreach (var down in pointsDown ? points : schemes)
        {
            var cells = pointsDown
                ? schemes.Select(scheme => Cell(shown, scheme, down))
                : points.Select(point => Cell(shown, down, point));
            table.AddRow([Markup.Escape(pointsDown ? down : title(down)), .. cells]);
        }

        return table;
    }

    private static string Cell(ResultRow[] rows, string scheme, string point)
    {
        var simulated = Find(ResultRow.Simulation);
        var model = Find(ResultRow.Analytic);
        var text = NumberText.Short(simulated?.Mean);
        if (simulated?.Interval is { } interval)
            text += $" +- {NumberText.Short(interval.HalfWidth)}";
        if (model is not null)
            text += $" [grey]| {NumberText.Short(model.Mean)}[/]";
        return text;

        ResultRow? Find(string engine) => Array.Find(rows, row => row.Engine == engine && row.Scheme == scheme && row.Point == point);
    }
}
