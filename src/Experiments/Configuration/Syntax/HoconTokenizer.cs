using Superpower;
using Superpower.Model;

namespace Experiments.Configuration.Syntax;

internal enum HoconToken
{
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Equal,
    Comma,
    NewLine,

    /// <summary>Text between double quotes, quotes included.</summary>
    Quoted,

    /// <summary>A double quote without its partner, to the end of the line.</summary>
    Unclosed,

    /// <summary>${path}, or what should be one.</summary>
    Substitution,

    /// <summary>A run of other characters.</summary>
    Word,
}

/// <summary>Splits a file into tokens. It never fails: what is wrong becomes a token that the parser reports.</summary>
internal sealed class HoconTokenizer : Tokenizer<HoconToken>
{
    public static readonly HoconTokenizer Instance = new();

    protected override IEnumerable<Result<HoconToken>> Tokenize(TextSpan span)
    {
        var at = span;
        while (!at.IsAtEnd)
        {
            var rest = at.ToStringSpan();
            if (IsBlank(rest[0]))
            {
                at = at.Skip(1);
                continue;
            }

            if (StartsComment(rest))
            {
                at = at.Skip(ToLineEnd(rest));
                continue;
            }

            var (kind, length) = Next(rest);
            var after = at.Skip(length);
            yield return Result.Value(kind, at, after);
            at = after;
        }
    }

    private static (HoconToken Kind, int Length) Next(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '{' => (HoconToken.LeftBrace, 1),
        '}' => (HoconToken.RightBrace, 1),
        '[' => (HoconToken.LeftBracket, 1),
        ']' => (HoconToken.RightBracket, 1),
        '=' or ':' => (HoconToken.Equal, 1),
        ',' => (HoconToken.Comma, 1),
        '\n' => (HoconToken.NewLine, 1),
        '"' => Quoted(rest),
        '$' when rest.StartsWith("${") => Substitution(rest),
        _ => (HoconToken.Word, WordLength(rest)),
    };

    private static (HoconToken, int) Quoted(ReadOnlySpan<char> rest)
    {
        for (var i = 1; i < rest.Length && rest[i] != '\n'; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length && rest[i + 1] != '\n')
                i++;
            else if (rest[i] == '"')
                return (HoconToken.Quoted, i + 1);
        }

        // Brackets at the line's end most likely close what was opened before the text.
        var line = rest[..ToLineEnd(rest)];
        return (HoconToken.Unclosed, Math.Max(1, line.TrimEnd("}], \t\r").Length));
    }

    private static (HoconToken, int) Substitution(ReadOnlySpan<char> rest)
    {
        var close = rest.IndexOfAny('}', '\n');
        return (HoconToken.Substitution, close < 0 ? rest.Length : rest[close] == '}' ? close + 1 : close);
    }

    private static int WordLength(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && !EndsWord(rest[length..]))
            length++;
        return length;
    }

    private static bool EndsWord(ReadOnlySpan<char> rest) =>
        IsBlank(rest[0]) || "{}[]=:,\n\"#".Contains(rest[0]) || StartsComment(rest) || rest.StartsWith("${");

    private static bool StartsComment(ReadOnlySpan<char> rest) => rest[0] == '#' || rest.StartsWith("//");

    private static int ToLineEnd(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        return end < 0 ? rest.Length : end;
    }

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\r' or '\uFEFF' or '\u00A0';
}

internal static class TextSpans
{
    /// <summary>The characters from here to the end, without copying them.</summary>
    public static ReadOnlySpan<char> ToStringSpan(this TextSpan span) =>
        span.Source.AsSpan(span.Position.Absolute, span.Length);
}
