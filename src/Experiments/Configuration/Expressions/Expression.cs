using Experiments.Plans;

namespace Experiments.Configuration.Expressions;

/// <summary>A value that may refer to swept names: numbers with units, + - * / and parentheses.</summary>
internal abstract record Expression
{
    public abstract IEnumerable<string> References { get; }

    /// <summary>The value at one point of a sweep.</summary>
    /// <param name="valueOf">The value of a name; null when there is none.</param>
    /// <exception cref="ExpressionException">It has no value.</exception>
    public abstract Quantity Evaluate(Func<string, Quantity?> valueOf);

    public sealed record Literal(Quantity Value) : Expression
    {
        public override IEnumerable<string> References => [];

        public override Quantity Evaluate(Func<string, Quantity?> valueOf) => Value;
    }

    public sealed record Reference(string Name) : Expression
    {
        public override IEnumerable<string> References => [Name];

        public override Quantity Evaluate(Func<string, Quantity?> valueOf) =>
            valueOf(Name) ?? throw new ExpressionException(Codes.UndefinedName, $"${Name} is not swept");
    }

    public sealed record Arithmetic(char Operator, Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<string> References => Left.References.Concat(Right.References);

        public override Quantity Evaluate(Func<string, Quantity?> valueOf)
        {
            var (a, b) = (Left.Evaluate(valueOf), Right.Evaluate(valueOf));
            try
            {
                return Combine(a, b);
            }
            catch (OverflowException)
            {
                throw new ExpressionException(Codes.OutOfRange, $"{a} {Operator} {b} is too large");
            }
        }

        private Quantity Combine(Quantity a, Quantity b)
        {
            var scalar = b.Dimension is Dimension.Number or Dimension.Share;
            switch (Operator)
            {
                case '+' when a.Dimension == b.Dimension && a.Dimension != Dimension.Symbol:
                    return a with { Value = a.Value + b.Value };
                case '-' when a.Dimension == b.Dimension && a.Dimension != Dimension.Symbol:
                    return a with { Value = a.Value - b.Value };
                case '*' when scalar && a.Dimension != Dimension.Symbol:
                    return a with { Value = a.Value * b.Value };
                case '*' when a.Dimension is Dimension.Number or Dimension.Share && b.Dimension != Dimension.Symbol:
                    return b with { Value = a.Value * b.Value };
                case '/' when b.Dimension != Dimension.Symbol && b.Value == 0:
                    throw new ExpressionException(Codes.OutOfRange, $"{a} / {b} divides by zero");
                case '/' when scalar && a.Dimension != Dimension.Symbol:
                    return a with { Value = a.Value / b.Value };
                case '/' when a.Dimension == b.Dimension && a.Dimension != Dimension.Symbol:
                    return new Quantity(Dimension.Number, a.Value / b.Value);
                default:
                    throw new ExpressionException(Codes.WrongDimension, $"{a} {Operator} {b} makes no sense");
            }
        }
    }
}

/// <summary>An expression without a value; the message says why, without remedy. Caught where the value is needed.</summary>
internal sealed class ExpressionException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
