using Experiments.Configuration.Schema;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Figures and records of single packets.</summary>
internal sealed partial class ResultBinder
{
    private static readonly string[] KeysOfCurves = ["x", "y", "by", "band", "overlay"];

    public bool RecordsPackets()
    {
        if (study.Block.Inner("record").Find("packets") is not { Value: "all" } asked)
            return false;
        if (study.Block.Find("traffic") is null)
            findings.Error(Codes.BadTraffic, asked.At, $"record.packets = all, but study {study.Name} has no traffic. Write traffic {{ model = cbr }}, for one.");
        return true;
    }

    /// <summary>Whether a plot that needs axes has them.</summary>
    private bool HasAxes(Block plot, SourcePosition at)
    {
        foreach (var key in (string[])["of", "scheme", "from", "until"])
        {
            if (plot.Find(key) is { } foreign)
                findings.Error(Codes.BadPlot, foreign.At, $"plot '{plot.Get<string>("name")}': {key} says nothing to a curve over a swept name. Delete it, or write kind = {PlotPlan.Ecdf}.");
        }

        var missing = KeysOfCurves.Take(2).Where(key => plot.Find(key) is null).ToList();
        foreach (var key in missing)
            findings.Error(Codes.MissingKey, at, $"plots lacks '{key}'. Write {key} = ... in it.");
        return missing.Count == 0;
    }

    /// <summary>A figure of how fast the simulation itself runs.</summary>
    private SpeedPlotPlan SpeedPlot(Block plot, SourcePosition at)
    {
        var name = plot.Get<string>("name")!;
        foreach (var key in (string[])["y", "by", "band", "overlay", "scheme", "from", "until"])
        {
            if (plot.Find(key) is { } foreign)
                findings.Error(Codes.BadPlot, foreign.At, $"plot '{name}': {key} says nothing to kind = {PlotPlan.Speed}. Delete it.");
        }

        foreach (var key in new[] { "x", "of" }.Where(key => plot.Find(key) is null))
            findings.Error(Codes.MissingKey, at, $"plots lacks '{key}'. Write {key} = ... in it.");
        if (plot.Get<string>("x") is { } x)
            CheckAxis(name, x, at);
        if (plot.Find("of") is { } of && !SpeedPlotPlan.Quantities.Contains((string)of.Value))
            findings.Error(Codes.BadPlot, of.At, $"plot '{name}': {of.Value} is no speed. Write of = {SpeedPlotPlan.EventsPerSecond}, for one.");
        if (study.Block.Inner("record").Get<string>("speed") != "on" || !study.Engines.Contains(Engine.Simulation))
            findings.Error(Codes.BadPlot, at, $"plot '{name}' is of speed, which study {study.Name} does not measure. Write engines = [simulation] and record {{ speed = on }}.");
        return new SpeedPlotPlan(name, plot.Get<string>("x") ?? "", plot.Get<string>("of") ?? SpeedPlotPlan.EventsPerSecond);
    }

    private PacketPlotPlan PacketPlot(Block plot, SourcePosition at)
    {
        var (name, kind) = (plot.Get<string>("name")!, plot.Get<string>("kind")!);
        foreach (var key in KeysOfCurves.Concat(kind == PlotPlan.Ecdf ? [] : ["of"]))
        {
            if (plot.Find(key) is { } foreign)
                findings.Error(Codes.BadPlot, foreign.At, $"plot '{name}': {key} says nothing to kind = {kind}. Delete it.");
        }

        if (plot.Find("of") is { } of && SpeedPlotPlan.Quantities.Contains((string)of.Value))
            findings.Error(Codes.BadPlot, of.At, $"plot '{name}': {of.Value} is nothing that packets have. Write of = {Metric.PacketDelay}, or kind = {PlotPlan.Speed}.");
        if (study.Block.Find("traffic") is null || !study.Engines.Contains(Engine.Simulation))
            findings.Error(Codes.BadPlot, at, $"plot '{name}' is of packets, and study {study.Name} simulates none. Write engines = [simulation] and traffic {{ model = cbr }}.");
        var scheme = plot.Find("scheme");
        if (scheme is not null && labels.Count > 0 && !labels.Contains((string)scheme.Value))
            findings.Error(Codes.BadPlot, scheme.At, $"plot '{name}': '{scheme.Value}' is no scheme of study {study.Name}. {Suggestion.For((string)scheme.Value, labels)}");
        var (from, until) = (Instant("from") ?? TimeSpan.Zero, Instant("until"));
        if (until <= from)
            findings.Error(Codes.BadPlot, plot.Find("until")!.At, $"plot '{name}': until is not after from. Write a later until.");
        return new PacketPlotPlan(name, kind, plot.Get<string>("of") ?? Metric.PacketJitter, (string?)scheme?.Value, from, until);

        TimeSpan? Instant(string key)
        {
            if (plot.Get<Parameter>(key) is not { } parameter)
                return null;
            if (!parameter.Expression.References.Any())
                return ParameterShape.Coerce(parameter.Expression.Evaluate(_ => null), parameter.Type).Duration;
            findings.Error(Codes.BadPlot, parameter.At, $"plot '{name}': {key} = {parameter.Text} depends on a swept name, and a figure shows all of them. Write a duration.");
            return null;
        }
    }
}
