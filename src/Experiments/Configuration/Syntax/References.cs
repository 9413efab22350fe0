namespace Experiments.Configuration.Syntax;

/// <summary>Replaces every ${path} by the value at that path, counted from the root of the whole file.</summary>
internal sealed class References(ConfigObject root, Findings findings)
{
    private const int MostValues = 100_000;
    private const int LongestChain = 50;

    private readonly List<ConfigReference> _open = [];
    private int _values;

    public ConfigObject Resolve() => (ConfigObject)(Resolve(root) ?? new ConfigObject(root.At, braced: true));

    private ConfigValue? Resolve(ConfigValue value)
    {
        if (++_values > MostValues)
        {
            if (_values == MostValues + 1)
                findings.Error(Codes.BadReference, value.At, $"references make more than {MostValues} values. Use fewer.");
            return null;
        }

        switch (value)
        {
            case ConfigReference reference:
                return Follow(reference);
            case ConfigList list:
                return new ConfigList(list.At, [.. list.Items.Select(Resolve).OfType<ConfigValue>()]);
            case ConfigObject block:
                var resolved = new ConfigObject(block.At, block.Braced);
                foreach (var entry in block.Entries)
                {
                    if (Resolve(entry.Value) is { } inner)
                        resolved.Set(entry with { Value = inner });
                }

                return resolved;
            default:
                return value;
        }
    }

    private ConfigValue? Follow(ConfigReference reference)
    {
        var path = string.Join('.', reference.Path);
        if (_open.Contains(reference) || _open.Count >= LongestChain)
        {
            findings.Error(Codes.BadReference, reference.At, $"${{{path}}} leads back to itself. Write its value once.");
            return null;
        }

        _open.Add(reference);
        var target = Find(reference);
        var value = target is null ? null : Resolve(target);
        _open.RemoveAt(_open.Count - 1);
        return value is ConfigScalar scalar ? new ConfigScalar(reference.At, scalar.Text, scalar.Quoted) : value;
    }

    private ConfigValue? Find(ConfigReference reference)
    {
        ConfigValue at = root;
        foreach (var key in reference.Path)
        {
            if (at is ConfigReference middle)
            {
                if (Follow(middle) is not { } followed)
                    return null;
                at = followed;
            }

            if ((at as ConfigObject)?[key] is not { } entry)
            {
                var known = at is ConfigObject block ? block.Entries.Select(item => item.Key) : [];
                findings.Error(Codes.BadReference, reference.At,
                    $"${{{string.Join('.', reference.Path)}}}: there is no '{key}'. {Suggestion.For(key, known)}");
                return null;
            }

            at = entry.Value;
        }

        return at;
    }
}
