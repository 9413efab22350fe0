using System.CommandLine;
using System.Text.Json;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;

namespace Experiments.Cli;

/// <summary>From the command line to a checked plan; every error at once.</summary>
internal static class PlanReading
{
    /// <summary>The plan, or null when there are errors. All findings go to the error stream, a line each.</summary>
    public static ExperimentPlan? Read(Laboratory laboratory, CommonOptions options, ParseResult parse)
    {
        var (plan, diagnostics) = Check(laboratory, parse.GetValue(options.File)!, options.ReaderOptions(parse));
        foreach (var diagnostic in diagnostics)
            laboratory.Error.WriteLine(diagnostic);
        return plan;
    }

    public static (ExperimentPlan? Plan, IReadOnlyList<Diagnostic> Diagnostics) Check(
        Laboratory laboratory, string file, ReaderOptions options)
    {
        var read = ExperimentReader.Read(file, options, laboratory.Schemes);
        if (read.Plan is null)
            return (null, read.Diagnostics);
        var meaning = PlanCheck.Check(read.Plan, laboratory.Schemes);
        IReadOnlyList<Diagnostic> all = [.. read.Diagnostics, .. meaning];
        return (meaning.Any(diagnostic => diagnostic.Severity == Severity.Error) ? null : read.Plan, all);
    }

    public static string Json(Diagnostic diagnostic) => JsonSerializer.Serialize(new
    {
        where = diagnostic.Where.TrimEnd(':'),
        code = diagnostic.Code,
        severity = diagnostic.Severity == Severity.Error ? "error" : "warning",
        message = diagnostic.Message,
    }, JsonText.Options);
}
