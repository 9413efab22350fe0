using System.Globalization;
using System.Text;
using Experiments.Configuration;
using Experiments.Plans;
using Experiments.Reports;
using Experiments.Results;
using SimTime = Actors.Kernel.SimTime;

namespace Experiments.MonteCarlo;

/// <summary>Writes the files of a results folder.</summary>
public sealed class ExperimentFiles(ResultsFolder folder, Provenance provenance)
{
    public const string ResolvedName = "experiment.resolved.conf";

    private const string ProvenanceName = "provenance.json";

    /// <summary>What is known before the first replication, so that an interrupted run can be traced and repeated too.</summary>
    public void WriteBefore(ExperimentPlan plan)
    {
        folder.Write(ResolvedName, plan.Resolved);
        folder.Write(Assumptions.FileName, Assumptions.Text);
        folder.Write(ProvenanceName, provenance.Json());
    }

    /// <summary>What is known after the last replication only, or after the interruption.</summary>
    /// <param name="members">Addresses of the members of a cluster that had work; none for a run in this process.</param>
    public void WriteMembers(IReadOnlyList<string> members)
    {
        if (members.Count > 0)
            folder.Write(ProvenanceName, (provenance with { Members = members }).Json());
    }

    /// <param name="notes">One line each, by study.</param>
    /// <param name="partitions">Of cells that do not say it themselves.</param>
    public void WriteResults(ExperimentResults results, ExperimentFindings findings, ILookup<string, string> notes, int partitions = 1)
    {
        var plan = results.Plan;
        folder.Write("summary.csv", SummaryTable.Csv(results.Rows));
        folder.Write("summary.json", SummaryTable.Json(plan.Name, plan.Seed, results.Rows, results.Digests));
        var titles = results.Titles;
        var speeds = plan.Studies.Where(study => study.RecordSpeed)
            .ToDictionary(study => study.Name, study => SpeedRuns.Of(study, plan.Seed, results.Schemes, partitions));
        if (speeds.Count > 0)
            folder.Write("speed.csv", SpeedFigure.Csv([.. plan.Studies.Where(study => study.RecordSpeed).SelectMany(study => speeds[study.Name])]));
        using var packets = new PacketRuns(plan.Seed, results.Schemes);
        var studies = plan.Studies.Select(study =>
        {
            var rows = results.RowsOf(study);
            return new StudySummary(
                study.Name,
                rows,
                findings.Readings.ContainsKey(study.Name) ? [] : Detailed(study, rows),
                findings.Comparisons[study.Name],
                findings.Fits[study.Name],
                [.. study.Plots.Select(plot => Draw(plot, study, rows, titles)), .. study.PacketPlots.Select(plot => Draw(plot, study, packets, titles)),
                    .. study.SpeedPlots.Select(plot => SpeedFigure.Of(plot, speeds[study.Name], scheme => titles.GetValueOrDefault(scheme, scheme))).Select(figure => Draw(figure, figure.Csv()))],
                [.. notes[study.Name]])
            {
                Readings = findings.Readings.GetValueOrDefault(study.Name),
                Outcomes = results.OutcomesOf(study),
            };
        });
        foreach (var cell in plan.Studies.Where(study => study.RecordPackets).SelectMany(Simulated))
            folder.Write(CellFile.Name("packets", cell, "-r0.csv"), PacketFigure.Csv(packets.Of(cell)));
        folder.Write("summary.md", SummaryMarkdown.Text(new Summary(
            plan.Name, ConfidenceOf(plan.Studies[0]), [.. studies], findings.Verdicts, titles, provenance.Line())));
    }

    /// <summary>failures/CELL-rN.txt for each failure of this run.</summary>
    public void WriteFailures(ExperimentPlan plan, CellOutcome outcome)
    {
        foreach (var failure in outcome.Failures.Take(FailureReport.MostFiles))
            folder.Write(FailureReport.FileName(outcome.Cell, failure), FailureReport.Text(plan, outcome.Cell, failure, folder.Path));
    }

    private FigureLink Draw(PlotPlan plot, StudyPlan study, IReadOnlyList<ResultRow> rows, IReadOnlyDictionary<string, string> titles)
    {
        var spec = new FigureSpec(plot.Name, plot.X, plot.Y.Statistic, plot.Y.Metric, plot.By, plot.Band, plot.Overlay);
        var figure = Figure.Of(spec, rows, scheme => titles.GetValueOrDefault(scheme, scheme), ConfidenceOf(study));
        return Draw(figure, figure.Csv());
    }

