using System.Globalization;

namespace Experiments.Plans;

/// <summary>What a quantity measures. A symbol is a word such as <c>paper</c>.</summary>
public enum Dimension
{
    /// <summary>A plain number.</summary>
    Number,

    /// <summary>A share or probability, held as a fraction and written in %.</summary>
    Share,

    /// <summary>A duration, held in ms.</summary>
    Duration,

    /// <summary>A size, held in bytes.</summary>
    Size,

    /// <summary>A bit rate, held in bit/s.</summary>
    Rate,

    /// <summary>A number of packets.</summary>
    Packets,

    /// <summary>A length, held in metres.</summary>
    Length,

    /// <summary>A speed, held in m/s.</summary>
    Speed,

    /// <summary>One of a set of words.</summary>
    Symbol,
}

/// <summary>A number with what it measures, in the base unit of its <see cref="Dimension"/>; or a word.</summary>
/// <param name="Value">In ms, bytes, bit/s, m, m/s, or as a fraction; 0 for a word.</param>
/// <param name="Symbol">The word; null for a number.</param>
public sealed record Quantity(Dimension Dimension, decimal Value, string? Symbol = null)
{
    public static Quantity Word(string symbol) => new(Dimension.Symbol, 0, symbol);

    public static Quantity Milliseconds(decimal value) => new(Dimension.Duration, value);

    /// <summary>The duration, rounded to the tick of 100 ns.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks((long)decimal.Round(Value * TimeSpan.TicksPerMillisecond));

    /// <summary>The number alone, as a table's column shows it: ms, bytes, bit/s, % or the word.</summary>
    public string Bare => Dimension switch
    {
        Dimension.Symbol => Symbol!,
        Dimension.Share => Plain(Value * 100),
        _ => Plain(Value),
    };

    /// <summary>As the user writes it; reading it back gives the same quantity.</summary>
    public override string ToString() => Units.Base(Dimension) is { Length: > 0 } unit ? $"{Bare} {unit}" : Bare;

    private static string Plain(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>Every unit that an experiment file may write.</summary>
public static class Units
{
    private static readonly (string Name, Dimension Dimension, decimal Factor)[] All =
    [
        ("ms", Dimension.Duration, 1m),
        ("s", Dimension.Duration, 1_000m),
        ("us", Dimension.Duration, 0.001m),
        ("µs", Dimension.Duration, 0.001m),
        ("ns", Dimension.Duration, 0.000_001m),
        ("min", Dimension.Duration, 60_000m),
        ("h", Dimension.Duration, 3_600_000m),
        ("%", Dimension.Share, 0.01m),
        ("B", Dimension.Size, 1m),
        ("KiB", Dimension.Size, 1_024m),
        ("kB", Dimension.Size, 1_000m),
        ("MiB", Dimension.Size, 1_048_576m),
        ("MB", Dimension.Size, 1_000_000m),
        ("bit/s", Dimension.Rate, 1m),
        ("kbit/s", Dimension.Rate, 1_000m),
        ("Mbit/s", Dimension.Rate, 1_000_000m),
        ("Gbit/s", Dimension.Rate, 1_000_000_000m),
        ("packets", Dimension.Packets, 1m),
        ("m", Dimension.Length, 1m),
        ("km", Dimension.Length, 1_000m),
        ("m/s", Dimension.Speed, 1m),
        ("km/h", Dimension.Speed, 1m / 3.6m),
    ];

    public static IEnumerable<string> Names => All.Select(unit => unit.Name);

    public static bool TryFind(string name, out Dimension dimension, out decimal factor)
    {
        var unit = Array.Find(All, candidate => candidate.Name == name);
        (dimension, factor) = (unit.Dimension, unit.Factor);
        return unit.Name is not null;
    }

    /// <summary>The unit that a dimension is shown in; empty for numbers and words.</summary>
    public static string Base(Dimension dimension) => dimension switch
    {
        Dimension.Duration => "ms",
        Dimension.Share => "%",
        Dimension.Size => "B",
        Dimension.Rate => "bit/s",
        Dimension.Packets => "packets",
        Dimension.Length => "m",
        Dimension.Speed => "m/s",
        _ => "",
    };

    /// <summary>The end of a table's column name: <c>_ms</c> in <c>H_ms</c>.</summary>
    public static string ColumnSuffix(Dimension dimension) => dimension switch
    {
        Dimension.Share => "_percent",
        Dimension.Size => "_bytes",
        Dimension.Rate => "_bit_per_s",
        Dimension.Length => "_m",
        Dimension.Speed => "_m_per_s",
        Dimension.Duration => "_ms",
        Dimension.Packets => "_packets",
        _ => "",
    };

    /// <summary>What the units of a dimension are called in a message.</summary>
    public static string Noun(Dimension dimension) => dimension switch
    {
        Dimension.Number => "a plain number",
        Dimension.Share => "a share",
        Dimension.Duration => "a duration",
        Dimension.Size => "a size",
        Dimension.Rate => "a bit rate",
        Dimension.Packets => "a number of packets",
        Dimension.Length => "a length",
        Dimension.Speed => "a speed",
        _ => "a word",
    };
}
