namespace Experiments.Configuration.Syntax;

/// <summary>Reads a value that is neither object nor list: plain text, quoted text or a reference.</summary>
internal sealed class ScalarParser(TokenCursor cursor, Findings findings)
{
    /// <summary>The value; null when it is none, which is reported.</summary>
    /// <param name="name">The key it belongs to.</param>
    public ConfigValue? Parse(string name)
    {
        var at = cursor.Here;
        var parts = cursor.TakeScalar();
        if (cursor.Is(HoconToken.Unclosed))
        {
            cursor.TakeUnclosed();
            return null;
        }

        if (parts.Length > 0 && (cursor.Is(HoconToken.LeftBracket) || cursor.Is(HoconToken.LeftBrace) || cursor.Is(HoconToken.Equal)))
        {
            findings.Error(Codes.NeedsQuotes, at, $"'{cursor.Text()}' cannot follow '{parts[^1].ToStringValue()}'. Write the whole value in one pair of quotes, or a comma between.");
            return null;
        }

        if (parts.Length == 0)
        {
            findings.Error(Codes.NoValue, at, $"'{name}' has no value on its line. Write {name} = value.");
            SkipValueOnNextLine();
            return null;
        }

        if (parts.Length == 1 && parts[0].Kind == HoconToken.Quoted)
            return cursor.Unquote(parts[0]) is { } text ? new ConfigScalar(at, text, quoted: true) : null;
        if (parts.Length == 1 && parts[0].Kind == HoconToken.Substitution)
            return ParseReference(at, parts[0].ToStringValue());
        if (Array.Exists(parts, part => part.Kind != HoconToken.Word))
        {
            findings.Error(Codes.NeedsQuotes, at,
                "quoted text, ${ } and plain text are joined here. Write the whole value in one pair of quotes.");
            return null;
        }

        var plain = string.Join(' ', parts.Select(part => part.ToStringValue()));
        var special = plain.IndexOfAny(['$', '*', '+', '?', '!', '@', '&', '^', '`', '\\', '(', ')', '<', '|']);
        if (special < 0)
            return new ConfigScalar(at, plain, quoted: false);
        findings.Error(Codes.NeedsQuotes, at, $"'{plain[special]}' stands only in quotes. Write \"{plain}\".");
        return null;
    }

    /// <summary>A lone word on the line after '=' is the value that is missing, no key.</summary>
    private void SkipValueOnNextLine()
    {
        var alone = cursor.Is(HoconToken.NewLine, 2) || cursor.Is(HoconToken.Comma, 2) || cursor.Is(HoconToken.RightBrace, 2);
        if (cursor.Is(HoconToken.NewLine) && (cursor.Is(HoconToken.Word, 1) || cursor.Is(HoconToken.Quoted, 1)) && alone)
            cursor.Advance(2);
    }

    private ConfigReference? ParseReference(SourcePosition at, string text)
    {
        if (text.EndsWith('}') && KeyPath.Split(text[2..^1].Trim()) is { } path)
            return new ConfigReference(at, path);
        var problem = text.StartsWith("${?", StringComparison.Ordinal)
            ? "optional references ${?...} are not supported. Write ${path}."
            : $"'{text}' is no reference. Write ${{path}}, as in ${{defaults.delays.wireless}}.";
        findings.Error(Codes.BadReference, at, problem);
        return null;
    }
}
