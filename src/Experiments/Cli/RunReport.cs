using System.Globalization;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Reports;
using Experiments.Results;
using Experiments.Statistics;
using Spectre.Console;
using Topology.Partitioning;

namespace Experiments.Cli;

/// <summary>What a run says: data on the output, everything else on the error stream; and its exit code.</summary>
internal sealed class RunReport(Laboratory laboratory, ExperimentPlan plan, bool json, bool quiet, bool verbose)
{
    private const int FailuresShown = 3;
    private const int PlainWidth = 200;

    /// <summary>What the user should know of the partitioning, once.</summary>
    public void Notes(int partitions)
    {
        if (plan.Cells.FirstOrDefault(cell => cell.Engine == Engine.Simulation) is not { } cell)
            return;
        foreach (var note in PartitionPlan.Create(CellScenario.NetworkOf(cell).Plan!, partitions).Notes)
            laboratory.Error.WriteLine($"{plan.Name}: {note}");
    }

    /// <summary>
    /// One line for each cell that came out short (failed replications, precision, budget) and for each warm-up of a study: what it leaves out.
    /// </summary>
    public IReadOnlyList<(string Study, string Text)> NotesOf(ExperimentResults results, string folder)
    {
        var notes = new List<(string, string)>(plan.Studies.SelectMany(study => WarmUps(study, results).Select(note => (study.Name, note))));
        foreach (var cell in plan.Cells)
        {
            if (!results.Outcomes.TryGetValue(cell.Number, out var outcome))
                continue;
            var name = CellStatistics.NameOf(cell);
            foreach (var failure in outcome.Failures.Take(FailuresShown))
                notes.Add((cell.Study, FailureReport.Line(plan, cell, failure, folder)));
            if (outcome.Failed > Math.Min(outcome.Failures.Count, FailuresShown))
                notes.Add((cell.Study, Counted(name, outcome)));
            if (outcome.Decision is null)
            {
                notes.Add((cell.Study, string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {Codes.BudgetSpent} the budget was spent after {outcome.Samples.Count} replications (stopped=budget). Run it again to go on.")));
            }
            else if (outcome.Decision is { State: StopState.MaximumReached, Worst: >= 0 } decision)
            {
                notes.Add((cell.Study, RuleOf(cell).NotReached(name, cell.Stop.On[decision.Worst].ToString(), decision)));
            }
        }

        return notes;
    }

    public int Finished(ExperimentResults results, ExperimentFindings findings, IEnumerable<string> notes, string folder)
    {
        if (verbose)
        {
            foreach (var outcome in results.Outcomes.Values.OrderBy(outcome => outcome.Cell.Number))
                laboratory.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CellStatistics.NameOf(outcome.Cell)}: {outcome.Samples.Count} replications, digest {outcome.Samples.Digest:x16}"));
        }

        if (json)
            WriteRows(results);
        else if (!quiet)
            WriteTables(results, findings);
        foreach (var note in notes)
            laboratory.Error.WriteLine(note);
        var failed = findings.Verdicts.Where(verdict => verdict is { IsRequired: true, Outcome: Outcome.Failed or Outcome.Contradicted }).ToList();
        foreach (var verdict in failed)
            laboratory.Error.WriteLine($"{verdict.Claim}: {Codes.ExpectationFailed} {verdict.Evidence}. See {Path.Combine(folder, "summary.md")}.");
        if (!quiet)
            laboratory.Error.WriteLine($"results: {folder} (summary.md, summary.csv{(plan.Studies.Any(study => study.DrawsPlots) ? ", plots" : "")})");
        if (results.Outcomes.Values.Any(outcome => outcome.Failed > 0))
            return ExitCode.ReplicationsFailed;
        if (failed.Count > 0)
            return ExitCode.ExpectationFailed;
        return results.Outcomes.Values.All(outcome => outcome.Decision?.State == StopState.PrecisionReached)
            ? ExitCode.Success
            : ExitCode.PrecisionNotReached;
    }

    public int Interrupted(string folder)
    {
        laboratory.Error.WriteLine($"interrupted; what was computed is in {folder}. Run the same command again to go on.");
        return ExitCode.Interrupted;
    }

    public int QuorumLost(string folder)
    {
        laboratory.Error.WriteLine($"the cluster cannot go on: nobody computes, or the others went on without this coordinator. What was computed is in {folder}. Run the same command again to go on.");
        return ExitCode.QuorumLost;
    }

    private static IEnumerable<string> WarmUps(StudyPlan study, ExperimentResults results) =>
        from cell in study.Cells
        where cell.WarmUp > TimeSpan.Zero && results.Outcomes.ContainsKey(cell.Number)
        group results.Outcomes[cell.Number].Samples by cell.WarmUp into cut
        let leftOut = cut.Sum(samples => samples.SumOf(Metric.LeftOut))
        select string.Create(CultureInfo.InvariantCulture,
            $"{study.Name}: {leftOut} of {leftOut + cut.Sum(samples => samples.SumOf(Metric.Handovers))} handovers are left out, triggered in the first {cut.Key.TotalSeconds} s (run.warm-up). Signalling, computations and data are of the whole run.");

    private static StoppingRule RuleOf(CellPlan cell) =>
        new(cell.Stop.Precision, cell.Stop.Confidence, cell.Stop.Batch, cell.Stop.MaxReplications);

    private static string Counted(string name, CellOutcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {Codes.ReplicationFailed} {outcome.Failed} of {outcome.Samples.Count} replications failed in all; the first are in failures/.");

    private void WriteRows(ExperimentResults results)
    {
        foreach (var row in SummaryTable.JsonRows(results.Rows))
            laboratory.Output.WriteLine(row);
    }

    /// <summary>What a study is about: the metric that its simulations stop on first.</summary>
    private static string WatchedBy(StudyPlan study) => study.Cells.Count == 0 ? "total" : study.Cells[0].Stop.On[0].Metric;

    private void WriteTables(ExperimentResults results, ExperimentFindings findings)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(laboratory.Output),
            Ansi = laboratory.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = laboratory.OutputIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!laboratory.OutputIsTerminal)
            console.Profile.Width = PlainWidth;
        var titles = results.Titles;
        foreach (var study in plan.Studies.Where(study => !findings.Readings.ContainsKey(study.Name)))
            console.Write(StudyTable.Of(study.Name, WatchedBy(study), results.RowsOf(study), scheme => titles.GetValueOrDefault(scheme, scheme)));
        foreach (var (study, readings) in findings.Readings)
            laboratory.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{study}: {readings.Rows.Count} readings of {string.Join(", ", readings.Names)}; all in summary.md"));
        foreach (var verdict in findings.Verdicts)
        {
            laboratory.Output.WriteLine($"{verdict.Claim}: {verdict.Outcome.ToString().ToLowerInvariant()}: {verdict.Text}");
            if (verdict.Tally is { } tally)
                laboratory.Output.WriteLine($"  {tally.Sentence}");
        }
    }
}
