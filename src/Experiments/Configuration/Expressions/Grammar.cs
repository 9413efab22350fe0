using System.Globalization;
using Experiments.Plans;
using Experiments.Plans.Expectations;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Experiments.Configuration.Expressions;

/// <summary>What came of parsing a text: a value, or a code and a message without remedy.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Code, string? Problem, int Offset)
    where T : class;

/// <summary>The grammars of values, sweeps, expectations and filters.</summary>
internal static class Grammar
{
    private const int LongestText = 2_000;
    private const int DeepestParentheses = 30;

    private static readonly TokenListParser<FormulaToken, Quantity> Literal =
        from number in Token.EqualTo(FormulaToken.Number)
        from unit in Token.EqualTo(FormulaToken.Unit).Select(token => token.ToStringValue()).AsNullable().OptionalOrDefault()
        select ToQuantity(number.ToStringValue(), unit);

    private static readonly TokenListParser<FormulaToken, Quantity> SignedLiteral =
        (from minus in Token.EqualTo(FormulaToken.Minus)
         from literal in Literal
         select literal with { Value = -literal.Value }).Or(Literal);

    private static readonly TokenListParser<FormulaToken, char> Sum =
        Token.EqualTo(FormulaToken.Plus).Value('+').Or(Token.EqualTo(FormulaToken.Minus).Value('-'));

    private static readonly TokenListParser<FormulaToken, char> Product =
        Token.EqualTo(FormulaToken.Times).Value('*').Or(Token.EqualTo(FormulaToken.Over).Value('/'));

    private static readonly TokenListParser<FormulaToken, Expression> Value = Arithmetic(
        SignedLiteral.Select(literal => (Expression)new Expression.Literal(literal))
            .Or(Token.EqualTo(FormulaToken.Reference).Select(token => (Expression)new Expression.Reference(token.ToStringValue()[1..])))
            .Or(Token.EqualTo(FormulaToken.Name).Select(token => (Expression)new Expression.Literal(Quantity.Word(token.ToStringValue())))),
        (operation, left, right) => new Expression.Arithmetic(operation, left, right));

    private static readonly TokenListParser<FormulaToken, SweepRange> Range =
        from first in SignedLiteral
        from dots in Token.EqualTo(FormulaToken.Range)
        from last in SignedLiteral
        from step in Token.EqualTo(FormulaToken.Step)
        from increment in SignedLiteral
        select new SweepRange(first, last, increment);

    private static readonly TokenListParser<FormulaToken, Term.Result> Result =
        from what in Token.EqualTo(FormulaToken.Name)
        from open in Token.EqualTo(FormulaToken.OpenIndex)
        from scheme in Token.EqualTo(FormulaToken.Name).Or(Token.EqualTo(FormulaToken.Quoted))
        from engine in Token.EqualTo(FormulaToken.Comma).IgnoreThen(Token.EqualTo(FormulaToken.Name))
            .Select(token => token.ToStringValue()).AsNullable().OptionalOrDefault()
        from close in Token.EqualTo(FormulaToken.CloseIndex)
        select new Term.Result(ToMetric(what.ToStringValue()), Plain(scheme), engine is null ? null : ToEngine(engine));

    private static readonly TokenListParser<FormulaToken, Term> Slope =
        from slope in Token.EqualTo(FormulaToken.Name)
        from open in Token.EqualTo(FormulaToken.Open)
        from of in Result
        from comma in Token.EqualTo(FormulaToken.Comma)
        from over in Token.EqualTo(FormulaToken.Name)
        from close in Token.EqualTo(FormulaToken.Close)
        select slope.ToStringValue() == "slope"
            ? (Term)new Term.Slope(of, over.ToStringValue())
            : throw new ExpressionException(Codes.BadExpectation, $"'{slope.ToStringValue()}' is no function; there is slope(result, name)");

    private static readonly TokenListParser<FormulaToken, Term> Side = Arithmetic(
        Slope.Try()
            .Or(Result.Select(result => (Term)result).Try())
            .Or(SignedLiteral.Select(literal => (Term)new Term.Constant(literal)))
            .Or(Token.EqualTo(FormulaToken.Name).Select(token => (Term)new Term.Swept(token.ToStringValue())))
            .Or(Token.EqualTo(FormulaToken.Reference).Select(token => (Term)new Term.Swept(token.ToStringValue()[1..]))),
        (operation, left, right) => new Term.Arithmetic(operation, left, right));

    private static readonly TokenListParser<FormulaToken, Condition> Filter = Conditions();

    private static readonly TokenListParser<FormulaToken, ParsedExpectation> Statement =
        from left in Side
        from relation in Token.EqualTo(FormulaToken.Comparison)
        from right in Side
        from condition in Token.EqualTo(FormulaToken.When).IgnoreThen(Filter).AsNullable().OptionalOrDefault()
        select new ParsedExpectation(left, ToOrder(relation.ToStringValue()), right, condition);

    /// <summary>A value such as <c>4 ms</c> or <c>2*$H</c>.</summary>
    public static Parsed<Expression> ParseValue(string text) => Parse(text, Value, Codes.BadExpression);

    /// <summary>A range such as <c>0 ms..100 ms step 10 ms</c>.</summary>
    public static Parsed<SweepRange> ParseRange(string text) => Parse(text, Range, Codes.BadSweep);

    public static Parsed<ParsedExpectation> ParseExpectation(string text) => Parse(text, Statement, Codes.BadExpectation);

    public static Parsed<Condition> ParseFilter(string text) => Parse(text, Filter, Codes.BadFilter);

