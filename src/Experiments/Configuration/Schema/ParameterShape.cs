using Experiments.Configuration.Expressions;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>A single value with a unit, or a word; in quotes it may refer to swept names.</summary>
internal sealed class ParameterShape(ParameterType type) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(value, path, type.Example, findings) is not { } scalar)
            return null;
        var text = scalar.Text;
        Expression expression;
        if (type.Dimension == Dimension.Symbol && !text.StartsWith('$'))
        {
            expression = new Expression.Literal(Quantity.Word(text));
        }
        else
        {
            var parsed = Grammar.ParseValue(text);
            if (parsed.Value is null)
            {
                findings.Error(parsed.Code!, scalar.At, $"{path} = {text}: {WithRemedy(parsed.Problem!)}");
                return null;
            }

            expression = parsed.Value;
        }

        var parameter = new Parameter(path, text, expression, type, scalar.At);
        if (expression.References.Any())
            return parameter;
        try
        {
            var (code, message) = Check(parameter, expression.Evaluate(_ => null));
            if (code is null)
                return parameter;
            findings.Error(code, scalar.At, message);
        }
        catch (ExpressionException problem)
        {
            findings.Error(problem.Code, scalar.At, $"{path} = {text}: {WithRemedy(problem.Message)}");
        }

        return null;
    }

    /// <summary>The value in the dimension of the type; a number from 0 to 1 may stand for a share.</summary>
    public static Quantity Coerce(Quantity quantity, ParameterType type) =>
        type.Dimension == Dimension.Share && quantity is { Dimension: Dimension.Number, Value: >= 0 and <= 1 }
            ? quantity with { Dimension = Dimension.Share }
            : quantity;

    /// <summary>Code and message when a value does not suit its parameter; null and empty when it does.</summary>
    /// <param name="where">The cell, in brackets, when the value depends on it.</param>
    public static (string? Code, string Message) Check(Parameter parameter, Quantity value, string where = "")
    {
        var type = parameter.Type;
        var quantity = Coerce(value, type);
        var shown = parameter.Expression is Expression.Literal ? parameter.Text : $"{parameter.Text} = {quantity}";
        var subject = $"{parameter.Path} = {shown}{where}";
        if (type.Dimension == Dimension.Symbol)
        {
            return quantity.Dimension == Dimension.Symbol && type.Words.Contains(quantity.Symbol!)
                ? (null, "")
                : (Codes.NoSuchWord, $"{subject} is unknown. {Suggestion.For(quantity.Bare, type.Words)}");
        }

        if (quantity.Dimension == Dimension.Symbol)
            return (Codes.WrongKind, $"{subject} is a word. Write {Units.Noun(type.Dimension)} such as {type.Example}.");
        if (quantity.Dimension == Dimension.Number && type.Dimension != Dimension.Number)
            return (Codes.NoUnit, $"{subject} has no unit. Write {quantity.Bare} {UnitHint(type.Dimension)}.");
        if (quantity.Dimension != type.Dimension)
            return (Codes.UnknownUnit, $"{subject} is {Units.Noun(quantity.Dimension)}. Write {Units.Noun(type.Dimension)} such as {type.Example}.");
        return type.RangeBrokenBy(quantity) is { } range
            ? (Codes.OutOfRange, $"{subject} is out of range: it must be {range}. Write {type.Example}, for one.")
            : (null, "");
    }

    public static string UnitHint(Dimension dimension) => dimension switch
    {
        Dimension.Duration => "ms (or s, us)",
        Dimension.Size => "B (or KiB, MiB)",
        Dimension.Rate => "bit/s (or kbit/s, Mbit/s)",
        Dimension.Packets => "packets",
        Dimension.Length => "m (or km)",
        Dimension.Speed => "m/s (or km/h)",
        _ => "%",
    };

    private string WithRemedy(string problem) =>
        problem.EndsWith('?') || problem.EndsWith('.')
            ? problem
            : $"{problem}. Write {type.Example}, or an expression such as \"2*$H\".";
}

