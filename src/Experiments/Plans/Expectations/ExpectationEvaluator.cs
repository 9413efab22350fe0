using System.Globalization;

namespace Experiments.Plans.Expectations;

/// <summary>
/// Tries an expectation at every point of its study. Both sides are intervals, combined as if the errors could all fall the
/// same way (but for the difference of two schemes' means, which is taken replication by replication): a comparison holds when it holds throughout, fails when it fails throughout, and is undecided otherwise.
/// One failing point makes the whole fail.
/// </summary>
public sealed class ExpectationEvaluator(StudyPlan study, IExpectationData data)
{
    private const int DetailsShown = 3;

    public ExpectationResult Evaluate(Expectation expectation)
    {
        var failures = new List<string>();
        var doubts = new List<string>();
        var points = 0;
        foreach (var engine in EnginesOf(expectation))
        {
            foreach (var (point, group) in Groups(expectation, engine))
            {
                points++;
                var where = Where(point, engine, expectation);
                var left = Value(expectation.Left, point, group, engine);
                var right = Value(expectation.Right, point, group, engine);
                if (left is not { } a || right is not { } b)
                {
                    doubts.Add($"{where}: a result is missing");
                    continue;
                }

                var difference = a - b;
                if (Admits(expectation.Relation, difference.Low) && Admits(expectation.Relation, difference.High))
                    continue;
                if (!Admits(expectation.Relation, difference.Low) && !Admits(expectation.Relation, difference.High))
                    failures.Add($"{where}: {Number(a.Value)} is not {expectation.Relation.Symbol()} {Number(b.Value)}");
                else
                    doubts.Add($"{where}: {Number(a.Value)} against {Number(b.Value)}, the intervals overlap");
            }
        }

        if (points == 0)
            doubts.Add("no cell of this plan is meant");
        var verdict = failures.Count > 0 ? Verdict.Fails : doubts.Count > 0 ? Verdict.Undecided : Verdict.Holds;
        var details = failures.Count > 0 ? failures : doubts;
        return new ExpectationResult(expectation, verdict, points, details.Take(DetailsShown).ToValueList());
    }

    private static bool Admits(Relation relation, double difference) => relation.Admits(difference.CompareTo(0));

    private IEnumerable<Engine> EnginesOf(Expectation expectation)
    {
        var engines = study.Cells.Select(cell => cell.Engine).Distinct().Order();
        var everyResultNamesItsEngine = Results(expectation).All(result => result.Engine is not null);
        return everyResultNamesItsEngine ? engines.Take(1) : engines;
    }

    private static IEnumerable<Term.Result> Results(Expectation expectation) => expectation.Terms
        .Select(term => term is Term.Slope slope ? slope.Of : term as Term.Result)
        .OfType<Term.Result>();

    /// <summary>
    /// The points to try, each with the points a slope may use: those that <c>when</c> chooses and that differ from it only in the
    /// name under the slope. Where every result stands under slopes over one name, that name's points count as one.
    /// </summary>
    private IEnumerable<(ValueList<SweptValue> Point, List<ValueList<SweptValue>> Chosen)> Groups(
        Expectation expectation, Engine engine)
    {
        var chosen = study.Cells.Select(cell => cell.Swept).Distinct()
            .Where(point => expectation.When?.Holds(name => Lookup(name, point, engine)) ?? true)
            .ToList();
        var bound = BoundName(expectation);
        return bound is null
            ? chosen.Select(point => (point, chosen))
            : chosen.GroupBy(point => point.Where(value => value.Name != bound).ToValueList())
                .Select(group => (group.Key, group.ToList()));
    }

    private static string? BoundName(Expectation expectation)
    {
        var slopes = expectation.Terms.OfType<Term.Slope>().Select(slope => slope.Over).Distinct().ToList();
        var free = expectation.Terms.Any(term =>
            term is Term.Result || (term is Term.Swept swept && slopes.Contains(swept.Name)));
        return slopes.Count == 1 && !free ? slopes[0] : null;
    }

    private Quantity? Lookup(string name, ValueList<SweptValue> point, Engine engine) => name switch
    {
        "study" => Quantity.Word(study.Name),
        "engine" => Quantity.Word(engine.Text()),
        _ => point.FirstOrDefault(value => value.Name == name)?.Value,
    };

    private Estimate? Value(Term term, ValueList<SweptValue> point, List<ValueList<SweptValue>> chosen, Engine engine) =>
        term switch
        {
            Term.Constant constant => Estimate.Exact((double)constant.Value.Value),
            Term.Swept swept => Estimate.Exact((double)point.First(value => value.Name == swept.Name).Value.Value),
            Term.Result result => Find(result, point, engine),
            Term.Slope slope => SlopeOf(slope, point, chosen, engine),
            Term.Arithmetic { Operator: '-', Left: Term.Result left, Right: Term.Result right } when Paired(left, right, point, engine) is { } difference => difference,
            Term.Arithmetic sum => Combine(
                sum.Operator, Value(sum.Left, point, chosen, engine), Value(sum.Right, point, chosen, engine)),
            _ => null,
        };

    private Estimate? Paired(Term.Result left, Term.Result right, ValueList<SweptValue> point, Engine engine) =>
        left.What == right.What && left.Engine == right.Engine
            ? data.Difference(study.Name, left.Engine ?? engine, left.Scheme, right.Scheme, point, left.What)
            : null;

    private Estimate? Find(Term.Result result, ValueList<SweptValue> point, Engine engine) =>
        data.Find(study.Name, result.Engine ?? engine, result.Scheme, point, result.What);

    private static Estimate? Combine(char operation, Estimate? left, Estimate? right) => (operation, left, right) switch
    {
        ('+', { } a, { } b) => a + b,
        ('-', { } a, { } b) => a - b,
        ('*', { } a, { } b) => a * b,
        ('/', { } a, { } b) => a * b.Reciprocal(),
        _ => null,
    };

    private Estimate? SlopeOf(
        Term.Slope slope, ValueList<SweptValue> point, List<ValueList<SweptValue>> chosen, Engine engine)
    {
        var line = chosen
            .Where(other => other.All(value => value.Name == slope.Over || !Differs(value, point)))
            .Select(other => (X: (double)other.First(value => value.Name == slope.Over).Value.Value, Point: other))
            .ToList();
        if (line.Count < 2)
            return null;
        // A slope does not change when all results are lowered alike, and of small numbers equal slopes come out equal.
        if (Find(slope.Of, line[0].Point, engine) is not { } first)
            return null;
        var level = Estimate.Exact(first.Value);
        var centre = line.Average(sample => sample.X);
        var spread = line.Sum(sample => (sample.X - centre) * (sample.X - centre));
        var sum = Estimate.Exact(0);
        foreach (var (x, at) in line)
        {
            if (Find(slope.Of, at, engine) is not { } y)
                return null;
            sum += (y - level) * Estimate.Exact((x - centre) / spread);
        }

        return sum;
    }

    /// <summary>Whether the point has another value for this name; a point without the name agrees.</summary>
    private static bool Differs(SweptValue value, ValueList<SweptValue> point) =>
        point.FirstOrDefault(candidate => candidate.Name == value.Name) is { } own && own != value;

    private static string Where(ValueList<SweptValue> point, Engine engine, Expectation expectation)
    {
        var place = point.Count == 0 ? "the only point" : string.Join(", ", point);
        return Results(expectation).All(result => result.Engine is not null)
            ? place
            : $"{place} ({engine.Text()})";
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
