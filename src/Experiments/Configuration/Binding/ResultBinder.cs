using Experiments.Configuration.Schema;
using Experiments.Plans;
using Experiments.Plans.Expectations;

namespace Experiments.Configuration.Binding;

/// <summary>Checks what a study wants to see of its results: plots and expectations.</summary>
internal sealed partial class ResultBinder(StudyAxes study, ValueList<string> labels, Findings findings)
{
    private IEnumerable<string> SweptNames => study.Swept.Select(swept => swept.Name);

    /// <param name="taken">Plot names so far and their studies; this study's are added.</param>
    /// <param name="packets">The figures of single packets.</param>
    /// <param name="speeds">The figures of the simulation's own speed.</param>
    public ValueList<PlotPlan> Plots(Dictionary<string, string> taken, out ValueList<PacketPlotPlan> packets, out ValueList<SpeedPlotPlan> speeds)
    {
        var (curves, others, own) = (new List<PlotPlan>(), new List<PacketPlotPlan>(), new List<SpeedPlotPlan>());
        foreach (var item in study.Block.List("plots"))
        {
            var plot = (Block)item.Value;
            CheckName(plot.Get<string>("name")!, item.At, taken);
            if (plot.Get<string>("kind") is PlotPlan.PacketDelay or PlotPlan.Ecdf)
                others.Add(PacketPlot(plot, item.At));
            else if (plot.Get<string>("kind") == PlotPlan.Speed)
                own.Add(SpeedPlot(plot, item.At));
            else if (HasAxes(plot, item.At))
                curves.Add(Plot(plot, item.At));
        }

        (packets, speeds) = (others.ToValueList(), own.ToValueList());
        return curves.ToValueList();
    }

    public ValueList<Expectation> Expectations()
    {
        var expectations = new List<Expectation>();
        foreach (var item in study.Block.List("expect"))
        {
            var expectation = (ExpectationText)item.Value;
            var (left, relation, right, when) = expectation.Statement;
            var whole = new Expectation(expectation.Claim, expectation.Text, expectation.Check, left, relation, right, when) { IsRequired = expectation.IsRequired };
            if (Problem(whole) is var (code, problem))
                findings.Error(code, item.At, $"\"{expectation.Check}\": {problem}");
            expectations.Add(whole);
        }

        return expectations.ToValueList();
    }

    /// <summary>The names whose combinations expectations are counted over.</summary>
    public ValueList<string> Readings()
    {
        foreach (var item in study.Block.List("readings"))
        {
            var name = (string)item.Value;
            if (study.Find(name) is null && !study.BrokenSweeps.Contains(name))
                findings.Error(Codes.UndefinedName, item.At, $"readings: {name} is not swept in study {study.Name}. {study.SuggestSwept(name)}");
        }

        return study.Block.List("readings").Select(item => (string)item.Value).ToValueList();
    }

    private void CheckName(string name, SourcePosition at, Dictionary<string, string> taken)
    {
        if (!taken.TryAdd(name, study.Name))
        {
            findings.Error(Codes.BadPlot, at, taken[name] == study.Name
                ? $"plot '{name}' stands twice in study {study.Name}. Name one otherwise."
                : $"plot '{name}' stands in study {taken[name]} and in study {study.Name}. Give study {study.Name} plots of its own.");
        }
    }

    private PlotPlan Plot(Block plot, SourcePosition at)
    {
        var name = plot.Get<string>("name")!;
        var (x, by) = (plot.Get<string>("x")!, plot.Get<string>("by") ?? "scheme");
        CheckAxis(name, x, at);
        string[] curves = ["scheme", "engine", .. SweptNames.Where(other => other != x)];
        if (!curves.Contains(by) && !study.BrokenSweeps.Contains(by))
            findings.Error(Codes.BadPlot, at, $"plot '{name}': by = {by} tells no curves apart. {Suggestion.For(by, curves)}");
        var overlay = plot.Get<string>("overlay") == "analytic";
        if (overlay && !study.Engines.Contains(Engine.Analytic))
            findings.Error(Codes.BadPlot, at, $"plot '{name}': overlay = analytic, but study {study.Name} has no analytic engine. Write engines = [analytic, simulation].");
        if (DistributionProblem(plot.Get<MetricStatistic>("y")!) is { } problem)
            findings.Error(Codes.BadPlot, at, $"plot '{name}': {problem}");
        return new PlotPlan(name, x, plot.Get<MetricStatistic>("y")!, by, plot.Get<string>("band") == "ci", overlay);
    }