/// <summary>The values of a swept name: a list, a range with a step, or a single value.</summary>
internal sealed class SweepShape : Shape
{
    private const int MostValues = 10_000;
    private const string Remedy = "a list [4 ms, 8 ms] or a range \"0 ms..20 ms step 2 ms\"";

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        var scalars = value is ConfigList list ? list.Items : [value];
        if (scalars.Count == 1 && scalars[0] is ConfigScalar { Text: var text } && text.Contains("..", StringComparison.Ordinal))
            return ReadRange(text, path, value.At, findings);
        var values = new List<Quantity>();
        foreach (var element in scalars)
        {
            if (ReadValue(element, path, findings) is not { } quantity)
                return null;
            if (values.Count > 0 && quantity.Dimension != values[0].Dimension)
            {
                findings.Error(Codes.BadSweep, element.At, $"{path} mixes {Units.Noun(values[0].Dimension)} and {Units.Noun(quantity.Dimension)}. Write values of one kind.");
                return null;
            }

            if (values.Contains(quantity))
            {
                findings.Error(Codes.BadSweep, element.At, $"{path} has {quantity} twice. Keep one.");
                return null;
            }

            values.Add(quantity);
        }

        if (values.Count is > 0 and <= MostValues)
            return new SweptValues(values.ToValueList());
        findings.Error(Codes.BadSweep, value.At, values.Count == 0
            ? $"{path} has no value. Write {Remedy}."
            : $"{path} has more than {MostValues} values. Write fewer.");
        return null;
    }

    private static Quantity? ReadValue(ConfigValue element, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(element, path, Remedy, findings) is not { } scalar)
            return null;
        var parsed = Grammar.ParseValue(scalar.Text);
        if (parsed.Value is null)
        {
            var problem = parsed.Problem!;
            findings.Error(parsed.Code == Codes.BadExpression ? Codes.BadSweep : parsed.Code!, scalar.At,
                $"{path} = {scalar.Text}: {problem}{(problem.EndsWith('?') || problem.EndsWith('.') ? "" : $". Write {Remedy}.")}");
            return null;
        }

        if (parsed.Value is Expression.Literal literal)
            return literal.Value;
        findings.Error(Codes.BadSweep, scalar.At, $"{path} = {scalar.Text} is an expression. Swept values are plain: write {Remedy}.");
        return null;
    }

    private static SweptValues? ReadRange(string text, string path, SourcePosition at, Findings findings)
    {
        SweptValues? Fail(string code, string problem)
        {
            findings.Error(code, at, $"{path} = {text}: {problem}");
            return null;
        }

        var parsed = Grammar.ParseRange(text);
        if (parsed.Value is not { } range)
        {
            var problem = parsed.Problem!;
            return Fail(parsed.Code!, problem.EndsWith('?') || problem.EndsWith('.')
                ? problem
                : $"{problem}. Write \"first..last step by\", as in \"0 ms..20 ms step 2 ms\".");
        }

        var (first, last, step) = range;
        if (first.Dimension != last.Dimension || first.Dimension != step.Dimension)
            return Fail(Codes.BadSweep, "first, last and step differ in kind. Give all three the same unit.");
        if (step.Value <= 0)
            return Fail(Codes.BadSweep, $"a step of {step} leads nowhere. Write a step above 0.");
        if (last.Value < first.Value)
            return Fail(Codes.BadSweep, $"{last} is below {first}. Write the smaller value first.");
        if ((last.Value - first.Value) / step.Value >= MostValues)
            return Fail(Codes.BadSweep, $"these are more than {MostValues} values. Write a larger step.");
        var values = new List<Quantity>();
        for (var current = first.Value; current <= last.Value; current += step.Value)
            values.Add(first with { Value = current });
        return new SweptValues(values.ToValueList());
    }
}
