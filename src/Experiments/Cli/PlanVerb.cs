using System.CommandLine;
using System.Globalization;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Cli;

/// <summary><c>handover plan FILE</c>: what a run would do and take.</summary>
internal static class PlanVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var options = new CommonOptions();
        var json = CommonOptions.Flag("--json", "one object");
        var command = new Command("plan", "Say what a run would compute, and how long it would take.");
        options.AddPlanOptions(command);
        foreach (var option in new Option[] { options.Workers, options.Partitions, options.Out, json })
            command.Add(option);
        command.SetAction(parse =>
        {
            if (PlanReading.Read(laboratory, options, parse) is not { } plan)
                return ExitCode.Usage;
            var partitions = parse.GetValue(options.Partitions) ?? plan.Partitions ?? 1;
            var workers = parse.GetValue(options.Workers) ?? Math.Max(1, Environment.ProcessorCount / partitions);
            if (Footprint.Refusal(plan, workers) is { } refusal)
            {
                laboratory.Error.WriteLine(refusal);
                return ExitCode.Usage;
            }

            var folder = RunVerb.FolderOf(plan, parse.GetValue(options.Out));
            var stored = Stored(folder, plan);
            using var system = LaboratorySystem.Create();
            var forecast = Forecast.Of(system, plan, laboratory.Schemes, stored, new RunSettings(workers, partitions));
            foreach (var line in parse.GetValue(json) ? [JsonText.Of(forecast)] : Text(plan, forecast, folder))
                laboratory.Output.WriteLine(line);
            return ExitCode.Success;
        });
        return command;
    }

    private static Dictionary<string, int> Stored(string folder, ExperimentPlan plan)
    {
        if (!File.Exists(Path.Combine(folder, ResultsFolder.StoreName)))
            return [];
        using var store = ResultStore.Read(folder);
        return plan.Cells.Select(cell => store.Find(cell.Key)).OfType<StoredCell>().DistinctBy(cell => cell.Key)
            .ToDictionary(cell => cell.Key, cell => cell.Replications);
    }

    private static IEnumerable<string> Text(ExperimentPlan plan, Forecast forecast, string folder)
    {
        string Line(string name, FormattableString value) => $"{name,-22}{value.ToString(CultureInfo.InvariantCulture)}";

        yield return Line("experiment", $"{plan.Name}, seed {plan.Seed}");
        yield return Line("cells", $"{forecast.Cells}: {forecast.AnalyticCells} analytic, {forecast.SimulatedCells} simulated ({forecast.DistinctCells} different)");
        yield return Line("replications", $"about {forecast.PredictedReplications}, at most {forecast.ReplicationsBound}; {forecast.StoredReplications} of them in {forecast.StoredCells} cells are stored in {folder}");
        yield return Line("events", $"about {forecast.PredictedEvents}");
        yield return Line("memory", $"about {forecast.PredictedMemoryMib} MiB");
        yield return Line("lookahead", forecast.LookaheadMs is { } ms ? $"{ms} ms between {forecast.Partitions} partitions" : (FormattableString)$"not needed with {forecast.Partitions} partition");
        if (forecast.Partitions > 1)
            yield return Line("expected speed-up", $"{forecast.ExpectedSpeedUp:0.00} times one partition, with a core for each");
        yield return Line("time", $"about {ProgressLine.Duration(forecast.PredictedSeconds)} with {forecast.Workers} workers (from {forecast.CalibrationReplications} replications run just now, not from stored rates)");
        foreach (var note in forecast.Notes)
            yield return Line("note", $"{note}");
    }
}
