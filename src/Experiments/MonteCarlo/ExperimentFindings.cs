using Experiments.Plans;
using Experiments.Plans.Expectations;
using Experiments.Results;
using Experiments.Statistics;

namespace Experiments.MonteCarlo;

/// <summary>What the results of a plan say: verdicts on claims and expectations, paired comparisons, agreement with the closed form.</summary>
public sealed class ExperimentFindings
{
    private const string Total = "total";

    public ExperimentFindings(ExperimentResults results)
    {
        var schemes = results.Schemes;
        foreach (var study in results.Plan.Studies)
        {
            var simulated = study.Cells.Where(cell => results.Outcomes.ContainsKey(cell.Number)).ToList();
            Comparisons[study.Name] = [.. Compare(study, simulated, results)];
            Fits[study.Name] =
            [
                .. from cell in simulated
                   let samples = results.Outcomes[cell.Number].Samples
                   let fit = ClosedForm.Of(cell, schemes)?.Fit(samples.Samples(samples.IndexOf(Total)))
                   where fit is not null
                   select new FitLine(cell.Scheme.Label, string.Join(", ", cell.Swept), Total, fit),
            ];
            if (study.Readings.Count > 0)
            {
                Count(study, results);
                continue;
            }

            var evaluator = new ExpectationEvaluator(study, results);
            Verdicts.AddRange(study.Expectations.Select((expectation, index) => Judge(study, index, evaluator.Evaluate(expectation))));
        }
    }

    /// <summary>In plan order.</summary>
    public List<VerdictLine> Verdicts { get; } = [];

    /// <summary>By study.</summary>
    public Dictionary<string, IReadOnlyList<ComparisonLine>> Comparisons { get; } = [];

    /// <summary>By study.</summary>
    public Dictionary<string, IReadOnlyList<FitLine>> Fits { get; } = [];

    /// <summary>By study, those that count readings.</summary>
    public Dictionary<string, ReadingTable> Readings { get; } = [];

    private void Count(StudyPlan study, ExperimentResults results)
    {
        var count = ReadingCount.Of(study, results);
        var lines = count.Statements.Append(count.Together).Select((statement, index) => Judge(study, count, statement, index)).ToList();
        Readings[study.Name] = new ReadingTable(
            [.. count.Readings[0].Select(value => value.Name)],
            [.. count.Readings.Select(reading => (IReadOnlyList<string>)[.. reading.Select(value => value.Value.ToString())])],
            lines);
        Verdicts.AddRange(lines);
    }

    private static VerdictLine Judge(StudyPlan study, ReadingCount count, CountedStatement statement, int index)
    {
        var (holds, fails) = (statement.Count(Verdict.Holds), statement.Count(Verdict.Fails));
        var verdict = holds == count.Readings.Count ? Verdict.Holds : fails == count.Readings.Count ? Verdict.Fails : Verdict.Undecided;
        var tally = new ReadingTally(
            count.Readings.Count,
            [.. count.Failures(statement).Select(group => $"{string.Join(", ", group.Values)} ({group.Count})")],
            [.. statement.Verdicts.Select(one => one == Verdict.Undecided ? null : (bool?)(one == Verdict.Holds))]);
        var name = statement == count.Together ? $"{study.Name}: together" : NameOf(study, statement.Claim, index);
        var checks = string.Join("; ", statement.Checks);
        return new VerdictLine(
            name,
            statement.Text,
            holds > 0 && fails > 0 ? Outcome.Partly : OutcomeOf(verdict, statement.Claim),
            checks.Length == 0 ? $"{study.Name}: {tally.Sentence}" : $"{study.Name}: {checks}: {tally.Sentence}")
        {
            Tally = tally,
        };
    }

    private static IEnumerable<ComparisonLine> Compare(StudyPlan study, List<CellPlan> simulated, ExperimentResults results)
    {
        foreach (var cell in simulated.Where(cell => cell.Scheme.Label != study.Baseline))
        {
            var baseline = simulated.FirstOrDefault(other => other.Scheme.Label == study.Baseline && other.Swept.Equals(cell.Swept));
            if (baseline is null)
                continue;
            var (samples, others) = (results.Outcomes[cell.Number].Samples, results.Outcomes[baseline.Number].Samples);
            var metric = samples.IndexOf(Total);
            yield return new ComparisonLine(
                cell.Scheme.Label, study.Baseline!, string.Join(", ", cell.Swept), samples.Metrics[metric],
                PairedDifference.Of(samples.Values(metric), others.Values(others.IndexOf(Total)), cell.Stop.Confidence));
        }
    }

    private static VerdictLine Judge(StudyPlan study, int index, ExpectationResult result)
    {
        var expectation = result.Expectation;
        var evidence = result.Details.Count > 0
            ? string.Join("; ", result.Details)
            : $"holds throughout the intervals at {(result.Points == 1 ? "the one point" : $"each of {result.Points} points")} tried";
        return new VerdictLine(
            NameOf(study, expectation.Claim, index),
            expectation.Text ?? expectation.Check,
            OutcomeOf(result.Verdict, expectation.Claim),
            $"{study.Name}: {expectation.Check}: {evidence}")
        {
            IsRequired = expectation.IsRequired,
        };
    }

    private static string NameOf(StudyPlan study, string? claim, int index) =>
        claim is null ? $"{study.Name}: expect {index + 1}" : $"claim {claim}";

    private static Outcome OutcomeOf(Verdict verdict, string? claim) => (verdict, claim) switch
    {
        (Verdict.Undecided, _) => Outcome.Undecided,
        (Verdict.Holds, null) => Outcome.Held,
        (Verdict.Fails, null) => Outcome.Failed,
        (Verdict.Holds, _) => Outcome.Reproduced,
        _ => Outcome.Contradicted,
    };
}
