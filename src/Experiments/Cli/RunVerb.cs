using System.CommandLine;
using Experiments.Cluster.Members;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Cli;

/// <summary><c>handover run FILE</c>: runs or continues an experiment.</summary>
internal static class RunVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var options = new CommonOptions();
        var cluster = new Option<string[]>("--cluster") { Description = "compute on the members of this cluster; any of them, more than one for when one is down", HelpName = "HOST:PORT", DefaultValueFactory = _ => [] };
        var member = new ClusterOptions();
        var span = CommonOptions.Flag("--span", "run each replication as one network over all members of --cluster");
        var store = CommonOptions.Text("--store", "ADDRESS", "keep replications in PostgreSQL instead of the results folder: postgres://user@host/database");
        var json = CommonOptions.Flag("--json", "one object per row of summary.csv instead of tables");
        var silent = CommonOptions.Flag("--no-progress", "no progress on the error stream");
        var quiet = CommonOptions.Flag("-q", "neither progress nor tables");
        var verbose = CommonOptions.Flag("-v", "a line for each simulated cell");
        var command = new Command("run", "Run an experiment, or continue it: finished cells are never computed again.");
        options.AddPlanOptions(command);
        foreach (var option in new Option[] { options.Workers, options.Partitions, options.Out, store, cluster, span, json, silent, quiet, verbose })
            command.Add(option);
        member.AddTo(command);
        command.SetAction(parse =>
        {
            if (PlanReading.Read(laboratory, options, parse) is not { } plan)
                return ExitCode.Usage;
            var partitions = parse.GetValue(options.Partitions) ?? plan.Partitions ?? 1;
            var settings = new RunSettings(
                parse.GetValue(options.Workers) ?? Math.Max(1, Environment.ProcessorCount / partitions), partitions);
            if (!parse.GetValue(span) && Footprint.Refusal(plan, settings.Workers) is { } refusal)
            {
                laboratory.Error.WriteLine(refusal);
                return ExitCode.Usage;
            }

            var report = new RunReport(laboratory, plan, parse.GetValue(json), parse.GetValue(quiet), parse.GetValue(verbose));
            var seeds = parse.GetValue(cluster)!;
            if (parse.GetValue(span) && seeds.Length == 0)
                throw new UsageException("handover run: --span runs one network over the members of a cluster. Add --cluster HOST:PORT.");
            using IRunPlace place = seeds.Length == 0
                ? new RunHere(settings)
                : new RunOnCluster(laboratory, member.Settings(parse, ClusterSettings.CoordinatorRole, 0), seeds, parse.GetValue(options.Partitions) ?? plan.Partitions, parse.GetValue(span));
            return Run(laboratory, plan, place, FolderOf(plan, parse.GetValue(options.Out)), parse.GetValue(store), report,
                settings.Partitions, noProgress: parse.GetValue(silent) || parse.GetValue(quiet));
        });
        return command;
    }

    /// <summary>The results folder of an experiment.</summary>
    public static string FolderOf(ExperimentPlan plan, string? asked) => asked ?? Path.Combine("out", plan.Name);

    private static PostgresStore OpenElsewhere(string address, ExperimentPlan plan)
    {
        try
        {
            return PostgresStore.IsAddress(address)
                ? PostgresStore.Open(address, plan.Name)
                : throw new FormatException("it is no postgres://user:password@host:port/database");
        }
        catch (FormatException problem)
        {
            throw new UsageException($"handover run: --store: {problem.Message}. Write --store postgres://user:password@host/database.");
        }
    }

    private static int Run(
        Laboratory laboratory, ExperimentPlan plan, IRunPlace place, string path, string? address, RunReport report, int partitions, bool noProgress)
    {
        using var folder = ResultsFolder.Open(path, address is null ? ResultsFolder.StoreName : ExperimentFiles.ResolvedName);
        using IResultStore store = address is null ? ResultStore.Open(folder) : OpenElsewhere(address, plan);
        var provenance = Provenance.OfThisRun(plan.Name, plan.Seed, ["handover", .. laboratory.CommandLine.Select(PostgresStore.Public)]) with
        {
            SchemeLibraries = [.. laboratory.Schemes.Loaded.Select(library => (library.Path, library.Sha256))],
            CostTables = [.. plan.Cells.Select(cell => cell.Crypto.Table).OfType<CostTable>().Distinct()],
        };
        var files = new ExperimentFiles(folder, provenance);
        files.WriteBefore(plan);
        report.Notes(partitions);

        using var run = place.Start(plan, laboratory.Schemes, store);
        using (new Interruption(run.Interrupt))
            ProgressLine.Follow(run, laboratory, noProgress);
        var outcomes = run.Outcomes();
        files.WriteMembers(run.Members);
        foreach (var outcome in outcomes.Values.OrderBy(outcome => outcome.Cell.Number))
            files.WriteFailures(plan, outcome);
        if (run.End == RunEnd.Interrupted)
            return report.Interrupted(path);
        if (run.End == RunEnd.QuorumLost)
            return report.QuorumLost(path);
        var results = new ExperimentResults(plan, laboratory.Schemes, outcomes);
        var findings = new ExperimentFindings(results);
        var notes = report.NotesOf(results, path);
        files.WriteResults(results, findings, notes.ToLookup(note => note.Study, note => note.Text), partitions);
        RecordedTraces.Write(laboratory, plan, path);
        return report.Finished(results, findings, notes.Select(note => note.Text), path);
    }
}