    /// <summary>A curve for each simulated cell of the study, or of one scheme in it.</summary>
    private FigureLink Draw(PacketPlotPlan plot, StudyPlan study, PacketRuns packets, IReadOnlyDictionary<string, string> titles)
    {
        PacketSeries[] series =
        [
            .. Simulated(study).Where(cell => plot.Scheme is null || cell.Scheme.Label == plot.Scheme).Select(cell => new PacketSeries(
                string.Join(", ", cell.Swept.Where(value => study.Swept.First(swept => swept.Name == value.Name).Values.Count > 1).Select(value => value.ToString())
                    .Prepend(titles.GetValueOrDefault(cell.Scheme.Label, cell.Scheme.Label))),
                [.. packets.Of(cell).Where(packet => plot.Shows(packet.SentAt - SimTime.Zero))])),
        ];
        if (plot.Kind == PlotPlan.PacketDelay)
            return Draw(PacketFigure.Delays(plot, series), PacketFigure.Csv(series));
        var figure = PacketFigure.Ecdf(plot, series);
        return Draw(figure, figure.Csv());
    }

    private FigureLink Draw(Figure figure, string csv)
    {
        var name = figure.Spec.Name;
        folder.Write($"plots/{name}.csv", csv);
        folder.Write($"plots/{name}.svg", stream => stream.Write(FigurePicture.Svg(figure)));
        folder.Write($"plots/{name}.png", stream => stream.Write(FigurePicture.Png(figure)));
        return new FigureLink($"plots/{name}.svg", figure.Title);
    }

    private static IEnumerable<CellPlan> Simulated(StudyPlan study) => study.Cells.Where(cell => cell.Engine == Engine.Simulation);

    /// <summary>Metrics with a table of their own: durations, sums, and what the study asks about.</summary>
    private static IReadOnlyList<string> Detailed(StudyPlan study, IReadOnlyList<ResultRow> rows)
    {
        var asked = study.Plots.Select(plot => plot.Y.Metric)
            .Concat(study.Cells.SelectMany(cell => cell.Stop.On).Select(statistic => statistic.Metric)).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Select(row => row.Metric).Distinct().Where(metric => asked.Contains(metric) || !Metric.IsPart(metric))];
    }

    private static double ConfidenceOf(StudyPlan study) => study.Cells[0].Stop.Confidence;
}

/// <summary>The files of one cell.</summary>
internal static class CellFile
{
    /// <summary>Named after study, scheme and swept values.</summary>
    public static string Name(string folder, CellPlan cell, string end)
    {
        var name = new StringBuilder(folder).Append('/');
        foreach (var character in $"{cell.Study}-{cell.Scheme.Label}{string.Concat(cell.Swept.Select(swept => $"-{swept.Name}={swept.Value}"))}".Replace(" ", "", StringComparison.Ordinal))
            name.Append(char.IsAsciiLetterOrDigit(character) || character is '-' or '=' or '.' ? character : '_');
        return name.Append(end).ToString();
    }
}

/// <summary>A failed replication in words.</summary>
public static class FailureReport
{
    /// <summary>A cell that fails throughout would fill the folder.</summary>
    public const int MostFiles = 20;

    public static string FileName(CellPlan cell, FailedReplication failure) =>
        CellFile.Name("failures", cell, string.Create(CultureInfo.InvariantCulture, $"-r{failure.Index}.txt"));

    /// <summary>The one line: which replication, when, where, why, and how to see it again.</summary>
    public static string Line(ExperimentPlan plan, CellPlan cell, FailedReplication failure, string folder) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{CellStatistics.NameOf(cell)}: {Codes.ReplicationFailed} replication {failure.Index} (seed {plan.Seed}) failed at {failure.At} in node {failure.Node}: {OneLine(failure.Reason)}. Reproduce: {Command(cell, failure, folder)}");

    public static string Text(ExperimentPlan plan, CellPlan cell, FailedReplication failure, string folder) =>
        string.Create(CultureInfo.InvariantCulture,
            $"""
            cell         {cell.Number} {CellStatistics.NameOf(cell)}
            key          {cell.Key}
            seed         {plan.Seed}
            replication  {failure.Index}
            virtual time {failure.At}
            node         {failure.Node}
            reason       {OneLine(failure.Reason)}
            reproduce    {Command(cell, failure, folder)}

            {failure.Detail}
            """).TrimEnd() + "\n";

    private static string Command(CellPlan cell, FailedReplication failure, string folder) =>
        string.Create(CultureInfo.InvariantCulture, $"handover trace {folder} --cell {cell.Number} --replication {failure.Index}");

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
}
