using System.Text;
using Experiments.Statistics;

namespace Experiments.Results;

/// <summary>How the handovers of one simulated cell ended.</summary>
/// <param name="Shares">By outcome: the share of handovers, with its interval.</param>
/// <param name="FirstFailures">By reason: the first replication with a handover that failed so.</param>
public sealed record OutcomeLine(
    string Scheme,
    IReadOnlyList<SweptParameter> Swept,
    OutcomeCounts Counts,
    IReadOnlyDictionary<string, Estimate> Shares,
    IReadOnlyDictionary<string, int> FirstFailures)
{
    public static OutcomeLine Of(
        string scheme, IReadOnlyList<SweptParameter> swept, CellSamples samples, IEnumerable<string> outcomes, double confidence)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < samples.Count; index++)
        {
            foreach (var item in samples.Outcomes[index]?.Items ?? [])
            {
                if (item.Name == OutcomeCounts.Failed)
                    first.TryAdd(item.Reason ?? "", index);
            }
        }

        return new OutcomeLine(scheme, swept, samples.AllOutcomes(), outcomes.ToDictionary(outcome => outcome, Share), first);

        Estimate Share(string outcome)
        {
            var summary = samples.Summary(Plans.Metric.OutcomePrefix + outcome, confidence);
            return new Estimate(summary?.Mean ?? double.NaN, summary?.Interval);
        }
    }
}

/// <summary>The outcomes of a study in summary.md: scheme by outcome, and what the failed ones failed of.</summary>
internal static class OutcomeTable
{
    private const int MostReasons = 20;

    /// <summary>Head and rows. Schemes whose handovers all end alike at every point take one row.</summary>
    public static (string[] Head, IEnumerable<string[]> Rows) Of(IReadOnlyList<OutcomeLine> lines, Func<string, string> title)
    {
        var names = lines.SelectMany(line => line.Shares.Keys).Distinct().Order(OutcomeCounts.NameOrder).ToArray();
        var swept = lines.SelectMany(line => line.Swept).Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal).ToArray();
        return ([.. swept, "scheme", "handovers", .. names], lines.GroupBy(line => line.Scheme).SelectMany(Rows));

        IEnumerable<string[]> Rows(IGrouping<string, OutcomeLine> scheme)
        {
            if (scheme.Count() > 1 && scheme.First().Shares.Count == 1 && scheme.All(line => line.Counts.Handovers > 0))
            {
                return
                [
                    [
                        .. swept.Select(_ => "all"), title(scheme.Key), NumberText.Of(scheme.Sum(line => (long)line.Counts.Handovers)),
                        .. names.Select(name => scheme.First().Shares.ContainsKey(name) ? "1 at every point" : ""),
                    ],
                ];
            }

            return scheme.Select(line => (string[])
            [
                .. swept.Select(name => line.Swept.FirstOrDefault(parameter => parameter.Name == name)?.Value ?? ""),
                title(line.Scheme), NumberText.Of(line.Counts.Handovers),
                .. names.Select(name => line.Shares.TryGetValue(name, out var share) ? Text(share) : ""),
            ]);
        }
    }

    /// <summary>A line for each scheme and reason, the most frequent first.</summary>
    public static IEnumerable<string> Reasons(IReadOnlyList<OutcomeLine> lines, Func<string, string> title)
    {
        var reasons = lines
            .SelectMany(line => line.Counts.Items.Where(item => item.Name == OutcomeCounts.Failed).Select(item => (Line: line, Item: item)))
            .GroupBy(failure => (failure.Line.Scheme, failure.Item.Reason))
            .Select(group => (group.Key, Count: group.Sum(failure => (long)failure.Item.Count), First: group.First().Line))
            .OrderByDescending(reason => reason.Count).ToArray();
        foreach (var (key, count, first) in reasons.Take(MostReasons))
        {
            var text = new StringBuilder(title(key.Scheme)).Append(": ").Append(NumberText.Of(count)).Append(" failed: ")
                .Append(key.Reason ?? "no reason given").Append(", first in replication ")
                .Append(NumberText.Of(first.FirstFailures[key.Reason ?? ""]));
            if (first.Swept.Count > 0)
                text.Append(" at ").AppendJoin(", ", first.Swept);
            yield return text.ToString();
        }

        if (reasons.Length > MostReasons)
            yield return $"{NumberText.Of(reasons.Length - MostReasons)} more reasons are in summary.json";
    }

    private static string Text(Estimate share) => share.Interval is { } interval
        ? $"{NumberText.Short(share.Value)} [{NumberText.Short(interval.Low)}, {NumberText.Short(interval.High)}]"
        : NumberText.Short(share.Value);
}
