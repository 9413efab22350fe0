using System.CommandLine;
using System.Globalization;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Reports.SequenceCharts;
using Engine = Experiments.Plans.Engine;

namespace Experiments.Cli;

/// <summary><c>handover trace DIR</c>: runs one stored replication again, from its seed, and shows every step.</summary>
internal static class TraceVerb
{
    private const int ShortestKey = 4;
    private const string Pcapng = "pcapng";
    private static readonly string[] Forms = ["text", "svg", "mermaid", "jsonl", Pcapng];

    public static Command Create(Laboratory laboratory)
    {
        var directory = new Argument<string>("DIR") { Description = "results folder of a run, such as out/quick" };
        var cell = CommonOptions.Text("--cell", "n|key", "number of the cell, or the start of its key (default: the first simulated one)");
        var replication = CommonOptions.Number("--replication", "which replication (default 0)", 0, 0, int.MaxValue);
        var node = CommonOptions.Text("--node", "name", "steps of this node only");
        var form = CommonOptions.Text("--as", string.Join('|', Forms), "how to write it: lines, a sequence chart (svg, mermaid), an object a line, or the packets' bytes (default text)");
        var output = CommonOptions.Text("--out", "FILE", "of pcapng (default DIR/traces/STUDY-SCHEME-rN.pcapng)");
        var command = new Command("trace", "Simulate one handover of a run again and show every step.") { directory, cell, replication, node, form, output };
        command.SetAction(parse =>
        {
            var format = parse.GetValue(form) ?? "text";
            if (!Forms.Contains(format))
                throw new UsageException($"handover trace: --as {format} is unknown. {Suggestion.For(format, Forms)}");
            var asked = parse.GetValue(output);
            if (asked is not null && format != Pcapng)
                throw new UsageException($"handover trace: --out goes with --as {Pcapng}; a {format} is written to standard output.");
            var folder = parse.GetValue(directory)!;
            var (plan, chosen) = Choose(laboratory, folder, parse.GetValue(cell));
            var number = parse.GetValue(replication) ?? 0;
            return format == Pcapng
                ? Capture(laboratory, plan, chosen, number, parse.GetValue(node), asked ?? Path.Combine(folder, CaptureFiles.NameOf(chosen, number)))
                : Trace(laboratory, plan, chosen, number, parse.GetValue(node), format);
        });
        return command;
    }

    private static (ExperimentPlan Plan, CellPlan Cell) Choose(Laboratory laboratory, string directory, string? asked)
    {
        var file = Path.Combine(directory, ExperimentFiles.ResolvedName);
        if (!File.Exists(file))
            throw new UsageException($"{directory}: {Codes.NoResults} there are no results here ({ExperimentFiles.ResolvedName} is missing). Name the folder of an earlier run.");
        var (plan, diagnostics) = PlanReading.Check(laboratory, file, ReaderOptions.None);
        if (plan is null)
            throw new UsageException(diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error).ToString());
        var simulated = plan.Cells.Where(cell => cell.Engine == Engine.Simulation).ToList();
        if (simulated.Count == 0)
            throw new UsageException($"{directory}: no cell of this run is simulated, so there is nothing to trace.");
        if (asked is null)
            return (plan, simulated[0]);
        var numbered = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var found = plan.Cells.FirstOrDefault(cell => numbered && cell.Number == number)
            ?? simulated.FirstOrDefault(cell => asked.Length >= ShortestKey && cell.Key.StartsWith(asked, StringComparison.Ordinal));
        if (found is null)
            throw new UsageException($"{directory}: there is no cell '{asked}'. Write a number from 1 to {plan.Cells.Count()} or {ShortestKey} or more digits of a key.");
        return found.Engine == Engine.Simulation
            ? (plan, found)
            : throw new UsageException($"{directory}: cell {asked} ({CellStatistics.NameOf(found)}) is analytic, so there is nothing to trace. The first simulated cell is {simulated[0].Number}.");
    }

    private static int Trace(Laboratory laboratory, ExperimentPlan plan, CellPlan cell, int replication, string? node, string format)
    {
        var names = CellScenario.Of(cell, laboratory.Schemes, partitions: 1).Network.Nodes.Select(known => known.Name).ToList();
        if (node is not null && !names.Contains(node))
            throw new UsageException($"handover trace: there is no node '{node}'. {Suggestion.For(node, names)}");
        var traced = TracedRun.WithSteps(laboratory, plan, cell, replication);
        laboratory.Output.Write(TraceText.Of(traced.Title, [.. traced.Steps.Where(step => node is null || Concerns(step, node, format))], format));
        return Ended(laboratory, traced);
    }

    private static int Capture(Laboratory laboratory, ExperimentPlan plan, CellPlan cell, int replication, string? node, string path)
    {
        if (cell.Crypto.Profile is { } profile)
            throw new UsageException($"handover trace: {Codes.BytesOfProfile} captures know the messages of the paper's algorithms, and cell {cell.Number} has profile {profile}. Write it --as text.");
        var traced = TracedRun.WithCapture(laboratory, plan, cell, replication);
        var names = traced.Network.Nodes.Select(known => known.Name).ToList();
        if (node is not null && !names.Contains(node))
            throw new UsageException($"handover trace: there is no node '{node}'. {Suggestion.For(node, names)}");
        foreach (var line in CaptureFiles.Write(path, traced, node))
            laboratory.Output.WriteLine(line);
        return Ended(laboratory, traced);
    }

    private static int Ended(Laboratory laboratory, TracedRun traced)
    {
        if (traced.Failure is null)
            return ExitCode.Success;
        laboratory.Error.WriteLine(traced.Failure);
        return ExitCode.ReplicationsFailed;
    }

    /// <summary>Charts need both ends of a hop.</summary>
    private static bool Concerns(TraceStep step, string node, string format) =>
        step.Node == node || (step.Peer == node && format is ("svg" or "mermaid"));
}
