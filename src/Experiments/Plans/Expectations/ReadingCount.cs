namespace Experiments.Plans.Expectations;

/// <summary>What a study expects, in words, with its verdict in each reading.</summary>
/// <param name="Claim">Number of the paper's claim; null for none.</param>
/// <param name="Checks">The expectations that say it: those with the same claim and the same text.</param>
/// <param name="Verdicts">In the order of the readings: it fails where one of the checks does.</param>
public sealed record CountedStatement(string? Claim, string Text, ValueList<string> Checks, ValueList<Verdict> Verdicts)
{
    public int Count(Verdict verdict) => Verdicts.Count(candidate => candidate == verdict);
}

/// <summary>Some readings: those with these values, and their number.</summary>
public sealed record ReadingGroup(ValueList<SweptValue> Values, int Count);

/// <summary>
/// The expectations of a study, judged in each of its readings by itself. A reading is a combination of values of the names
/// under the study's key <c>readings</c>; the points of a reading differ in the other swept names only.
/// </summary>
public sealed class ReadingCount
{
    private ReadingCount(ValueList<ValueList<SweptValue>> readings, ValueList<CountedStatement> statements)
    {
        Readings = readings;
        Statements = statements;
        Together = new CountedStatement(null, "All of these together.", [], Enumerable.Range(0, readings.Count)
            .Select(reading => Worst(statements.Select(statement => statement.Verdicts[reading]))).ToValueList());
    }

    /// <summary>In plan order.</summary>
    public ValueList<ValueList<SweptValue>> Readings { get; }

    /// <summary>In file order.</summary>
    public ValueList<CountedStatement> Statements { get; }

    /// <summary>Holds in a reading where every statement does.</summary>
    public CountedStatement Together { get; }

    public static ReadingCount Of(StudyPlan study, IExpectationData data)
    {
        var readings = study.Cells
            .GroupBy(cell => cell.Swept.Where(value => study.Readings.Contains(value.Name)).ToValueList())
            .Select(cells => (Values: cells.Key, Evaluator: new ExpectationEvaluator(study with { Cells = cells.ToValueList() }, data)))
            .ToList();
        var statements = study.Expectations
            .GroupBy(expectation => (expectation.Claim, Text: expectation.Text ?? expectation.Check))
            .Select(same => new CountedStatement(
                same.Key.Claim,
                same.Key.Text,
                same.Select(expectation => expectation.Check).ToValueList(),
                readings.Select(reading => Worst(same.Select(expectation => reading.Evaluator.Evaluate(expectation).Verdict))).ToValueList()));
        return new ReadingCount(readings.Select(reading => reading.Values).ToValueList(), statements.ToValueList());
    }

    /// <summary>
    /// The readings in which a statement fails, in groups of equal values that hold no other reading: each group takes the
    /// first failing reading that none before it has, and gives up every value that it can do without. Groups may overlap.
    /// </summary>
    public IReadOnlyList<ReadingGroup> Failures(CountedStatement statement)
    {
        var groups = new List<ReadingGroup>();
        for (var reading = 0; reading < Readings.Count; reading++)
        {
            if (statement.Verdicts[reading] != Verdict.Fails || groups.Exists(group => Meets(Readings[reading], group.Values)))
                continue;
            var values = Readings[reading];
            foreach (var value in Readings[reading])
            {
                var fewer = values.Where(other => other != value).ToValueList();
                if (Indices(fewer).All(other => statement.Verdicts[other] == Verdict.Fails))
                    values = fewer;
            }

            groups.Add(new ReadingGroup(values, Indices(values).Count()));
        }

        return groups;
    }

    private static Verdict Worst(IEnumerable<Verdict> verdicts) => verdicts.Aggregate(
        Verdict.Holds,
        (worst, verdict) => worst == Verdict.Fails || verdict == Verdict.Fails ? Verdict.Fails : worst == Verdict.Holds ? verdict : worst);

    private static bool Meets(ValueList<SweptValue> reading, ValueList<SweptValue> values) => values.All(reading.Contains);

    private IEnumerable<int> Indices(ValueList<SweptValue> values) =>
        Enumerable.Range(0, Readings.Count).Where(reading => Meets(Readings[reading], values));
}
