using System.Text;

namespace Experiments.Configuration.Syntax;

/// <summary>Writes values so that reading them gives the same values.</summary>
internal static class HoconWriter
{
    /// <summary>One entry per line; objects that name a distribution, and all within lists, on one line.</summary>
    public static string Write(ConfigObject root)
    {
        var text = new StringBuilder();
        WriteEntries(text, root, "");
        return text.ToString();
    }

    private static void WriteEntries(StringBuilder text, ConfigObject block, string indent)
    {
        foreach (var entry in block.Entries)
        {
            text.Append(indent).Append(Key(entry.Key));
            if (entry.Value is ConfigObject { Count: > 0 } inner && inner["distribution"] is null)
            {
                text.Append(" {\n");
                WriteEntries(text, inner, indent + "  ");
                text.Append(indent).Append("}\n");
            }
            else if (entry.Value is ConfigList { Items: [ConfigObject, ..] or [ConfigScalar { Quoted: true }, _, ..] } list)
            {
                text.Append(" = [\n");
                foreach (var item in list.Items)
                    text.Append(indent).Append("  ").Append(Inline(item)).Append('\n');
                text.Append(indent).Append("]\n");
            }
            else
            {
                text.Append(" = ").Append(Inline(entry.Value)).Append('\n');
            }
        }
    }

    /// <summary>A value on one line.</summary>
    public static string Inline(ConfigValue value) => value switch
    {
        ConfigScalar { Quoted: false } plain => plain.Text,
        ConfigScalar quoted => $"\"{KeyPath.Escape(quoted.Text)}\"",
        ConfigList list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        ConfigObject { Count: 0 } => "{}",
        ConfigObject block => $"{{ {string.Join(", ", block.Entries.Select(entry => $"{Key(entry.Key)} = {Inline(entry.Value)}"))} }}",
        _ => throw new ArgumentException("references are resolved before writing", nameof(value)),
    };

    private static string Key(string key) =>
        key.Length > 0 && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') && key != "include"
            ? key
            : $"\"{KeyPath.Escape(key)}\"";
}
