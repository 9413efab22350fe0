using System.CommandLine;
using System.Globalization;
using Experiments.Configuration;
using Experiments.Plans;

namespace Experiments.Cli;

/// <summary><c>handover check FILE</c>: every error at once; runs nothing.</summary>
internal static class CheckVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var options = new CommonOptions();
        var json = CommonOptions.Flag("--json", "one object per finding, on the output");
        var command = new Command("check", "Find every error of an experiment file without running anything.") { json };
        options.AddPlanOptions(command);
        command.SetAction(parse =>
        {
            var (plan, diagnostics) = PlanReading.Check(laboratory, parse.GetValue(options.File)!, options.ReaderOptions(parse));
            foreach (var diagnostic in diagnostics)
            {
                if (parse.GetValue(json))
                    laboratory.Output.WriteLine(PlanReading.Json(diagnostic));
                else
                    laboratory.Error.WriteLine(diagnostic);
            }

            if (plan is null)
                return ExitCode.Usage;
            if (!parse.GetValue(json))
                laboratory.Output.WriteLine(Praise(plan, diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Warning)));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Praise(ExperimentPlan plan, int warnings) => string.Create(CultureInfo.InvariantCulture,
        $"{plan.Name}: no error{(warnings == 0 ? "" : $", {warnings} warnings")}; {plan.Studies.Count} studies, {plan.Cells.Count()} cells, {plan.Cells.Count(cell => cell.Engine == Engine.Simulation)} of them simulated.");
}
