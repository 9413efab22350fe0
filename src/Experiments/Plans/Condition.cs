namespace Experiments.Plans;

/// <summary>How two values are compared.</summary>
public enum Relation
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

public static class Relations
{
    public static string Symbol(this Relation relation) => relation switch
    {
        Relation.Less => "<",
        Relation.LessOrEqual => "<=",
        Relation.Greater => ">",
        Relation.GreaterOrEqual => ">=",
        Relation.Equal => "==",
        _ => "!=",
    };

    /// <summary>Whether a comparison with this outcome of CompareTo is true.</summary>
    public static bool Admits(this Relation relation, int order) => relation switch
    {
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        Relation.GreaterOrEqual => order >= 0,
        Relation.Equal => order == 0,
        _ => order != 0,
    };
}

/// <summary>A choice of cells: <c>--only</c> and the <c>when</c> of an expectation.</summary>
public abstract record Condition
{
    /// <summary>The names of a cell that are not swept.</summary>
    public static readonly ValueList<string> FixedNames = ["study", "engine", "scheme"];

    /// <summary>Whether a cell is chosen. A comparison with a name that the cell has not is false.</summary>
    public abstract bool Holds(Func<string, Quantity?> valueOf);

    /// <summary>Every comparison in it, from left to right.</summary>
    public abstract IEnumerable<Comparison> Comparisons { get; }

    public sealed record And(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(Func<string, Quantity?> valueOf) => Left.Holds(valueOf) && Right.Holds(valueOf);

        public override IEnumerable<Comparison> Comparisons => Left.Comparisons.Concat(Right.Comparisons);
    }

    public sealed record Or(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(Func<string, Quantity?> valueOf) => Left.Holds(valueOf) || Right.Holds(valueOf);

        public override IEnumerable<Comparison> Comparisons => Left.Comparisons.Concat(Right.Comparisons);
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool Holds(Func<string, Quantity?> valueOf) => !Inner.Holds(valueOf);

        public override IEnumerable<Comparison> Comparisons => Inner.Comparisons;
    }

    public sealed record Comparison(string Name, Relation Relation, Quantity Value) : Condition
    {
        public override bool Holds(Func<string, Quantity?> valueOf)
        {
            if (valueOf(Name) is not { } actual || actual.Dimension != Value.Dimension)
                return false;
            return Relation.Admits(Value.Dimension == Dimension.Symbol
                ? string.CompareOrdinal(actual.Symbol, Value.Symbol)
                : actual.Value.CompareTo(Value.Value));
        }

        public override IEnumerable<Comparison> Comparisons => [this];
    }
}
