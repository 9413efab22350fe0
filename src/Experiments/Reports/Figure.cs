using System.Globalization;
using System.Text;
using Experiments.Results;

namespace Experiments.Reports;

/// <summary>A figure's numbers, picked from the rows of its study: what the pictures, the table beside them and the csv show.</summary>
public sealed record Figure(FigureSpec Spec, string Title, string XLabel, string YLabel, string Caption, IReadOnlyList<FigureSeries> Series)
{
    /// <param name="rows">Of one study, in plan order, which is also the order of the curves.</param>
    /// <param name="title">The name a scheme is printed with.</param>
    /// <param name="confidence">Of the intervals, between 0 and 1.</param>
    public static Figure Of(FigureSpec spec, IReadOnlyList<ResultRow> rows, Func<string, string> title, double confidence)
    {
        var shown = rows
            .Where(row => row.Metric == spec.Metric && row[spec.Statistic] is not null && XOf(row, spec) is not null)
            .Where(row => row.Engine == ResultRow.Simulation || spec.Overlay || spec.By == "engine" || rows.All(other => other.Engine == ResultRow.Analytic))
            .ToArray();
        // A further swept name with several values would fold several curves into one; it joins the label instead.
        var varying = shown.SelectMany(row => row.Swept).Where(parameter => parameter.Name != spec.X && parameter.Name != spec.By)
            .GroupBy(parameter => parameter.Name).Where(group => group.Distinct().Count() > 1).Select(group => group.Key).ToArray();
        var bySchemeToo = spec.By != "scheme" && shown.Select(row => row.Scheme).Distinct().Count() > 1;
        var series = shown.GroupBy(LabelOf).Select(group => new FigureSeries(
            group.Key, Points(group, ResultRow.Simulation, spec), Points(group, ResultRow.Analytic, spec))).ToArray();
        var parameter = shown.SelectMany(row => row.Swept).FirstOrDefault(candidate => candidate.Name == spec.X);
        return new Figure(
            spec,
            $"{spec.Name}: {spec.Statistic} {spec.Metric} over {spec.X}",
            WithUnit(spec.X, parameter?.Unit ?? ""),
            WithUnit($"{spec.Statistic} {spec.Metric}", shown.FirstOrDefault()?.Unit ?? ""),
            CaptionOf(series, confidence, spec),
            series);

        string LabelOf(ResultRow row)
        {
            string?[] parts =
            [
                bySchemeToo ? title(row.Scheme) : null,
                spec.By switch
                {
                    "scheme" => title(row.Scheme),
                    "engine" => row.Engine,
                    _ => row.Swept.FirstOrDefault(parameter => parameter.Name == spec.By)?.ToString(),
                },
                .. varying.Select(name => row.Swept.FirstOrDefault(parameter => parameter.Name == name)?.ToString()),
            ];
            return string.Join(", ", parts.Where(part => part is not null));
        }
    }

    /// <summary>The points, a line each; columns name their units.</summary>
    public string Csv()
    {
        var text = new StringBuilder("series,engine,")
            .AppendJoin(',', new[] { XLabel, YLabel }.Select(SummaryTable.Field)).Append(",ci_low,ci_high,n\n");
        foreach (var series in Series)
        {
            Append(ResultRow.Simulation, series.Simulated);
            Append(ResultRow.Analytic, series.ClosedForm);

            void Append(string engine, IReadOnlyList<FigurePoint> points)
            {
                foreach (var point in points)
                {
                    text.AppendJoin(',', SummaryTable.Field(series.Label), engine, NumberText.Of(point.X), NumberText.Of(point.Y),
                        NumberText.Of(point.Interval?.Low), NumberText.Of(point.Interval?.High), NumberText.Of(point.N)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static FigurePoint[] Points(IEnumerable<ResultRow> rows, string engine, FigureSpec spec) =>
    [
        .. rows.Where(row => row.Engine == engine)
            .Select(row => new FigurePoint(XOf(row, spec)!.Value, row[spec.Statistic]!.Value, spec.Statistic == "mean" ? row.Interval : null, row.N))
            .OrderBy(point => point.X),
    ];

    private static double? XOf(ResultRow row, FigureSpec spec) =>
        row.Swept.FirstOrDefault(parameter => parameter.Name == spec.X) is { } parameter
        && double.TryParse(parameter.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) ? x : null;

    private static string WithUnit(string text, string unit) => unit is "" or "1" ? text : $"{text} ({unit})";

    private static string CaptionOf(FigureSeries[] series, double confidence, FigureSpec spec)
    {
        var counts = series.SelectMany(item => item.Simulated).Select(point => point.N).ToArray();
        if (counts.Length == 0)
            return "Lines: closed form, no simulation. Assumptions: see assumptions.md.";
        var (least, most) = (counts.Min(), counts.Max());
        var text = new StringBuilder("Marks: simulation, n = ").Append(CultureInfo.InvariantCulture, $"{least}");
        if (most > least)
            text.Append(CultureInfo.InvariantCulture, $" to {most}");
        text.Append(" replications a point");
        if (spec.Band && series.Any(item => item.Simulated.Any(point => point.Interval is not null)))
            text.Append(CultureInfo.InvariantCulture, $"; bands: {confidence * 100:0.##} % confidence of the mean");
        if (series.Any(item => item.ClosedForm.Count > 0))
            text.Append("; lines: closed form");
        return text.Append(". Assumptions: see assumptions.md.").ToString();
    }
}
