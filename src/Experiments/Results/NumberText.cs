using System.Globalization;

namespace Experiments.Results;

/// <summary>Numbers as every written result shows them.</summary>
public static class NumberText
{
    /// <summary>Up to six decimals, invariant culture, never an exponent; empty for none and for what is no finite number.</summary>
    public static string Of(double? value) => Rounded(value, "0.######");

    /// <summary>For sentences and tables: three decimals below 10, two below 100, else one; none for a whole number.</summary>
    public static string Short(double? value) => Math.Abs(value ?? 0) switch
    {
        < 10 => Rounded(value, "0.###"),
        < 100 => Rounded(value, "0.##"),
        _ => Rounded(value, "0.#"),
    };

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rounded(double? value, string format)
    {
        if (value is not { } number || !double.IsFinite(number))
            return "";
        var text = number.ToString(format, CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
