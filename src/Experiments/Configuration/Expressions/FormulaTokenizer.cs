using Experiments.Configuration.Syntax;
using Superpower;
using Superpower.Display;
using Superpower.Model;

namespace Experiments.Configuration.Expressions;

internal enum FormulaToken
{
    [Token(Category = "number")]
    Number,

    [Token(Category = "unit")]
    Unit,

    [Token(Category = "name")]
    Name,

    [Token(Category = "quoted text")]
    Quoted,

    [Token(Category = "reference", Example = "$name")]
    Reference,

    [Token(Example = "+")]
    Plus,

    [Token(Example = "-")]
    Minus,

    [Token(Example = "*")]
    Times,

    [Token(Example = "/")]
    Over,

    [Token(Example = "(")]
    Open,

    [Token(Example = ")")]
    Close,

    [Token(Example = "[")]
    OpenIndex,

    [Token(Example = "]")]
    CloseIndex,

    [Token(Example = ",")]
    Comma,

    [Token(Example = "..")]
    Range,

    [Token(Example = "&&")]
    And,

    [Token(Example = "||")]
    Or,

    [Token(Example = "!")]
    Not,

    [Token(Category = "comparison")]
    Comparison,

    [Token(Example = "when")]
    When,

    [Token(Example = "step")]
    Step,
}

/// <summary>
/// Splits expressions, sweeps, expectations and filters. A unit is a word right after a number; a hyphen between two letters
/// or digits belongs to a name (<c>ipsec-fmipv6</c>), so a difference of names needs blanks.
/// </summary>
internal sealed class FormulaTokenizer : Tokenizer<FormulaToken>
{
    public static readonly FormulaTokenizer Instance = new();

    protected override IEnumerable<Result<FormulaToken>> Tokenize(TextSpan span)
    {
        var at = span;
        var afterNumber = false;
        while (!at.IsAtEnd)
        {
            var rest = at.ToStringSpan();
            if (char.IsWhiteSpace(rest[0]))
            {
                at = at.Skip(1);
                continue;
            }

            var (kind, length) = Next(rest, afterNumber);
            if (length == 0)
            {
                yield return Result.Empty<FormulaToken>(at, $"unexpected '{rest[0]}'");
                yield break;
            }

            var after = at.Skip(length);
            yield return Result.Value(kind, at, after);
            afterNumber = kind == FormulaToken.Number;
            at = after;
        }
    }

    private static (FormulaToken Kind, int Length) Next(ReadOnlySpan<char> rest, bool afterNumber)
    {
        if (char.IsAsciiDigit(rest[0]))
            return (FormulaToken.Number, NumberLength(rest));
        if (rest[0] == '%')
            return (FormulaToken.Unit, 1);
        if (rest[0] == '$' && rest.Length > 1 && IsNameStart(rest[1]))
            return (FormulaToken.Reference, 1 + Run(rest[1..], static c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        if (rest[0] == '\'' && rest[1..].IndexOf('\'') is var end and >= 0)
            return (FormulaToken.Quoted, end + 2);
        if (!IsNameStart(rest[0]))
            return Sign(rest);

        var word = rest[..NameLength(rest)];
        if (word is "when")
            return (FormulaToken.When, word.Length);
        if (word is "step")
            return (FormulaToken.Step, word.Length);
        return afterNumber ? (FormulaToken.Unit, UnitLength(rest)) : (FormulaToken.Name, word.Length);
    }

    private static (FormulaToken, int) Sign(ReadOnlySpan<char> rest)
    {
        foreach (var pair in (ReadOnlySpan<(string, FormulaToken)>)
            [("..", FormulaToken.Range), ("&&", FormulaToken.And), ("||", FormulaToken.Or), ("<=", FormulaToken.Comparison),
             (">=", FormulaToken.Comparison), ("==", FormulaToken.Comparison), ("!=", FormulaToken.Comparison)])
        {
            if (rest.StartsWith(pair.Item1))
                return (pair.Item2, 2);
        }

        return rest[0] switch
        {
            '+' => (FormulaToken.Plus, 1),
            '-' => (FormulaToken.Minus, 1),
            '*' => (FormulaToken.Times, 1),
            '/' => (FormulaToken.Over, 1),
            '(' => (FormulaToken.Open, 1),
            ')' => (FormulaToken.Close, 1),
            '[' => (FormulaToken.OpenIndex, 1),
            ']' => (FormulaToken.CloseIndex, 1),
            ',' => (FormulaToken.Comma, 1),
            '!' => (FormulaToken.Not, 1),
            '<' or '>' or '=' => (FormulaToken.Comparison, 1),
            _ => (default, 0),
        };
    }

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        var length = Run(rest, char.IsAsciiDigit);
        if (length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
            length += 1 + Run(rest[(length + 1)..], char.IsAsciiDigit);
        if (length >= rest.Length || rest[length] is not ('e' or 'E'))
            return length;
        var sign = length + 1 < rest.Length && rest[length + 1] is '+' or '-' ? 1 : 0;
        var digits = Run(rest[(length + 1 + sign)..], char.IsAsciiDigit);
        return digits == 0 ? length : length + 1 + sign + digits;
    }

    /// <summary>Letters, digits and _, with single dots and hyphens between them.</summary>
    private static int NameLength(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length)
        {
            if (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_' || rest[length] == 'µ')
                length++;
            else if (rest[length] is '.' or '-' && length + 1 < rest.Length && char.IsAsciiLetterOrDigit(rest[length + 1]))
                length++;
            else
                break;
        }

        return length;
    }

    private static int UnitLength(ReadOnlySpan<char> rest)
    {
        var length = Run(rest, static c => char.IsAsciiLetter(c) || c == 'µ');
        return (rest[length..].StartsWith("/s") || (rest[length..].StartsWith("/h") && rest[..length] is "km")) && (rest.Length == length + 2 || !char.IsAsciiLetter(rest[length + 2]))
            ? length + 2
            : length;
    }

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == 'µ';

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
            length++;
        return length;
    }
}
