using System.Text.RegularExpressions;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>What a value must look like, and how to read it.</summary>
internal abstract class Shape
{
    /// <summary>The value read; null when it cannot be, which is reported.</summary>
    /// <param name="path">How messages name the value; empty for the root of a file or study.</param>
    public abstract object? Read(ConfigValue value, string path, Findings findings);

    protected static T? Expect<T>(ConfigValue value, string path, string remedy, Findings findings)
        where T : ConfigValue
    {
        if (value is T expected)
            return expected;
        findings.Error(Codes.WrongKind, value.At, $"{path} is {value.Noun}. Write {remedy}.");
        return null;
    }

    protected static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}

/// <summary>A key that an object may have.</summary>
internal sealed record Key(string Name, Shape Shape, bool Required = false);

/// <summary>An object with known keys.</summary>
/// <param name="title">What messages call it when its path is empty.</param>
internal sealed class BlockShape(string title, params Key[] keys) : Shape
{
    public IReadOnlyList<Key> Keys => keys;

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigObject>(value, path, $"{path} {{ {keys[0].Name} = ... }}", findings) is not { } source)
            return null;
        var block = new Block();
        foreach (var entry in source.Entries)
        {
            if (Array.Find(keys, key => key.Name == entry.Key) is { } key)
            {
                if (key.Shape.Read(entry.Value, Join(path, entry.Key), findings) is { } read)
                    block.Add(entry.Key, new Item(read, entry.Value.At));
            }
            else
            {
                findings.Error(Codes.UnknownKey, entry.KeyAt,
                    $"unknown key '{entry.Key}' in {(path.Length == 0 ? title : path)}. {Suggestion.For(entry.Key, keys.Select(known => known.Name))}");
            }
        }

        var complete = true;
        foreach (var missing in keys.Where(key => key.Required && source[key.Name] is null))
        {
            complete = false;
            findings.Error(Codes.MissingKey, source.At,
                $"{(path.Length == 0 ? title : path)} lacks '{missing.Name}'. Write {missing.Name} = ... in it.");
        }

        return complete && keys.All(key => !key.Required || block.Find(key.Name) is not null) ? block : null;
    }
}

/// <summary>An object whose keys are names of the user's or of the network's.</summary>
/// <param name="check">Reports a key that may not be; returns whether it may.</param>
internal sealed class MapShape(Shape item, Func<ConfigEntry, Findings, bool> check) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigObject>(value, path, $"{path} {{ name ... }}", findings) is not { } source)
            return null;
        var block = new Block();
        foreach (var entry in source.Entries.Where(entry => check(entry, findings)))
        {
            if (item.Read(entry.Value, $"{path}.{entry.Key}", findings) is { } read)
                block.Add(entry.Key, new Item(read, entry.Value.At));
        }

        return block;
    }
}

/// <summary>A list, of distinct items where they are text.</summary>
internal sealed class ListShape(Shape item, string example, bool mayBeEmpty, bool mayRepeat = false) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigList>(value, path, $"{path} = [{example}]", findings) is not { } source)
            return null;
        var items = new List<Item>();
        foreach (var element in source.Items)
        {
            if (item.Read(element, path, findings) is not { } read)
                continue;
            if (!mayRepeat && read is string or MetricStatistic && items.Exists(other => other.Value.Equals(read)))
                findings.Error(Codes.Duplicate, element.At, $"'{read}' stands twice in {path}. Keep one.");
            else
                items.Add(new Item(read, element.At));
        }

        if (source.Items.Count > 0 || mayBeEmpty)
            return items;
        findings.Error(Codes.EmptyStudy, source.At, $"{path} is empty. Write {path} = [{example}].");
        return null;
    }
}

/// <summary>One of some words that do not depend on a sweep.</summary>
internal sealed class ChoiceShape(string[] words) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(value, path, words[0], findings) is not { } scalar)
            return null;
        if (words.Contains(scalar.Text))
            return scalar.Text;
        findings.Error(Codes.NoSuchWord, scalar.At, $"{path} = {scalar.Text} is unknown. {Suggestion.For(scalar.Text, words)}");
        return null;
    }
}

/// <summary>Free text.</summary>
internal sealed class TextShape(string example) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings) =>
        Expect<ConfigScalar>(value, path, example, findings)?.Text;
}

/// <summary>A name of the user's own.</summary>
internal sealed partial class NameShape(string example) : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(value, path, example, findings) is not { } scalar)
            return null;
        return Check(scalar.Text, path, scalar.At, findings) ? scalar.Text : null;
    }

    /// <summary>Reports a name that is none.</summary>
    public static bool Check(string name, string path, SourcePosition at, Findings findings)
    {
        if (name.Length <= 64 && Pattern().IsMatch(name))
            return true;
        findings.Error(Codes.BadName, at,
            $"'{name}' is no name for {path}. Write a letter, then letters, digits, '_' and single '-', 64 at most.");
        return false;
    }

    /// <summary>Reports a name that nothing can be swept under.</summary>
    public static bool CheckSwept(ConfigEntry entry, Findings findings)
    {
        if (Condition.FixedNames.Contains(entry.Key) || entry.Key is "when" or "step" or "slope")
        {
            findings.Error(Codes.BadName, entry.KeyAt, $"'{entry.Key}' is reserved. Sweep under another name.");
            return false;
        }

        if (entry.Key.Length <= 32 && SweptPattern().IsMatch(entry.Key))
            return true;
        findings.Error(Codes.BadName, entry.KeyAt,
            $"'{entry.Key}' cannot be swept. Write a letter, then letters, digits and '_', 32 at most.");
        return false;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex SweptPattern();
}

/// <summary>The master seed.</summary>
internal sealed class SeedShape : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(value, path, $"{path} = 1", findings) is not { } scalar)
            return null;
        if (ulong.TryParse(scalar.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seed))
            return seed;
        findings.Error(Codes.OutOfRange, scalar.At,
            $"{path} = {scalar.Text} is no seed. Write a whole number from 0 to {ulong.MaxValue}.");
        return null;
    }
}
