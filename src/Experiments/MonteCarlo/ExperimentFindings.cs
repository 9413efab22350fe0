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
        var outcome = (result.Verdict, expectation.Claim) switch
        {
            (Verdict.Undecided, _) => Outcome.Undecided,
            (Verdict.Holds, null) => Outcome.Held,
            (Verdict.Fails, null) => Outcome.Failed,
            (Verdict.Holds, _) => Outcome.Reproduced,
            _ => Outcome.Contradicted,
        };
        var evidence = result.Details.Count > 0
            ? string.Join("; ", result.Details)
            : $"holds throughout the intervals at {(result.Points == 1 ? "the one point" : $"each of {result.Points} points")} tried";
        return new VerdictLine(
            expectation.Claim is { } claim ? $"claim {claim}" : $"{study.Name}: expect {index + 1}",
            expectation.Text ?? expectation.Check,
            outcome,
            $"{study.Name}: {expectation.Check}: {evidence}");
    }
}
