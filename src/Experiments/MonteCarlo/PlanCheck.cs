using System.Globalization;
using Actors.Network;
using Experiments.Configuration;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>What a plan that reads well cannot mean: links that the topology has not, metrics that a scheme does not measure.</summary>
public static class PlanCheck
{
    /// <summary>Errors and warnings, each once, in plan order.</summary>
    public static IReadOnlyList<Diagnostic> Check(ExperimentPlan plan, SchemeLibrary schemes) =>
        [.. plan.Studies.SelectMany(study => Check(study, schemes)).Distinct()];

    private static IEnumerable<Diagnostic> Check(StudyPlan study, SchemeLibrary schemes)
    {
        // Names are the same in all cells of a study, so one cell stands for all; values were checked for each.
        foreach (var error in study.Cells.Count == 0 ? [] : CellScenario.NetworkOf(study.Cells[0]).Errors)
            yield return Error(error.Code, $"{error.What}. {error.Remedy}");

        foreach (var cell in study.Cells)
        {
            if (cell.Engine == Engine.Analytic)
                continue;
            if (cell.Mobiles is { } mobiles && mobiles.Count < PoissonHandovers.Enough(mobiles.HandoversPerSecond, mobiles.Duration))
            {
                yield return Error(Codes.TooFewMobiles, string.Create(CultureInfo.InvariantCulture,
                    $"{mobiles.Count} mobiles are too few for {mobiles.HandoversPerSecond} handovers a second in {mobiles.Duration.TotalSeconds} s. Write mobiles.count = {PoissonHandovers.Enough(mobiles.HandoversPerSecond, mobiles.Duration)} or more."));
            }

            var measured = CellMetrics.Of(cell, schemes).Definitions.Select(metric => metric.Name).ToList();
            foreach (var statistic in cell.Stop.On.Where(statistic => !measured.Contains(statistic.Metric) && !statistic.Metric.StartsWith(Metric.OutcomePrefix, StringComparison.Ordinal)))
            {
                yield return Error(Codes.NoSuchMetric,
                    $"stop.on = {statistic}: scheme {cell.Scheme.Name} does not measure {statistic.Metric}. {Suggestion.For(statistic.Metric, measured)}");
            }
        }

        foreach (var obstacle in study.Cells.Where(cell => cell.Engine == Engine.Analytic).Select(ClosedForm.Obstacle).OfType<string>().Distinct())
        {
            yield return new Diagnostic($"{study.Name}:", Codes.NoClosedForm, Severity.Warning,
                $"{obstacle}, which the closed forms know nothing of: their rows are left out. Write engines = [simulation].");
        }

        Diagnostic Error(string code, string message) => new($"{study.Name}:", code, Severity.Error, message);
    }
}
