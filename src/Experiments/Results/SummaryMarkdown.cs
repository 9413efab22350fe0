using System.Globalization;
using System.Text;
using Experiments.Plans;

namespace Experiments.Results;

/// <summary>A figure in a summary.</summary>
/// <param name="File">Relative to the results folder.</param>
public sealed record FigureLink(string File, string Caption);

/// <summary>What a summary says about one study.</summary>
/// <param name="Rows">All its rows; the tables show those of <paramref name="Metrics"/>.</param>
/// <param name="Notes">One line each, such as a precision that was not reached.</param>
public sealed record StudySummary(
    string Name,
    IReadOnlyList<ResultRow> Rows,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<ComparisonLine> Comparisons,
    IReadOnlyList<FitLine> Fits,
    IReadOnlyList<FigureLink> Figures,
    IReadOnlyList<string> Notes)
{
    /// <summary>Where the study counts readings; null otherwise.</summary>
    public ReadingTable? Readings { get; init; }

    public IReadOnlyList<OutcomeLine> Outcomes { get; init; } = [];
}

/// <summary>Everything summary.md says.</summary>
/// <param name="Confidence">Of every interval, between 0 and 1.</param>
/// <param name="Titles">The name each scheme is printed with; a scheme without one goes by its own.</param>
/// <param name="Origin">One line on version, machine and seed.</param>
public sealed record Summary(
    string Experiment,
    double Confidence,
    IReadOnlyList<StudySummary> Studies,
    IReadOnlyList<VerdictLine> Verdicts,
    IReadOnlyDictionary<string, string> Titles,
    string Origin);

/// <summary>summary.md: verdicts first, then each study's tables, comparisons and fit; every number with n and interval.</summary>
public static class SummaryMarkdown
{
    private const double FitLevel = 0.01;

