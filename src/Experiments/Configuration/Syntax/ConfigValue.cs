namespace Experiments.Configuration.Syntax;

/// <summary>A value of a file, with the place where it stands. Immutable once its file has been read.</summary>
internal abstract class ConfigValue(SourcePosition at)
{
    public SourcePosition At { get; } = at;

    /// <summary>What a message calls it.</summary>
    public abstract string Noun { get; }
}

/// <summary>Text, quoted or not.</summary>
internal sealed class ConfigScalar(SourcePosition at, string text, bool quoted) : ConfigValue(at)
{
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    public override string Noun => "a single value";
}

internal sealed class ConfigList(SourcePosition at, IReadOnlyList<ConfigValue> items) : ConfigValue(at)
{
    public IReadOnlyList<ConfigValue> Items { get; } = items;

    public override string Noun => "a list [ ]";
}

/// <summary>${path}: the value at another place of the same file.</summary>
internal sealed class ConfigReference(SourcePosition at, IReadOnlyList<string> path) : ConfigValue(at)
{
    public IReadOnlyList<string> Path { get; } = path;

    public override string Noun => "a reference ${ }";
}

internal sealed record ConfigEntry(string Key, SourcePosition KeyAt, ConfigValue Value);

/// <summary>Keys and values in file order.</summary>
/// <param name="braced">False for the objects that a dotted key implies; later keys may extend those.</param>
internal sealed class ConfigObject(SourcePosition at, bool braced) : ConfigValue(at)
{
    private readonly OrderedDictionary<string, ConfigEntry> _entries = new(StringComparer.Ordinal);

    public bool Braced { get; } = braced;

    public IEnumerable<ConfigEntry> Entries => _entries.Values;

    public int Count => _entries.Count;

    public override string Noun => "an object { }";

    public ConfigEntry? this[string key] => _entries.GetValueOrDefault(key);

    public void Set(ConfigEntry entry) => _entries[entry.Key] = entry;

    /// <summary>
    /// This object with the keys of <paramref name="below"/> that it lacks. Objects of the same key merge likewise, except those
    /// that name a distribution: they belong together and replace one another. Keys of <paramref name="below"/> come first.
    /// </summary>
    public ConfigObject Over(ConfigObject below)
    {
        if (this["distribution"] is not null || below["distribution"] is not null)
            return this;
        var merged = new ConfigObject(At, Braced);
        foreach (var entry in below.Entries)
            merged.Set(entry);
        foreach (var entry in Entries)
        {
            var value = entry.Value is ConfigObject own && below[entry.Key]?.Value is ConfigObject other
                ? own.Over(other)
                : entry.Value;
            merged.Set(entry with { Value = value });
        }

        return merged;
    }

    /// <summary>This object with one value replaced or added, and objects made on the way where there are none.</summary>
    public ConfigObject With(ReadOnlySpan<string> path, SourcePosition at, ConfigValue value)
    {
        var changed = new ConfigObject(At, Braced);
        foreach (var entry in Entries)
            changed.Set(entry);
        var inner = path.Length == 1
            ? value
            : (this[path[0]]?.Value as ConfigObject ?? new ConfigObject(at, braced: false)).With(path[1..], at, value);
        changed.Set(new ConfigEntry(path[0], this[path[0]]?.KeyAt ?? at, inner));
        return changed;
    }

    /// <summary>This object without a key.</summary>
    public ConfigObject Without(string key)
    {
        var changed = new ConfigObject(At, Braced);
        foreach (var entry in Entries.Where(entry => entry.Key != key))
            changed.Set(entry);
        return changed;
    }
}
