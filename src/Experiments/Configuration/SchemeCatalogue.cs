using Experiments.Plans;

namespace Experiments.Configuration;

/// <summary>What the reader must know of the schemes that are built in or loaded.</summary>
public interface ISchemeCatalogue
{
    /// <summary>All schemes, in the order in which they are listed to users.</summary>
    IReadOnlyList<SchemeEntry> Schemes { get; }

    /// <summary>Version of the engine's semantics, part of every cell's key: a new one recomputes everything.</summary>
    string EngineVersion { get; }

    /// <summary>Adds the schemes of a user's class library, once for each path.</summary>
    /// <param name="path">Rooted.</param>
    /// <returns>The names of its schemes.</returns>
    /// <exception cref="SchemeLibraryException">It has none to add; the message is one line, with remedy.</exception>
    IReadOnlyList<string> Load(string path);
}

/// <summary>Why a class library gives no schemes: one line, with remedy.</summary>
public sealed class SchemeLibraryException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>One scheme.</summary>
/// <param name="Parent">The scheme it extends, whose options it has too; null for none.</param>
/// <param name="Version">Part of the key of each of its cells.</param>
/// <param name="Options">Its own options; one of the same name replaces the parent's.</param>
public sealed record SchemeEntry(string Name, string? Parent, string Version, IReadOnlyList<SchemeOption> Options)
{
    /// <summary>Names of the phases that it measures, each of which is a metric.</summary>
    public IReadOnlyList<string> Phases { get; init; } = [];
}

/// <summary>An option of a scheme.</summary>
/// <param name="Default">As a file would write it.</param>
public sealed record SchemeOption(string Name, ParameterType Type, string Default);

internal static class SchemeCatalogueExtensions
{
    public static SchemeEntry? Find(this ISchemeCatalogue catalogue, string name) =>
        catalogue.Schemes.FirstOrDefault(scheme => scheme.Name == name);

    /// <summary>All metrics: the product's, then phases that only loaded schemes have.</summary>
    public static IReadOnlyList<string> Metrics(this ISchemeCatalogue catalogue) =>
        [.. Metric.All.Select(metric => metric.Name).Concat(catalogue.Schemes.SelectMany(scheme => scheme.Phases)).Distinct()];

    /// <summary>The options of a scheme and its ancestors, by name.</summary>
    public static IReadOnlyList<SchemeOption> OptionsOf(this ISchemeCatalogue catalogue, SchemeEntry scheme)
    {
        var options = new SortedDictionary<string, SchemeOption>(StringComparer.Ordinal);
        var visited = new HashSet<string>();
        for (var current = scheme; current is not null && visited.Add(current.Name);
            current = current.Parent is null ? null : catalogue.Find(current.Parent))
        {
            foreach (var option in current.Options)
                options.TryAdd(option.Name, option);
        }

        return [.. options.Values];
    }
}

/// <summary>What a single value may be: its dimension, range or words. May refer to swept names.</summary>
/// <param name="Example">Shown in messages.</param>
public sealed record ParameterType(Dimension Dimension, string Example)
{
    public decimal? Least { get; init; }

    public decimal? Most { get; init; }

    /// <summary>Whether <see cref="Least"/> and <see cref="Most"/> themselves are excluded.</summary>
    public bool Open { get; init; }

    public bool Whole { get; init; }

    /// <summary>The words, for <see cref="Plans.Dimension.Symbol"/>.</summary>
    public ValueList<string> Words { get; init; } = [];

    /// <summary>A duration of at least 0, at most 11 days.</summary>
    public static readonly ParameterType Duration = new(Dimension.Duration, "4 ms") { Least = 0, Most = 1e9m };

    /// <summary>0 to 100 %.</summary>
    public static readonly ParameterType Share = new(Dimension.Share, "10 %") { Least = 0, Most = 1 };

    /// <summary>Above 0 and below 100 %.</summary>
    public static readonly ParameterType OpenShare = new(Dimension.Share, "1 %") { Least = 0, Most = 1, Open = true };

    /// <summary>A whole number from 1.</summary>
    public static readonly ParameterType Count = new(Dimension.Number, "32") { Least = 1, Most = 1e9m, Whole = true };

    /// <summary>A number above 0.</summary>
    public static readonly ParameterType PositiveNumber =
        new(Dimension.Number, "0.5") { Least = 0, Most = 1e9m, Open = true };

    /// <summary>A bit rate above 0.</summary>
    public static readonly ParameterType Rate =
        new(Dimension.Rate, "11 Mbit/s") { Least = 0, Most = 1e15m, Open = true };

    /// <summary>A length above 0, at most a thousand km.</summary>
    public static readonly ParameterType Length = new(Dimension.Length, "100 m") { Least = 0, Most = 1e6m, Open = true };

    /// <summary>A speed above 0, at most 1 km/s.</summary>
    public static readonly ParameterType Speed = new(Dimension.Speed, "15 m/s") { Least = 0, Most = 1000, Open = true };

    /// <summary>One of some words.</summary>
    public static ParameterType Choice(params string[] words) =>
        new(Dimension.Symbol, words[0]) { Words = words.ToValueList() };

    /// <summary>on or off.</summary>
    public static readonly ParameterType Switch = Choice("on", "off");

    /// <summary>Null when the quantity is in range, else the range in words.</summary>
    internal string? RangeBrokenBy(Quantity quantity)
    {
        var value = quantity.Value;
        var below = Least is { } least && (Open ? value <= least : value < least);
        var above = Most is { } most && (Open ? value >= most : value > most);
        if (!below && !above && !(Whole && value != decimal.Truncate(value)))
            return null;
        string Bound(decimal bound) => new Quantity(Dimension, bound).ToString();
        var range = (Least, Most, Open) switch
        {
            ({ } low, { } high, true) => $"above {Bound(low)} and below {Bound(high)}",
            ({ } low, { } high, false) => $"from {Bound(low)} to {Bound(high)}",
            ({ } low, null, _) => $"{(Open ? "above" : "at least")} {Bound(low)}",
            (null, { } high, _) => $"{(Open ? "below" : "at most")} {Bound(high)}",
            _ => "any",
        };
        return Whole ? $"a whole number {range}" : range;
    }
}
