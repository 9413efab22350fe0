using Experiments.Plans;
using Experiments.Plans.Expectations;
using Experiments.Results;
using Experiments.Statistics;

namespace Experiments.MonteCarlo;

/// <summary>The results of a plan: rows and digests in plan order, and the look-up that expectations are tried on.</summary>
public sealed class ExperimentResults : IExpectationData
{
    private readonly Dictionary<(string Study, Engine Engine, string Scheme, ValueList<SweptValue> Swept), CellPlan> _cells = [];
    private readonly Dictionary<int, IReadOnlyList<ResultRow>> _rows = [];
    private readonly Dictionary<(string Study, string Scheme), List<string>> _outcomeNames;

    public ExperimentResults(ExperimentPlan plan, SchemeLibrary schemes, IReadOnlyDictionary<int, CellOutcome> outcomes)
    {
        Plan = plan;
        Schemes = schemes;
        Outcomes = outcomes;
        _outcomeNames = outcomes.Values.GroupBy(outcome => (outcome.Cell.Study, outcome.Cell.Scheme.Label)).ToDictionary(
            group => group.Key,
            group => group.SelectMany(outcome => outcome.Samples.OutcomeNames()).Distinct().Order(OutcomeCounts.NameOrder).ToList());
        foreach (var cell in plan.Cells)
        {
            _cells.Add((cell.Study, cell.Engine, cell.Scheme.Label, cell.Swept), cell);
            _rows.Add(cell.Number, RowsOf(cell));
        }
    }

    public ExperimentPlan Plan { get; }

    public SchemeLibrary Schemes { get; }

    /// <summary>By number of the simulated cell.</summary>
    public IReadOnlyDictionary<int, CellOutcome> Outcomes { get; }

    public IReadOnlyList<ResultRow> Rows => [.. Plan.Cells.SelectMany(cell => _rows[cell.Number])];

    public IReadOnlyList<ResultRow> RowsOf(StudyPlan study) => [.. study.Cells.SelectMany(cell => _rows[cell.Number])];

    public IReadOnlyList<CellDigest> Digests =>
    [
        .. Plan.Cells.Where(cell => Outcomes.ContainsKey(cell.Number)).Select(cell =>
            new CellDigest(cell.Study, cell.Scheme.Label, CellStatistics.SweptOf(cell), Outcomes[cell.Number].Samples.Digest, Outcomes[cell.Number].Samples.AllOutcomes())),
    ];

    /// <summary>How the handovers of each simulated cell of a study ended.</summary>
    public IReadOnlyList<OutcomeLine> OutcomesOf(StudyPlan study) =>
    [
        .. study.Cells.Where(cell => Outcomes.ContainsKey(cell.Number)).Select(cell => OutcomeLine.Of(
            cell.Scheme.Label, CellStatistics.SweptOf(cell), Outcomes[cell.Number].Samples, OutcomeNames(cell), cell.Stop.Confidence)),
    ];

    /// <summary>The name that figures give a scheme: its title, or its label where the file gave it one.</summary>
    public IReadOnlyDictionary<string, string> Titles => Plan.Cells.Select(cell => cell.Scheme).DistinctBy(scheme => scheme.Label)
        .ToDictionary(scheme => scheme.Label, scheme => scheme.Label == scheme.Name ? Schemes[scheme.Name].Title : scheme.Label);

    public Plans.Expectations.Estimate? Find(
        string study, Engine engine, string scheme, ValueList<SweptValue> swept, MetricStatistic what)
    {
        if (!_cells.TryGetValue((study, engine, scheme, swept), out var cell))
            return null;
        if (Outcomes.TryGetValue(cell.Number, out var outcome) && Metric.Stoppable.Contains(what.Statistic) && !what.Metric.StartsWith(Metric.HandoverPrefix, StringComparison.Ordinal))
            return Interval(cell, outcome.Samples, what);
        if (what is { Statistic: "mean" } && what.Metric.StartsWith(Metric.HandoverPrefix, StringComparison.Ordinal))
        {
            return _rows[cell.Number].FirstOrDefault(row => row.Metric == what.Metric) is { Mean: { } mean } distribution
                ? new Plans.Expectations.Estimate(mean, distribution.Interval?.Low ?? double.NegativeInfinity, distribution.Interval?.High ?? double.PositiveInfinity)
                : null;
        }

        var value = _rows[cell.Number].FirstOrDefault(row => row.Metric == what.Metric)?[what.Statistic];
        return value is { } exact && double.IsFinite(exact) ? Plans.Expectations.Estimate.Exact(exact) : null;
    }

    public Plans.Expectations.Estimate? Difference(
        string study, Engine engine, string scheme, string other, ValueList<SweptValue> swept, MetricStatistic what)
    {
        if (what.Statistic != "mean" || Simulated(scheme) is not { } left || Simulated(other) is not { } right
            || left.Samples.IndexOf(what.Metric) is not (>= 0 and var index) || right.Samples.IndexOf(what.Metric) is not (>= 0 and var otherIndex))
            return null;
        var paired = PairedDifference.Of(left.Samples.Values(index), right.Samples.Values(otherIndex), left.Cell.Stop.Confidence).Difference;
        var scale = left.Samples.Metrics[index].Scale;
        return paired.Interval is { } interval
            ? new Plans.Expectations.Estimate(paired.Value * scale, interval.Low * scale, interval.High * scale)
            : null;

        CellOutcome? Simulated(string label) =>
            _cells.TryGetValue((study, engine, label, swept), out var cell) ? Outcomes.GetValueOrDefault(cell.Number) : null;
    }

    private static Plans.Expectations.Estimate? Interval(CellPlan cell, CellSamples samples, MetricStatistic what)
    {
        if (samples.Definition(what.Metric) is not { } metric)
            return null;
        var estimate = samples.Estimate(CellStatistics.Watched(what), cell.Stop.Confidence);
        if (!double.IsFinite(estimate.Value))
            return null;
        var scale = metric.Scale;
        return estimate.Interval is { } interval
            ? new Plans.Expectations.Estimate(estimate.Value * scale, interval.Low * scale, interval.High * scale)
            : new Plans.Expectations.Estimate(estimate.Value * scale, double.NegativeInfinity, double.PositiveInfinity);
    }

    /// <summary>Every outcome of the scheme in the study, so that its curves have a point everywhere.</summary>
    private IEnumerable<string> OutcomeNames(CellPlan cell) => _outcomeNames[(cell.Study, cell.Scheme.Label)];

    private IReadOnlyList<ResultRow> RowsOf(CellPlan cell)
    {
        var swept = CellStatistics.SweptOf(cell);
        if (cell.Engine == Engine.Simulation)
        {
            return Outcomes.TryGetValue(cell.Number, out var outcome)
                ? [.. ResultRow.Of(cell.Study, cell.Scheme.Label, swept, outcome.Samples, cell.Stop.Confidence, OutcomeNames(cell))]
                : [];
        }

        var metrics = CellMetrics.Of(cell, Schemes).Definitions;
        return [.. ClosedForm.Of(cell, Schemes)?.Rows(cell.Study, cell.Scheme.Label, swept, metrics) ?? []];
    }
}
