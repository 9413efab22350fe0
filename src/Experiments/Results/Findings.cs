using System.Globalization;
using Experiments.Statistics;

namespace Experiments.Results;

/// <summary>How a claim of the paper or an expectation of the file came out.</summary>
public enum Outcome
{
    Reproduced,
    Contradicted,
    Undecided,
    Held,
    Failed,

    /// <summary>It holds in some readings of the study and not in others.</summary>
    Partly,
}

/// <param name="Claim">Its number or name, such as <c>claim 3</c> or <c>expect 1</c>.</param>
/// <param name="Text">What is claimed.</param>
/// <param name="Evidence">The numbers, each with n and interval.</param>
public sealed record VerdictLine(string Claim, string Text, Outcome Outcome, string Evidence)
{
    /// <summary>Whether a run fails where it does not hold.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Where the study counts its readings; null for a statement about the whole study.</summary>
    public ReadingTally? Tally { get; init; }
}

/// <summary>In how many readings of a study a statement holds.</summary>
/// <param name="FailsWhere">Which readings are the others, such as <c>Rsa = none, Span = 1 (4)</c>, with their number.</param>
/// <param name="ByReading">Whether it holds, in the order of the readings; null for undecided.</param>
public sealed record ReadingTally(int Readings, IReadOnlyList<string> FailsWhere, IReadOnlyList<bool?> ByReading)
{
    private const int GroupsShown = 4;

    public int Holds => ByReading.Count(holds => holds == true);

    /// <summary><c>holds in 96 of 144 readings; fails where Registration = counted, Parameters = cached (36)</c></summary>
    public string Sentence
    {
        get
        {
            var undecided = ByReading.Count(holds => holds is null);
            var more = FailsWhere.Count > GroupsShown ? $" or {FailsWhere.Count - GroupsShown} more ways" : "";
            return string.Create(CultureInfo.InvariantCulture, $"holds in {Holds} of {Readings} readings")
                + (undecided > 0 ? string.Create(CultureInfo.InvariantCulture, $", undecided in {undecided}") : "")
                + (FailsWhere.Count > 0 ? $"; fails where {string.Join(" or ", FailsWhere.Take(GroupsShown))}{more}" : "");
        }
    }
}

/// <summary>The readings of a study: a row each, with its values; what holds in it stands in the tallies.</summary>
public sealed record ReadingTable(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<VerdictLine> Statements);

/// <summary>Agreement of a simulated cell with its closed form.</summary>
public sealed record FitLine(string Scheme, string Point, string Metric, KolmogorovSmirnov Test);

/// <summary>A scheme against the baseline at one point of a study, replication by replication.</summary>
/// <param name="Difference">Scheme minus baseline, in the metric's recorded unit.</param>
public sealed record ComparisonLine(string Scheme, string Baseline, string Point, MetricDefinition Metric, PairedDifference Difference)
{
    /// <summary><c>IPSec-FMIPv6 is 39.0 ms faster than FAMIPv6 [38.8, 39.2] (n = 64 pairs, ...)</c></summary>
    /// <param name="title">The name a scheme is printed with.</param>
    public string Sentence(Func<string, string> title)
    {
        var (scheme, baseline) = (title(Scheme), title(Baseline));
        var value = Difference.Difference.Value * Metric.Scale;
        var basis = $" ({Basis()})";
        if (Difference.Count == 0)
            return $"{baseline} and {scheme} share no replication with {Metric.Name}";
        if (Difference.Difference.Interval?.Scale(Metric.Scale) is not { } interval)
            return $"{baseline} and {scheme} differ by {NumberText.Short(Math.Abs(value))}{Unit} in {Metric.Name}, without interval{basis}";
        if (value == 0 && interval.HalfWidth == 0)
            return $"{baseline} and {scheme} are equal in {Metric.Name}{basis}";
        if (interval.Contains(0))
            return $"{baseline} and {scheme} do not differ measurably in {Metric.Name}: {Span(value, interval)}{basis}";
        var (better, worse) = value > 0 ? (baseline, scheme) : (scheme, baseline);
        var span = Span(Math.Abs(value), value > 0 ? interval : interval.SubtractFrom(0), worse);
        return Metric.Unit == "ms"
            ? $"{better} is {span}{(Metric.Name == "total" ? "" : $" in {Metric.Name}")}{basis}"
            : $"{Metric.Name}: {better} is {span}{basis}";
    }

    private string Unit => Metric.Unit == "1" ? "" : $" {Metric.Unit}";

    private string Basis()
    {
        var pairs = string.Create(CultureInfo.InvariantCulture, $"n = {Difference.Count} pairs");
        return Difference.VarianceSaved is { } saved
            ? string.Create(CultureInfo.InvariantCulture, $"{pairs}, common random numbers {(saved < 0 ? "added" : "saved")} {Math.Abs(saved) * 100:0.#} % of the variance")
            : pairs;
    }

    private string Span(double value, Interval interval, string? worse = null)
    {
        // As many decimals as the half width has a say in: one at least, four (the tick) at most.
        var decimals = interval.HalfWidth > 0 ? Math.Clamp(-(int)Math.Floor(Math.Log10(interval.HalfWidth)), 1, 4) : 1;
        string Text(double number) => number.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        var relation = worse is null ? "" : Metric.Unit == "ms" ? $" faster than {worse}" : $" lower than {worse}";
        return $"{Text(value)}{Unit}{relation} [{Text(interval.Low)}, {Text(interval.High)}]";
    }
}
