using Experiments.Configuration.Schema;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Checks that a filter speaks of studies, engines, schemes and swept values that there are.</summary>
internal static class FilterCheck
{
    public static bool Check(Condition filter, SourcePosition at, IReadOnlyList<StudyAxes> studies, Findings findings)
    {
        var right = true;
        foreach (var comparison in filter.Comparisons)
        {
            if (Problem(comparison, studies) is not var (code, message))
                continue;
            findings.Error(code, at, message);
            right = false;
        }

        return right;
    }

    /// <summary>What is wrong with a comparison with a swept name; null when nothing is.</summary>
    public static (string Code, string Message)? SweptProblem(Condition.Comparison comparison, IReadOnlyList<SweptName> swept)
    {
        var shown = $"{comparison.Name} {comparison.Relation.Symbol()} {comparison.Value}";
        if (swept.Count == 0 || swept.Any(name => name.Values[0].Dimension == comparison.Value.Dimension))
        {
            return comparison.Value.Dimension == Dimension.Symbol && !IsEquality(comparison.Relation)
                ? (Codes.BadFilter, $"{shown}: words have no order. Write == or !=.")
                : null;
        }

        var expected = swept[0].Values[0].Dimension;
        return comparison.Value.Dimension == Dimension.Number
            ? (Codes.NoUnit, $"{shown} has no unit. Write {comparison.Value.Bare} {ParameterShape.UnitHint(expected)}.")
            : (Codes.BadFilter, $"{shown}: {comparison.Name} is {Units.Noun(expected)}. Compare it with {Units.Noun(expected)} such as {swept[0].Values[0]}.");
    }

    private static (string Code, string Message)? Problem(Condition.Comparison comparison, IReadOnlyList<StudyAxes> studies)
    {
        IEnumerable<string>? words = comparison.Name switch
        {
            "study" => studies.Select(study => study.Name),
            "engine" => ["analytic", "simulation"],
            "scheme" => studies.SelectMany(study => study.Schemes).Select(scheme => scheme.Label).Distinct(),
            _ => null,
        };
        if (words is not null)
        {
            var shown = $"{comparison.Name} {comparison.Relation.Symbol()} {comparison.Value}";
            if (!IsEquality(comparison.Relation))
                return (Codes.BadFilter, $"{shown}: words have no order. Write == or !=.");
            return words.Contains(comparison.Value.Bare)
                ? null
                : (Codes.BadFilter, $"{shown}: no {comparison.Name} has this name. {Suggestion.For(comparison.Value.Bare, words)}");
        }

        if (studies.Any(study => study.BrokenSweeps.Contains(comparison.Name)))
            return null;
        var swept = studies.Select(study => study.Find(comparison.Name)).OfType<SweptName>().ToList();
        var known = Condition.FixedNames.Concat(studies.SelectMany(study => study.Swept).Select(name => name.Name)).Distinct();
        return swept.Count > 0
            ? SweptProblem(comparison, swept)
            : (Codes.BadFilter, $"'{comparison.Name}' is no name to filter by. {Suggestion.For(comparison.Name, known)}");
    }

    private static bool IsEquality(Relation relation) => relation is Relation.Equal or Relation.NotEqual;
}
