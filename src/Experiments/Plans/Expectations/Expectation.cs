namespace Experiments.Plans.Expectations;

/// <summary>
/// A statement about a study's results, such as <c>mean.total[a] &lt; mean.total[b] when H >= 10 ms</c>: it must hold at every
/// point of the study that <paramref name="When"/> chooses, for every engine of the study.
/// </summary>
/// <param name="Claim">Number of the paper's claim that this checks; null for none.</param>
/// <param name="Text">The claim in words; null for none.</param>
/// <param name="Check">The statement as written.</param>
/// <param name="When">Null for every point.</param>
public sealed record Expectation(
    string? Claim, string? Text, string Check, Term Left, Relation Relation, Term Right, Condition? When)
{
    /// <summary>Whether a run fails where this does not hold; else it is judged and reported, and that is all.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Every term of both sides.</summary>
    public IEnumerable<Term> Terms => Left.Terms.Concat(Right.Terms);
}

/// <summary>One side of an expectation, or a part of it.</summary>
public abstract record Term
{
    public virtual IEnumerable<Term> Terms => [this];

    /// <summary>A constant such as <c>30 ms</c>.</summary>
    public sealed record Constant(Quantity Value) : Term;

    /// <summary>The value of a swept name at the point.</summary>
    public sealed record Swept(string Name) : Term;

    /// <summary><c>mean.total[famipv6]</c>, or <c>mean.total[famipv6, analytic]</c> for one engine only.</summary>
    public sealed record Result(MetricStatistic What, string Scheme, Engine? Engine) : Term;

    /// <summary>Least-squares slope of a result over a swept name, the other names fixed.</summary>
    public sealed record Slope(Result Of, string Over) : Term;

    /// <param name="Operator">One of + - * /.</param>
    public sealed record Arithmetic(char Operator, Term Left, Term Right) : Term
    {
        public override IEnumerable<Term> Terms => Left.Terms.Concat(Right.Terms).Append(this);
    }
}

/// <summary>A value with its confidence interval; exact values have an empty one.</summary>
public readonly record struct Estimate(double Value, double Low, double High)
{
    public static Estimate Exact(double value) => new(value, value, value);

    public static Estimate operator +(Estimate a, Estimate b) => new(a.Value + b.Value, a.Low + b.Low, a.High + b.High);

    public static Estimate operator -(Estimate a, Estimate b) => new(a.Value - b.Value, a.Low - b.High, a.High - b.Low);

    public static Estimate operator *(Estimate a, Estimate b)
    {
        ReadOnlySpan<double> corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        var (low, high) = (corners[0], corners[0]);
        foreach (var corner in corners)
            (low, high) = (Math.Min(low, corner), Math.Max(high, corner));
        return new Estimate(a.Value * b.Value, low, high);
    }

    /// <summary>1 / this; null when the interval holds 0.</summary>
    public Estimate? Reciprocal() => Low > 0 || High < 0 ? new Estimate(1 / Value, 1 / High, 1 / Low) : null;
}

/// <summary>Where expectations look results up.</summary>
public interface IExpectationData
{
    /// <summary>A cell's result in ms, count or bytes, as the metric has it; null when there is none.</summary>
    Estimate? Find(string study, Engine engine, string scheme, ValueList<SweptValue> swept, MetricStatistic what);

    /// <summary>
    /// The mean of one scheme less that of another at the same point, replication by replication: both meet the same random delays, so
    /// the interval is narrower than that of two means. Null where there is no such pairing.
    /// </summary>
    Estimate? Difference(string study, Engine engine, string scheme, string other, ValueList<SweptValue> swept, MetricStatistic what) => null;
}

public enum Verdict
{
    Holds,
    Fails,

    /// <summary>A result is missing, or intervals are too wide to tell.</summary>
    Undecided,
}

/// <summary>What became of an expectation.</summary>
/// <param name="Points">Points of the study it was tried at, counted per engine.</param>
/// <param name="Details">The first few counterexamples, or undecided points; empty when it holds.</param>
public sealed record ExpectationResult(Expectation Expectation, Verdict Verdict, int Points, ValueList<string> Details);
