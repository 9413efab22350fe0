using Superpower.Model;

namespace Experiments.Configuration.Syntax;

/// <summary>A place among the tokens of a file, with what every part of the parser needs there.</summary>
internal sealed class TokenCursor
{
    private readonly Token<HoconToken>[] _tokens;
    private readonly string _file;
    private readonly bool _positions;
    private readonly Findings _findings;
    private readonly SourcePosition _end;
    private int _next;

    /// <param name="positions">False for an option of the command line: all of it is one place.</param>
    public TokenCursor(string text, string file, bool positions, Findings findings)
    {
        (_file, _positions, _findings) = (file, positions, findings);
        _tokens = [.. HoconTokenizer.Instance.Tokenize(text)];
        var lines = text.Split('\n');
        _end = new SourcePosition(file, positions ? lines.Length : 0, lines[^1].Length + 1);
    }

    /// <summary>False when a bracket was never closed, or closed nothing.</summary>
    public bool BracesMatch { get; set; } = true;

    public bool AtEnd => _next >= _tokens.Length;

    public SourcePosition Start => new(_file, _positions ? 1 : 0, 1);

    public SourcePosition Here => AtEnd ? _end : PositionOf(_tokens[_next]);

    public Token<HoconToken> Current => _tokens[_next];

    public bool Is(HoconToken kind, int ahead = 0) => _next + ahead < _tokens.Length && _tokens[_next + ahead].Kind == kind;

    /// <summary>Whether the next token follows the current one without a blank.</summary>
    public bool TouchesNext() => _next >= 0 && _next + 1 < _tokens.Length && End(_tokens[_next]) == _tokens[_next + 1].Position.Absolute;

    /// <summary>Whether the current token follows the one before without a blank.</summary>
    public bool TouchesPrevious() => !AtEnd && _next > 0 && End(_tokens[_next - 1]) == _tokens[_next].Position.Absolute;

    public string Text() => AtEnd ? "end of file" : Is(HoconToken.NewLine) ? "end of line" : Current.ToStringValue();

    public void Advance(int count = 1) => _next += count;

    /// <summary>All tokens from here on that may be part of a single value.</summary>
    public Token<HoconToken>[] TakeScalar()
    {
        var first = _next;
        while (Is(HoconToken.Word) || Is(HoconToken.Quoted) || Is(HoconToken.Substitution))
            _next++;
        return _tokens[first.._next];
    }

    /// <summary>Quoted text without its quotes; null for a bad escape, which is reported.</summary>
    public string? TakeQuoted() => Unquote(_tokens[_next++]);

    public string? Unquote(Token<HoconToken> token)
    {
        if (KeyPath.Unescape(token.ToStringValue()[1..^1]) is { } plain)
            return plain;
        _findings.Error(Codes.BadText, PositionOf(token),
            "unknown escape in quoted text. Known are \\\" \\\\ \\/ \\n \\t and \\u with four hex digits.");
        return null;
    }

    /// <summary>Reports quoted text without an end, and passes it.</summary>
    public void TakeUnclosed()
    {
        _findings.Error(Codes.BadText, Here, "'\"' opened here is not closed on this line.");
        _next++;
    }

    /// <summary>To the end of the entry: a comma, a line's end, or the bracket that closes what holds it.</summary>
    public void SkipEntry()
    {
        while (!AtEnd && !Is(HoconToken.NewLine) && !Is(HoconToken.Comma) && !Is(HoconToken.RightBrace) && !Is(HoconToken.RightBracket))
        {
            if (Is(HoconToken.LeftBrace) || Is(HoconToken.LeftBracket))
                SkipBalanced();
            else
                _next++;
        }
    }

    /// <summary>Past the bracket that closes the one here.</summary>
    public void SkipBalanced()
    {
        var opened = Here;
        var bracket = Text()[0];
        var open = 0;
        do
        {
            if (Is(HoconToken.LeftBrace) || Is(HoconToken.LeftBracket))
                open++;
            else if (Is(HoconToken.RightBrace) || Is(HoconToken.RightBracket))
                open--;
            _next++;
        }
        while (open > 0 && !AtEnd);
        if (open > 0)
            Unclosed(bracket, opened);
    }

    /// <summary>Reports a bracket that is never closed; the outer ones, which then lack theirs, are not reported.</summary>
    public void Unclosed(char bracket, SourcePosition opened)
    {
        if (BracesMatch)
            _findings.Error(Codes.Unclosed, opened, $"'{bracket}' opened here is never closed.");
        BracesMatch = false;
    }

    private static int End(Token<HoconToken> token) => token.Position.Absolute + token.Span.Length;

    private SourcePosition PositionOf(Token<HoconToken> token) => new(_file, _positions ? token.Position.Line : 0, token.Position.Column);
}