    /// <summary><c>mean.total</c>; a share alone stands for its mean.</summary>
    /// <exception cref="ExpressionException">No such statistic. Which metrics there are is for the catalogue to say.</exception>
    public static MetricStatistic ToMetric(string name)
    {
        if (Metric.Find(name) is { Unit: "1" })
            return new MetricStatistic("mean", name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (statistic, metric) = dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
        if (dot < 0)
            throw new ExpressionException(Codes.NoSuchMetric, $"'{name}' is not of the form statistic.metric, such as mean.total");
        if (!Metric.Statistics.Contains(statistic))
            throw new ExpressionException(Codes.NoSuchMetric, $"unknown statistic '{statistic}'. {Suggestion.For(statistic, Metric.Statistics)}");
        return new MetricStatistic(statistic, metric);
    }

    private static TokenListParser<FormulaToken, T> Arithmetic<T>(
        TokenListParser<FormulaToken, T> atom, Func<char, T, T, T> combine)
    {
        TokenListParser<FormulaToken, T>? whole = null;
        var factor =
            (from open in Token.EqualTo(FormulaToken.Open)
             from inner in Superpower.Parse.Ref(() => whole!)
             from close in Token.EqualTo(FormulaToken.Close)
             select inner).Or(atom);
        var product = Superpower.Parse.Chain(Product, factor, combine);
        whole = Superpower.Parse.Chain(Sum, product, combine);
        return whole;
    }

    private static TokenListParser<FormulaToken, Condition> Conditions()
    {
        TokenListParser<FormulaToken, Condition>? whole = null;
        var value = SignedLiteral
            .Or(Token.EqualTo(FormulaToken.Name).Or(Token.EqualTo(FormulaToken.Quoted)).Select(token => Quantity.Word(Plain(token))));
        var comparison =
            from name in Token.EqualTo(FormulaToken.Name).Or(Token.EqualTo(FormulaToken.Reference))
            from relation in Token.EqualTo(FormulaToken.Comparison)
            from operand in value
            select (Condition)new Condition.Comparison(name.ToStringValue().TrimStart('$'), ToRelation(relation.ToStringValue()), operand);
        var group =
            (from open in Token.EqualTo(FormulaToken.Open)
             from inner in Superpower.Parse.Ref(() => whole!)
             from close in Token.EqualTo(FormulaToken.Close)
             select inner).Or(comparison);
        var factor =
            (from not in Token.EqualTo(FormulaToken.Not)
             from inner in @group
             select (Condition)new Condition.Not(inner)).Or(group);
        var and = Superpower.Parse.Chain(
            Token.EqualTo(FormulaToken.And), factor, (_, left, right) => new Condition.And(left, right));
        whole = Superpower.Parse.Chain(
            Token.EqualTo(FormulaToken.Or), and, (_, left, right) => new Condition.Or(left, right));
        return whole;
    }

    private static Parsed<T> Parse<T>(string text, TokenListParser<FormulaToken, T> grammar, string code)
        where T : class
    {
        if (text.Length > LongestText || Depth(text) > DeepestParentheses)
            return new Parsed<T>(null, code, "it is too long or too deeply nested", 0);
        try
        {
            var tokens = FormulaTokenizer.Instance.TryTokenize(text);
            if (!tokens.HasValue)
                return new Parsed<T>(null, code, $"unexpected '{text[tokens.ErrorPosition.Absolute]}'", tokens.ErrorPosition.Absolute);
            var result = grammar.AtEnd().TryParse(tokens.Value);
            if (result.HasValue)
                return new Parsed<T>(result.Value, null, null, 0);
            var offset = result.ErrorPosition.HasValue ? result.ErrorPosition.Absolute : text.Length;
            return new Parsed<T>(null, code, result.FormatErrorMessageFragment().Replace('`', '\''), offset);
        }
        catch (ExpressionException problem)
        {
            return new Parsed<T>(null, problem.Code, problem.Message, 0);
        }
    }

    private static int Depth(string text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var character in text)
        {
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static Quantity ToQuantity(string number, string? unit)
    {
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            || value > 1e15m)
            throw new ExpressionException(Codes.OutOfRange, $"{number} is too large a number");
        if (unit is null)
            return new Quantity(Dimension.Number, value);
        if (!Units.TryFind(unit, out var dimension, out var factor))
            throw new ExpressionException(Codes.UnknownUnit, $"unknown unit '{unit}'. {Suggestion.For(unit, Units.Names.Where(name => name.Contains('/') == unit.Contains('/')))}");
        return new Quantity(dimension, value * factor);
    }

    private static string Plain(Token<FormulaToken> token) => token.ToStringValue().Trim('\'');

    private static Engine ToEngine(string name) => name switch
    {
        "analytic" => Engine.Analytic,
        "simulation" => Engine.Simulation,
        _ => throw new ExpressionException(Codes.BadExpectation, $"unknown engine '{name}'. {Suggestion.For(name, ["analytic", "simulation"])}"),
    };

    private static Relation ToRelation(string text) => text switch
    {
        "<" => Relation.Less,
        "<=" => Relation.LessOrEqual,
        ">" => Relation.Greater,
        ">=" => Relation.GreaterOrEqual,
        "==" => Relation.Equal,
        "!=" => Relation.NotEqual,
        _ => throw new ExpressionException(Codes.BadFilter, "'=' is no comparison; write =="),
    };

    private static Relation ToOrder(string text) => text is "=" or "==" or "!="
        ? throw new ExpressionException(Codes.BadExpectation, $"'{text}' cannot be decided from intervals; write < <= > or >=")
        : ToRelation(text);
}

/// <summary>A range of swept values, as written.</summary>
internal sealed record SweepRange(Quantity First, Quantity Last, Quantity Step);

/// <summary>An expectation as written, its names not yet checked.</summary>
internal sealed record ParsedExpectation(Term Left, Relation Relation, Term Right, Condition? When);