    public static string Text(Summary summary)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(summary.Experiment)}\n\nIntervals are at {summary.Confidence * 100:0.##} % confidence.\n");
        AppendVerdicts(text, summary.Verdicts);
        foreach (var study in summary.Studies)
            AppendStudy(text, study, scheme => summary.Titles.GetValueOrDefault(scheme, scheme));
        text.Append("\n## Assumptions and provenance\n\nWhat is assumed stands in [assumptions.md](assumptions.md), how to repeat the run in [provenance.json](provenance.json).\n\n")
            .Append(Escape(summary.Origin)).Append('\n');
        return text.ToString();
    }

    private static void AppendVerdicts(StringBuilder text, IReadOnlyList<VerdictLine> verdicts)
    {
        if (verdicts.Count == 0)
            return;
        text.Append("\n## Verdicts\n\n");
        AppendTable(text, ["", "claim", "outcome", "evidence"], verdicts.Select(verdict =>
            (string[])[verdict.Claim, verdict.Text, OutcomeText(verdict.Outcome), verdict.Evidence]));
    }

    private static void AppendStudy(StringBuilder text, StudySummary study, Func<string, string> title)
    {
        text.Append("\n## ").Append(Escape(study.Name)).Append('\n');
        foreach (var note in study.Notes)
            text.Append("\n> ").Append(Escape(note)).Append('\n');
        foreach (var figure in study.Figures)
            text.Append("\n![").Append(Escape(figure.Caption)).Append("](").Append(figure.File.Replace(" ", "%20", StringComparison.Ordinal)).Append(")\n");
        AppendReadings(text, study.Readings);
        if (study.Readings is null)
            AppendOutcomes(text, study.Outcomes, title);
        foreach (var metric in study.Metrics)
            AppendMetric(text, study, metric, title);
        if (study.Comparisons.Count > 0)
        {
            text.Append("\n### Paired comparison\n\n");
            foreach (var line in study.Comparisons)
                text.Append("- ").Append(Escape(line.Point.Length == 0 ? "" : line.Point + ": ")).Append(Escape(line.Sentence(title))).Append('\n');
        }

        AppendFits(text, study.Fits, title);
        if (study.Metrics.Count > 0)
            AppendByClass(text, study, title);
    }

    private static void AppendOutcomes(StringBuilder text, IReadOnlyList<OutcomeLine> lines, Func<string, string> title)
    {
        if (lines.Count == 0)
            return;
        text.Append("\n### outcomes, share of handovers\n\n");
        var (head, rows) = OutcomeTable.Of(lines, title);
        AppendTable(text, head, rows);
        foreach (var (index, reason) in OutcomeTable.Reasons(lines, title).Index())
            text.Append(index == 0 ? "\n- " : "- ").Append(Escape(reason)).Append('\n');
    }

    /// <summary>What a handover costs each class of links and nodes: the mean, or where it varies over the study from the least to the most.</summary>
    private static void AppendByClass(StringBuilder text, StudySummary study, Func<string, string> title)
    {
        var rows = study.Rows.Where(row => row.Engine == ResultRow.Simulation).ToLookup(row => row.Metric);
        var schemes = study.Rows.Select(row => row.Scheme).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var whole in (string[])[Metric.Messages, Metric.Bytes, Metric.ComputationTime, Metric.Computations, Metric.Waiting])
        {
            var metrics = rows.Select(group => group.Key).Where(metric => metric.StartsWith(whole + ".", StringComparison.Ordinal)
                && rows[metric].Any(row => row.Mean is not 0)).ToArray();
            if (metrics.Length == 0)
                continue;
            var unit = rows[metrics[0]].First().Unit;
            text.Append("\n### ").Append(Escape(unit == "ms" ? $"{whole}, ms" : whole)).Append(" by class\n\n");
            AppendTable(text, ["scheme", .. metrics.Select(metric => metric[(whole.Length + 1)..])], schemes.Select(scheme => (string[])
            [
                title(scheme), .. metrics.Select(metric => Range([.. rows[metric].Where(row => row.Scheme == scheme).Select(row => row.Mean)])),
            ]));
        }
    }

    private static string Range(double?[] means)
    {
        var (low, high) = (NumberText.Short(means.Min()), NumberText.Short(means.Max()));
        return low == high ? low : $"{low} .. {high}";
    }

    private static void AppendMetric(StringBuilder text, StudySummary study, string metric, Func<string, string> title)
    {
        var rows = study.Rows.Where(row => row.Metric == metric).ToArray();
        if (rows.Length == 0)
            return;
        var swept = rows.SelectMany(row => row.Swept)
            .Select(parameter => (parameter.Name, Head: parameter.Unit.Length == 0 ? parameter.Name : $"{parameter.Name} ({parameter.Unit})"))
            .Distinct().ToArray();
        var unit = rows[0].Unit == "1" ? "" : $", {rows[0].Unit}";
        text.Append("\n### ").Append(Escape(metric + unit)).Append("\n\n");
        AppendTable(text,
            [.. swept.Select(parameter => parameter.Head), "scheme", "n", "simulated mean", "interval", "stddev", "closed form", "closed form - simulated"],
            rows.GroupBy(row => (row.Point, row.Scheme)).Select(group =>
            {
                var simulated = group.FirstOrDefault(row => row.Engine == ResultRow.Simulation);
                var model = group.FirstOrDefault(row => row.Engine == ResultRow.Analytic);
                var gap = model?.Mean - simulated?.Mean;
                return (string[])
                [
                    .. swept.Select(parameter => group.First().Swept.FirstOrDefault(value => value.Name == parameter.Name)?.Value ?? ""),
                    title(group.Key.Scheme),
                    simulated is null ? "" : NumberText.Of(simulated.N),
                    NumberText.Of(simulated?.Mean),
                    IntervalText(simulated?.Interval),
                    NumberText.Of(simulated?.StandardDeviation),
                    NumberText.Of(model?.Mean),
                    $"{NumberText.Of(gap)} {(model?.Mean is { } mean ? IntervalText(simulated?.Interval?.SubtractFrom(mean)) : "")}".Trim(),
                ];
            }));
    }

    private static void AppendReadings(StringBuilder text, ReadingTable? readings)
    {
        if (readings is null)
            return;
        text.Append("\n### Readings\n\nWhat holds in which. The numbers behind it are in [summary.csv](summary.csv).\n\n");
        AppendTable(text,
            [.. readings.Names, .. readings.Statements.Select(statement => statement.Claim)],
            readings.Rows.Select((values, reading) => (string[])
            [
                .. values,
                .. readings.Statements.Select(statement => statement.Tally!.ByReading[reading] switch
                {
                    true => "holds",
                    false => "FAILS",
                    _ => "undecided",
                }),
            ]));
    }

    private static void AppendFits(StringBuilder text, IReadOnlyList<FitLine> fits, Func<string, string> title)
    {
        if (fits.Count == 0)
            return;
        var rejected = fits.Count(fit => fit.Test.RejectsAt(FitLevel));
        text.Append("\n### Distribution against the closed form (Kolmogorov-Smirnov)\n\n")
            .Append(CultureInfo.InvariantCulture, $"{rejected} of {fits.Count} rejected at {FitLevel * 100:0.#} %; chance alone rejects about {fits.Count * FitLevel:0.##}.\n\n");
        AppendTable(text, ["point", "scheme", "metric", "n", "D", "p", "closed form"], fits.Select(fit => (string[])
        [
            fit.Point, title(fit.Scheme), fit.Metric, NumberText.Of(fit.Test.Count),
            NumberText.Of(fit.Test.Statistic), NumberText.Short(fit.Test.PValue),
            fit.Test.RejectsAt(FitLevel) ? "rejected" : "not rejected",
        ]));
    }

    private static void AppendTable(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", head.Select(Escape)).Append(" |\n|").Insert(text.Length, "---|", head.Length).Append('\n');
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
    }

    private static string IntervalText(Statistics.Interval? interval) =>
        interval is { } value ? $"[{NumberText.Of(value.Low)}, {NumberText.Of(value.High)}]" : "";

    private static string OutcomeText(Outcome outcome) => outcome switch
    {
        Outcome.Contradicted or Outcome.Failed => outcome.ToString().ToUpperInvariant(),
        _ => outcome.ToString().ToLowerInvariant(),
    };

    /// <summary>Names and messages hold user text: no table, link, emphasis or HTML may come of it.</summary>
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (char.IsControl(character))
            {
                text.Append(' ');
                continue;
            }

            var link = character == '(' && text.Length > 0 && text[^1] == ']';
            if (link || character is '|' or '<' or '`' or '*' or '_' or '\\')
                text.Append('\\');
            text.Append(character);
        }

        return text.ToString();
    }
}
