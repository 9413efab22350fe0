using Experiments.Configuration.Binding;
using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration;

/// <summary>What the command line adds to a file. Texts are as typed; what is wrong in them is reported like the file's errors.</summary>
/// <param name="Overrides">Options <c>-s path=value</c>, in order; a later one wins.</param>
/// <param name="Only">Filter of cells, instead of the file's own <c>experiment.only</c>.</param>
/// <param name="Seed">Instead of the file's.</param>
/// <param name="Precision">Instead of every study's, such as <c>5 %</c>.</param>
/// <param name="MaxReplications">Instead of every study's.</param>
/// <param name="Budget">Wall time, such as <c>10m</c> or <c>90 s</c>.</param>
public sealed record ReaderOptions(
    IReadOnlyList<string> Overrides,
    string? Only = null,
    ulong? Seed = null,
    string? Precision = null,
    int? MaxReplications = null,
    string? Budget = null)
{
    public static readonly ReaderOptions None = new([]);
}

/// <summary>A plan, or null and at least one error.</summary>
/// <param name="Diagnostics">Errors and warnings in order of position.</param>
public sealed record ReadResult(ExperimentPlan? Plan, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// Reads an experiment file: syntax, keys and types of all of it, then the meaning of the studies that <c>--only</c> leaves.
/// It reports every error at once and never throws for what a file or an option holds.
/// </summary>
public static class ExperimentReader
{
    public static ReadResult Read(string path, ReaderOptions options, ISchemeCatalogue catalogue)
    {
        var findings = new Findings();
        var files = new HoconFiles(findings);
        var plan = files.Load(path) is { } root && files.BracesMatch ? Read(root, options, catalogue, findings) : null;
        return new ReadResult(findings.HasErrors ? null : plan, findings.InOrder());
    }

    private static ExperimentPlan? Read(
        ConfigObject file, ReaderOptions options, ISchemeCatalogue catalogue, Findings findings)
    {
        var root = Overrides.Apply(file, options.Overrides, findings);
        var line = new CommandLine(options, findings);
        root = new References(line.ApplyToExperiment(root), findings).Resolve();
        if (new SchemeLibraries(catalogue, findings).Expand(root) is not { } expanded)
            return null;
        root = FilePaths.Root(expanded);

        var schema = new ExperimentSchema(catalogue);
        var document = new ExperimentDocument(root, schema, findings);
        if (document.Experiment is not { } experiment)
            return null;
        var studies = document.Studies.Select(study => study with { Source = line.ApplyToStudy(study.Source) }).ToList();
        var plan = new ExperimentBinder(catalogue, schema, findings).Bind(experiment, studies, line.Budget);
        return plan is null || document.Partition is not { } partition ? plan : plan with { Partitions = PartitionsOf(partition, findings) };
    }

    /// <summary>As many as the machine has processors where the file does not say how many.</summary>
    private static int PartitionsOf(Block partition, Findings findings)
    {
        if (partition.Get<Parameter>("count") is not { } count)
            return Environment.ProcessorCount;
        if (!count.Expression.References.Any())
            return (int)count.Expression.Evaluate(_ => null).Value;
        findings.Error(Codes.UndefinedName, count.At, $"{count.Path} = {count.Text}: the number of partitions is the same for all cells. Write count = 2.");
        return 1;
    }
}
