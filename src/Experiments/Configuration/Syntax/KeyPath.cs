using System.Globalization;
using System.Text;

namespace Experiments.Configuration.Syntax;

/// <summary>Dotted paths and the escapes of quoted text.</summary>
internal static class KeyPath
{
    /// <summary>The segments of <c>a.b."c>d"</c>; null when it is no path.</summary>
    public static List<string>? Split(string path)
    {
        var segments = new List<string>();
        var rest = path.AsSpan();
        while (true)
        {
            int length;
            if (rest.StartsWith("\""))
            {
                length = rest[1..].IndexOf('"') + 2;
                if (length < 2 || Unescape(rest[1..(length - 1)].ToString()) is not { } segment)
                    return null;
                segments.Add(segment);
            }
            else
            {
                length = rest.IndexOf('.') is var dot and >= 0 ? dot : rest.Length;
                if (length == 0 || rest[..length].IndexOfAny(" \t$?{}[]=:,#\"") >= 0)
                    return null;
                segments.Add(rest[..length].ToString());
            }

            rest = rest[length..];
            if (rest.IsEmpty)
                return segments;
            if (rest[0] != '.')
                return null;
            rest = rest[1..];
        }
    }

    /// <summary>The text that quoted text stands for; null for an unknown escape.</summary>
    public static string? Unescape(string quoted)
    {
        if (!quoted.Contains('\\'))
            return quoted;
        var text = new StringBuilder();
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }

            if (++i == quoted.Length)
                return null;
            switch (quoted[i])
            {
                case '"' or '\\' or '/':
                    text.Append(quoted[i]);
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'u' when i + 4 < quoted.Length && ushort.TryParse(
                    quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    text.Append((char)code);
                    i += 4;
                    break;
                default:
                    return null;
            }
        }

        return HasLoneSurrogate(text.ToString()) ? null : text.ToString();
    }

    /// <summary>Half a character, which no file can hold.</summary>
    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal);
}
