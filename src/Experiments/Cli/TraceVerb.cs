using System.CommandLine;
using System.Globalization;
using Actors;
using Actors.Kernel;
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
    private static readonly string[] Forms = ["text", "svg", "mermaid", "jsonl"];

    public static Command Create(Laboratory laboratory)
    {
        var directory = new Argument<string>("DIR") { Description = "results folder of a run, such as out/quick" };
        var cell = CommonOptions.Text("--cell", "n|key", "number of the cell, or the start of its key (default: the first simulated one)");
        var replication = CommonOptions.Number("--replication", "which replication (default 0)", 0, 0, int.MaxValue);
        var node = CommonOptions.Text("--node", "name", "steps of this node only");
        var form = CommonOptions.Text("--as", string.Join('|', Forms), "how to write it: lines, a sequence chart (svg, mermaid), or an object a line (default text)");
        var command = new Command("trace", "Simulate one handover of a run again and show every step.") { directory, cell, replication, node, form };
        command.SetAction(parse =>
        {
            var format = parse.GetValue(form) ?? "text";
            if (!Forms.Contains(format))
                throw new UsageException($"handover trace: --as {format} is unknown. {Suggestion.For(format, Forms)}");
            var (plan, chosen) = Choose(laboratory, parse.GetValue(directory)!, parse.GetValue(cell));
            return Trace(laboratory, plan, chosen, parse.GetValue(replication) ?? 0, parse.GetValue(node), format);
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
        var scenario = CellScenario.Of(cell, laboratory.Schemes, partitions: 1);
        var names = scenario.Network.Nodes.Select(known => known.Name).ToList();
        if (node is not null && !names.Contains(node))
            throw new UsageException($"handover trace: there is no node '{node}'. {Suggestion.For(node, names)}");
        using var system = LaboratorySystem.Create();
        using var simulation = new Simulation(system, scenario);
        var recorder = new TraceRecorder(scenario.Network);
        simulation.Observer = recorder;
        string? failure = null;
        try
        {
            simulation.Run(plan.Seed, replication);
        }
        catch (SimulationFailedException failed)
        {
            failure = $"{CellStatistics.NameOf(cell)}: {Codes.ReplicationFailed} {failed.Message.ReplaceLineEndings(" ")}";
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number}: {CellStatistics.NameOf(cell)}, seed {plan.Seed}, replication {replication}");
        laboratory.Output.Write(Written(title, [.. recorder.Steps.OrderBy(step => step.At).Where(step => node is null || Concerns(step, node, format))], format));
        if (failure is null)
            return ExitCode.Success;
        laboratory.Error.WriteLine(failure);
        return ExitCode.ReplicationsFailed;
    }

    /// <summary>Charts need both ends of a hop.</summary>
    private static bool Concerns(TraceStep step, string node, string format) =>
        step.Node == node || (step.Peer == node && format is ("svg" or "mermaid"));

    private static string Written(string title, IReadOnlyList<TraceStep> steps, string format) => format switch
    {
        "svg" => SvgChart.Text(new SequenceChart(title, steps)),
        "mermaid" => MermaidChart.Text(new SequenceChart(title, steps)),
        "jsonl" => string.Concat(steps.Select(step => Json(step) + "\n")),
        _ => string.Concat(steps.Select(step => Text(step) + "\n").Prepend($"# {title}; times in ms\n")),
    };

    private static string Json(TraceStep step) => JsonText.Of(new
    {
        t_ms = (decimal)step.At.Ticks / TimeSpan.TicksPerMillisecond,
        node = step.Node,
        kind = step.Kind,
        message = step.Message,
        peer = step.Peer,
        bytes = step.Bytes,
        id = step.Id,
    });

    private static string Text(TraceStep step)
    {
        var peer = step.Kind switch
        {
            "send" => $"> {step.Peer}",
            "receive" => $"< {step.Peer}",
            _ => "",
        };
        var packet = step.Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"{step.Bytes,5} B  #{id}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{step.At.Milliseconds,10:0.0000}  {step.Node,-6} {step.Kind,-8} {peer,-8} {step.Message,-28} {packet}").TrimEnd();
    }
}
