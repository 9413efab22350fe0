using Experiments.Configuration.Schema;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Turns one study into its plan and checks what it means.</summary>
internal sealed class StudyBinder(StudyAxes study, ISchemeCatalogue catalogue, Findings findings)
{
    /// <param name="cellsBefore">Cells of the studies before this one.</param>
    /// <param name="plots">Plot names so far and their studies; this study's are added.</param>
    public StudyPlan Bind(IReadOnlyList<CellPoint> points, ulong seed, int cellsBefore, Dictionary<string, string> plots)
    {
        var labels = study.Schemes.Select(scheme => scheme.Label).ToValueList();
        CheckSchemes(labels);
        CheckReferences();
        var baseline = study.Block.Inner("compare").Find("baseline");
        if (baseline is not null && labels.Count > 0 && !labels.Contains((string)baseline.Value))
        {
            findings.Error(Codes.BadBaseline, baseline.At,
                $"baseline '{baseline.Value}' is no scheme of study {study.Name}. {Suggestion.For((string)baseline.Value, labels)}");
        }

        var results = new ResultBinder(study, labels, findings);
        var cells = new CellBinder(study, catalogue, findings);
        return new StudyPlan(
            study.Name,
            study.Engines,
            labels,
            study.Swept,
            points.Select((point, index) => cells.Bind(point, cellsBefore + index + 1, seed)).ToValueList(),
            baseline?.Value as string,
            results.Plots(plots, out var packetPlots, out var speedPlots),
            results.Expectations(),
            study.Block.Inner("record").Get<string>("handovers") == "all")
        {
            Readings = results.Readings(),
            PacketPlots = packetPlots,
            SpeedPlots = speedPlots,
            RecordSpeed = study.Block.Inner("record").Get<string>("speed") == "on",
            RecordPackets = results.RecordsPackets(),
            TracedShare = TracedShare(study.Block.Inner("record")),
            RecordCaptures = study.Block.Inner("record").Get<string>("pcapng") == "on",
        };
    }

    private double TracedShare(Block record)
    {
        if (record.Get<Parameter>("trace-sample") is not { } sample)
            return record.Get<string>("trace") == "first" ? 1 : 0;
        if (!sample.Expression.References.Any())
            return (double)ParameterShape.Coerce(sample.Expression.Evaluate(_ => null), sample.Type).Value;
        findings.Error(Codes.UndefinedName, sample.At, $"{sample.Path} = {sample.Text}: the sample is the same for all cells. Write {sample.Type.Example}, for one.");
        return 0;
    }

    private void CheckSchemes(ValueList<string> labels)
    {
        if (study.Source["schemes"] is null)
            findings.Error(Codes.EmptyStudy, study.Name, $"the study has no schemes. Write schemes = [...] in it or in defaults.");
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels.Take(i).Contains(labels[i]))
            {
                findings.Error(Codes.SameLabel, study.Schemes[i].At,
                    $"scheme '{labels[i]}' stands twice in study {study.Name}. Keep one, or tell them apart: {{ name = {study.Schemes[i].Name}, as = other }}.");
            }
        }
    }

    private void CheckReferences()
    {
        var used = new HashSet<string>();
        var reported = new HashSet<(SourcePosition, string)>();
        foreach (var parameter in study.Block.Parameters)
        {
            foreach (var name in parameter.Expression.References.Distinct())
            {
                used.Add(name);
                // Values that follow from another one by default stand at its place: one message is enough.
                if (study.Find(name) is null && !study.BrokenSweeps.Contains(name) && reported.Add((parameter.At, name)))
                {
                    findings.Error(Codes.UndefinedName, parameter.At,
                        $"{parameter.Path} = {parameter.Text}: ${name} is not swept in study {study.Name}. {study.SuggestSwept(name)}");
                }
            }
        }

        foreach (var swept in study.Swept.Where(swept => !used.Contains(swept.Name)))
        {
            var values = swept.Values.Count;
            findings.Warning(Codes.SweptForNothing, study.Name, values == 1
                ? $"'{swept.Name}' is swept (1 value) but no value refers to ${swept.Name}: it changes nothing."
                : $"'{swept.Name}' is swept ({values} values) but no value refers to ${swept.Name}: all {values} cells are equal.");
        }
    }
}
