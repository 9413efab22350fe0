using Experiments.Configuration.Expressions;
using Experiments.Plans;
using Experiments.Plans.Expectations;

namespace Experiments.Configuration.Binding;

/// <summary>The dimension of a term of an expectation, as exponents, so that slopes and quotients have one.</summary>
internal readonly record struct Power(int Duration, int Size, int Rate)
{
    /// <exception cref="ExpressionException">A sum of unlike terms.</exception>
    public static Power Of(Term term, StudyAxes study) => term switch
    {
        Term.Constant constant => Of(constant.Value.Dimension),
        Term.Swept swept => Of(study.Find(swept.Name)?.Values[0].Dimension ?? Dimension.Number),
        Term.Result result => Of(result.What.Dimension),
        Term.Slope slope => Of(slope.Of.What.Dimension) - Of(study.Find(slope.Over)?.Values[0].Dimension ?? Dimension.Number),
        Term.Arithmetic { Operator: '*' } product => Of(product.Left, study) + Of(product.Right, study),
        Term.Arithmetic { Operator: '/' } quotient => Of(quotient.Left, study) - Of(quotient.Right, study),
        Term.Arithmetic sum => OfSum(sum, study),
        _ => default,
    };

    public static Power operator +(Power a, Power b) => new(a.Duration + b.Duration, a.Size + b.Size, a.Rate + b.Rate);

    public static Power operator -(Power a, Power b) => new(a.Duration - b.Duration, a.Size - b.Size, a.Rate - b.Rate);

    public override string ToString() => (Duration, Size, Rate) switch
    {
        (0, 0, 0) => "a plain number",
        (1, 0, 0) => "a duration",
        (0, 1, 0) => "a size",
        (0, 0, 1) => "a bit rate",
        _ => "a quotient or product of units",
    };

    private static Power Of(Dimension dimension) => dimension switch
    {
        Dimension.Duration => new Power(1, 0, 0),
        Dimension.Size => new Power(0, 1, 0),
        Dimension.Rate => new Power(0, 0, 1),
        _ => default,
    };

    private static Power OfSum(Term.Arithmetic sum, StudyAxes study)
    {
        var (left, right) = (Of(sum.Left, study), Of(sum.Right, study));
        return left == right
            ? left
            : throw new ExpressionException(Codes.WrongDimension, $"{left} {sum.Operator} {right} makes no sense. Give both the same unit.");
    }
}
