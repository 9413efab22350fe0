using System.Globalization;
using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Turns the studies of a file into a plan, and checks what they mean.</summary>
internal sealed class ExperimentBinder(ISchemeCatalogue catalogue, ExperimentSchema schema, Findings findings)
{
    public ExperimentPlan? Bind(Block experiment, IReadOnlyList<StudySource> sources, TimeSpan? budget)
    {
        var name = experiment.Get<string>("name")!;
        var seed = experiment.Find("seed")?.Value is ulong number ? number : 1UL;
        var filter = experiment.Get<FilterText>("only")?.Condition;

        var resolved = sources.Select(source => source with { Source = StudyNormaliser.Normalise(source.Source) }).ToList();
        var axes = resolved.Select(source => StudyAxes.Read(source, schema)).ToList();
        if (filter is not null && !FilterCheck.Check(filter, experiment.Find("only")!.At, axes, findings))
            return null;

        var studies = new List<StudyPlan>();
        var plots = new Dictionary<string, string>();
        var cells = 0;
        foreach (var axis in axes)
        {
            if (axis.Points(filter) is not { } points)
            {
                findings.Error(Codes.TooManyCells, axis.Name, $"more than {StudyAxes.MostCells} cells. Sweep fewer values, or split the study.");
                continue;
            }

            if (filter is not null && points.Count == 0)
                continue;
            var study = new StudyBinder(axis, catalogue, findings).Bind(points, seed, cells, plots);
            studies.Add(study);
            cells += study.Cells.Count;
        }

        if (cells == 0 && !findings.HasErrors && filter is not null)
            findings.Error(Codes.NothingLeft, experiment.Find("only")!.At, "the filter leaves no cell. Widen it.");
        if (findings.HasErrors)
            return null;
        var warnings = findings.InOrder().Select(diagnostic => diagnostic.ToString()).ToValueList();
        return new ExperimentPlan(name, seed, studies.ToValueList(), warnings, budget, Resolved(experiment, name, seed, resolved));
    }

    private static string Resolved(Block experiment, string name, ulong seed, IReadOnlyList<StudySource> sources)
    {
        var nowhere = default(SourcePosition);
        var root = new ConfigObject(nowhere, braced: true)
            .With(["experiment", "name"], nowhere, new ConfigScalar(nowhere, name, quoted: false))
            .With(["experiment", "seed"], nowhere, new ConfigScalar(nowhere, seed.ToString(CultureInfo.InvariantCulture), quoted: false));
        if (experiment.Get<FilterText>("only") is { } only)
            root = root.With(["experiment", "only"], nowhere, new ConfigScalar(nowhere, only.Text, quoted: true));
        foreach (var source in sources)
            root = root.With(["studies", source.Name], nowhere, source.Source);
        return "# What was run: the file after defaults, like, includes, references and options of the command line.\n" + HoconWriter.Write(root);
    }
}