    private void CheckAxis(string name, string x, SourcePosition at)
    {
        if (study.Find(x) is not { } swept)
        {
            if (!study.BrokenSweeps.Contains(x))
                findings.Error(Codes.BadPlot, at, $"plot '{name}': x = {x} is not swept in study {study.Name}. {study.SuggestSwept(x)}");
        }
        else if (swept.Values[0].Dimension == Dimension.Symbol)
        {
            findings.Error(Codes.BadPlot, at, $"plot '{name}': x = {x} is swept over words, which have no place on an axis. Write by = {x}.");
        }
    }

    private (string Code, string Problem)? Problem(Expectation expectation)
    {
        foreach (var term in expectation.Terms)
        {
            if (NameProblem(term) is { } problem)
                return (Codes.ExpectsNothing, problem);
        }

        foreach (var comparison in expectation.When?.Comparisons ?? [])
        {
            if (WhenProblem(comparison) is { } problem)
                return problem;
        }

        try
        {
            var (left, right) = (Power.Of(expectation.Left, study), Power.Of(expectation.Right, study));
            if (left != right)
                return (Codes.WrongDimension, $"the left side is {left} and the right side is {right}. Compare like with like, as in mean.total[a] < 30 ms.");
        }
        catch (Expressions.ExpressionException problem)
        {
            return (problem.Code, problem.Message);
        }

        // The engine and scheme filters of --only must not make a statement of the file wrong.
        return study.Schemes.Count > 0 && study.BrokenSweeps.Count == 0 && study.Points(expectation.When) is { Count: 0 }
            ? (Codes.ExpectsNothing, $"no cell of study {study.Name} meets its 'when'. Widen it.")
            : null;
    }

    private string? NameProblem(Term term) => term switch
    {
        Term.Result result => ResultProblem(result),
        Term.Swept swept => SweptProblem(swept.Name),
        Term.Slope slope => ResultProblem(slope.Of) ?? SweptProblem(slope.Over)
            ?? (study.Find(slope.Over) is { Values.Count: < 2 }
                ? $"a slope over {slope.Over} needs two values or more. Sweep {slope.Over} over some."
                : study.Block.List("readings").Any(item => slope.Over.Equals(item.Value))
                ? $"{slope.Over} has one value in each reading, and no slope. Take it out of readings."
                : null),
        _ => null,
    };

    private string? ResultProblem(Term.Result result)
    {
        if (!labels.Contains(result.Scheme))
            return $"'{result.Scheme}' is no scheme of study {study.Name}. {Suggestion.For(result.Scheme, labels)}";
        if (DistributionProblem(result.What) is { } problem)
            return problem;
        return result.Engine is { } engine && !study.Engines.Contains(engine)
            ? $"study {study.Name} has no {engine.Text()} engine. Add it to engines."
            : null;
    }

    private string? DistributionProblem(MetricStatistic what) =>
        what.Metric.StartsWith(Metric.HandoverPrefix, StringComparison.Ordinal) && study.Block.Inner("record").Get<string>("handovers") != "histogram"
            ? $"{what.Metric} is a distribution over single handovers, which study {study.Name} does not keep. Write record {{ handovers = histogram }}."
            : null;

    private string? SweptProblem(string name)
    {
        if (study.BrokenSweeps.Contains(name))
            return null;
        if (study.Find(name) is not { } swept)
            return $"'{name}' is not swept in study {study.Name}. {study.SuggestSwept(name)}";
        return swept.Values[0].Dimension == Dimension.Symbol
            ? $"'{name}' is swept over words, which have no value. Put it into 'when'."
            : null;
    }

    private (string, string)? WhenProblem(Condition.Comparison comparison)
    {
        if (comparison.Name is "engine" or "study" || study.BrokenSweeps.Contains(comparison.Name))
            return null;
        if (study.Find(comparison.Name) is { } swept)
            return FilterCheck.SweptProblem(comparison, [swept]);
        return (Codes.ExpectsNothing, comparison.Name == "scheme"
            ? "'when' chooses points, and a scheme is no part of a point. Name schemes in [ ]."
            : $"'{comparison.Name}' is not swept in study {study.Name}. {study.SuggestSwept(comparison.Name)}");
    }
}
