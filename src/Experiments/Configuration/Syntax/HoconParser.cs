using Superpower.Model;

namespace Experiments.Configuration.Syntax;

/// <summary>
/// Reads the text of one file into an object. A mistake is reported and skipped to the end of its entry, so that one reading
/// shows them all; <see cref="BracesMatch"/> tells whether the structure can be trusted.
/// </summary>
internal sealed class HoconParser
{
    private const int DeepestNesting = 50;

    private readonly Token<HoconToken>[] _tokens;
    private readonly string _file;
    private readonly bool _positions;
    private readonly Findings _findings;
    private readonly Func<string, SourcePosition, ConfigObject?> _include;
    private readonly SourcePosition _end;
    private int _next;

    /// <param name="positions">False for an option of the command line: all of it is one place.</param>
    /// <param name="include">Reads another file; null when it cannot, which it has reported.</param>
    public HoconParser(
        string text, string file, bool positions, Findings findings, Func<string, SourcePosition, ConfigObject?> include)
    {
        _file = file;
        _positions = positions;
        _findings = findings;
        _include = include;
        var tokens = new List<Token<HoconToken>>();
        foreach (var token in HoconTokenizer.Instance.Tokenize(text))
            tokens.Add(token);
        _tokens = [.. tokens];
        var lines = text.Split('\n');
        _end = new SourcePosition(file, positions ? lines.Length : 0, lines[^1].Length + 1);
    }

    public bool BracesMatch { get; private set; } = true;

    private bool AtEnd => _next >= _tokens.Length;

    private SourcePosition Here => AtEnd ? _end : PositionOf(_tokens[_next]);

    public ConfigObject ParseFile()
    {
        var root = new ConfigObject(new SourcePosition(_file, _positions ? 1 : 0, 1), braced: true);
        return ParseEntries(root, null, 0);
    }

    private ConfigObject ParseEntries(ConfigObject target, SourcePosition? opened, int depth)
    {
        ConfigObject? included = null;
        while (true)
        {
            while (Is(HoconToken.NewLine) || Is(HoconToken.Comma))
                _next++;
            if (AtEnd)
            {
                if (opened is { } brace)
                    Unclosed('{', brace);
                break;
            }

            if (Is(HoconToken.RightBrace))
            {
                if (opened is not null)
                {
                    _next++;
                    break;
                }

                Stray();
                continue;
            }

            if (Is(HoconToken.RightBracket))
            {
                Stray();
                continue;
            }

            if (Is(HoconToken.Word) && Text() == "include" && Is(HoconToken.Quoted, 1))
            {
                if (ParseInclude() is { } file)
                    included = included is null ? file : file.Over(included);
            }
            else if (!ParseEntry(target, depth))
            {
                SkipEntry();
                continue;
            }

            ExpectSeparator();
        }

        return included is null ? target : target.Over(included);
    }

    private void Stray()
    {
        _findings.Error(Codes.Stray, Here, $"'{Text()}' closes nothing. Delete it, or open it before.");
        BracesMatch = false;
        _next++;
    }

    private void Unclosed(char bracket, SourcePosition opened)
    {
        if (BracesMatch)
            _findings.Error(Codes.Unclosed, opened, $"'{bracket}' opened here is never closed.");
        BracesMatch = false;
    }

    private ConfigObject? ParseInclude()
    {
        _next++;
        var at = Here;
        return Unquote(_tokens[_next++]) is { } path ? _include(path, at) : null;
    }

    private bool ParseEntry(ConfigObject target, int depth)
    {
        var at = Here;
        if (ParseKey() is not { } path)
            return false;
        if (Is(HoconToken.LeftBrace))
            return Add(target, path, at, ParseObject(depth));
        var name = string.Join('.', path);
        if (!Is(HoconToken.Equal))
        {
            if (Is(HoconToken.NewLine) && Is(HoconToken.LeftBrace, 1))
            {
                _findings.Error(Codes.NoValue, at, $"'{{' of '{name}' stands on the next line. Write {name} {{ on one line.");
                _next++;
                return Add(target, path, at, ParseObject(depth));
            }

            var problem = name == "include" ? "include takes a path in quotes. Write include \"base.conf\"." : Is(HoconToken.Word) && Text() == "+"
                ? $"'+=' is not supported. Write the whole list: {name} = [...]."
                : Is(HoconToken.Word) || Is(HoconToken.Quoted)
                    ? $"'=' is missing between '{name}' and '{Text()}'. Write {name} = {Text()}."
                    : $"'{name}' has no value. Write {name} = value, or {name} {{ ... }}.";
            _findings.Error(Codes.NoValue, Is(HoconToken.Word) ? Here : at, problem);
            return false;
        }

        _next++;
        if (ParseValue(name, depth) is not { } value)
            return false;
        return Add(target, path, at, value);
    }

    private List<string>? ParseKey()
    {
        var path = new List<string>();
        var at = Here;
        var pending = true;
        do
        {
            if (Is(HoconToken.Quoted))
            {
                if (!pending)
                    return BadKey(at);
                if (Unquote(_tokens[_next]) is not { } segment)
                    return Skip();
                path.Add(segment);
                pending = false;
            }
            else if (Is(HoconToken.Word))
            {
                var segments = Text().Split('.');
                if (!pending && segments[0] != "")
                    return BadKey(at);
                if (pending && segments[0] != "")
                    path.Add(segments[0]);
                else if (pending)
                    return BadKey(at);
                for (var i = 1; i < segments.Length; i++)
                {
                    var last = i == segments.Length - 1 && Is(HoconToken.Quoted, 1) && Adjacent(_next);
                    if (segments[i] == "" && !last)
                        return BadKey(at);
                    if (segments[i] != "")
                        path.Add(segments[i]);
                }

                pending = segments[^1] == "";
                if (path.Any(segment => segment.IndexOfAny(['$', '*', '?', '!', '@', '&', '^', '`', '\\', '+', ';', '(', ')']) >= 0))
                    return BadKey(at);
            }
            else
            {
                return Unexpected();
            }

            _next++;
        }
        while (!AtEnd && (Is(HoconToken.Word) || Is(HoconToken.Quoted)) && Adjacent(_next - 1));

        return pending ? BadKey(at) : path;
    }

    private List<string>? BadKey(SourcePosition at)
    {
        _findings.Error(Codes.BadKey, at,
            $"'{Text()}' is no key. A key is words joined by single dots, others in quotes: links.\"par>nar\".delay.");
        return null;
    }

    private List<string>? Unexpected()
    {
        if (Is(HoconToken.Unclosed))
            ReportUnclosedQuote();
        else
            _findings.Error(Codes.Unexpected, Here, $"unexpected '{Text()}'. A key belongs here, as in name = value.");
        return null;
    }

    private List<string>? Skip()
    {
        _next++;
        return null;
    }

    private bool Add(ConfigObject target, List<string> path, SourcePosition at, ConfigValue value)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            var existing = target[path[i]];
            if (existing is null)
            {
                var implied = new ConfigObject(at, braced: false);
                target.Set(new ConfigEntry(path[i], at, implied));
                target = implied;
            }
            else if (existing.Value is ConfigObject inner)
            {
                target = inner;
            }
            else
            {
                return Duplicate(path[i], at, existing);
            }
        }

        return Put(target, path[^1], at, value);
    }

    private bool Put(ConfigObject target, string key, SourcePosition at, ConfigValue value)
    {
        if (target[key] is not { } existing)
        {
            target.Set(new ConfigEntry(key, at, value));
        }
        else if (existing.Value is ConfigObject { Braced: false } implied && value is ConfigObject added)
        {
            foreach (var entry in added.Entries)
                Put(implied, entry.Key, entry.KeyAt, entry.Value);
            var whole = new ConfigObject(at, added.Braced);
            foreach (var entry in implied.Entries)
                whole.Set(entry);
            target.Set(existing with { Value = whole });
        }
        else
        {
            Duplicate(key, at, existing);
        }

        return true;
    }

    private bool Duplicate(string key, SourcePosition at, ConfigEntry first)
    {
        var where = first.KeyAt.Line == 0 ? "" : $" (first on line {first.KeyAt.Line})";
        _findings.Error(Codes.Duplicate, at, $"'{key}' is written twice{where}. Keep one.");
        return true;
    }

    private ConfigObject ParseObject(int depth)
    {
        var opened = Here;
        if (depth >= DeepestNesting)
            return TooDeep(opened);
        _next++;
        return ParseEntries(new ConfigObject(opened, braced: true), opened, depth + 1);
    }

    private ConfigObject TooDeep(SourcePosition opened)
    {
        _findings.Error(Codes.TooDeep, opened, $"nested more than {DeepestNesting} deep. Write it flatter.");
        SkipBalanced();
        return new ConfigObject(opened, braced: true);
    }

    private ConfigValue? ParseValue(string name, int depth)
    {
        if (Is(HoconToken.LeftBrace))
            return ParseObject(depth);
        if (Is(HoconToken.LeftBracket))
            return ParseList(name, depth);
        return ParseScalar(name);
    }

    private ConfigValue ParseList(string name, int depth)
    {
        var opened = Here;
        if (depth >= DeepestNesting)
            return TooDeep(opened);
        _next++;
        var items = new List<ConfigValue>();
        while (true)
        {
            while (Is(HoconToken.NewLine) || Is(HoconToken.Comma))
                _next++;
            if (AtEnd || Is(HoconToken.RightBrace))
            {
                Unclosed('[', opened);
                break;
            }

            if (Is(HoconToken.RightBracket))
            {
                _next++;
                break;
            }

            if (ParseValue(name, depth + 1) is { } item)
                items.Add(item);
            else
                SkipEntry();
            if (!AtEnd && !Is(HoconToken.RightBracket))
                ExpectSeparator();
        }

        return new ConfigList(opened, items);
    }

    private ConfigValue? ParseScalar(string name)
    {
        var at = Here;
        var first = _next;
        while (Is(HoconToken.Word) || Is(HoconToken.Quoted) || Is(HoconToken.Substitution) || Is(HoconToken.Unclosed))
            _next++;
        var parts = _tokens[first.._next];
        if (parts.Length > 0 && (Is(HoconToken.LeftBracket) || Is(HoconToken.LeftBrace) || Is(HoconToken.Equal)))
        {
            _findings.Error(Codes.NeedsQuotes, at, $"'{Text()}' cannot follow '{parts[^1].ToStringValue()}'. Write the whole value in one pair of quotes, or a comma between.");
            return null;
        }

        if (parts.Length == 0)
        {
            _findings.Error(Codes.NoValue, at, $"'{name}' has no value on its line. Write {name} = value.");
            SkipValueOnNextLine();
            return null;
        }

        if (Array.Exists(parts, part => part.Kind == HoconToken.Unclosed))
        {
            _next = first + Array.FindIndex(parts, part => part.Kind == HoconToken.Unclosed);
            ReportUnclosedQuote();
            return null;
        }

        if (parts.Length == 1 && parts[0].Kind == HoconToken.Quoted)
            return Unquote(parts[0]) is { } text ? new ConfigScalar(at, text, quoted: true) : null;
        if (parts.Length == 1 && parts[0].Kind == HoconToken.Substitution)
            return ParseReference(at, parts[0].ToStringValue());
        if (Array.Exists(parts, part => part.Kind != HoconToken.Word))
        {
            _findings.Error(Codes.NeedsQuotes, at,
                "quoted text, ${ } and plain text are joined here. Write the whole value in one pair of quotes.");
            return null;
        }

        var plain = string.Join(' ', parts.Select(part => part.ToStringValue()));
        var special = plain.IndexOfAny(['$', '*', '+', '?', '!', '@', '&', '^', '`', '\\', '(', ')', '<', '|']);
        if (special < 0)
            return new ConfigScalar(at, plain, quoted: false);
        _findings.Error(Codes.NeedsQuotes, at, $"'{plain[special]}' stands only in quotes. Write \"{plain}\".");
        return null;
    }

    /// <summary>A lone word on the line after '=' is the value that is missing, no key.</summary>
    private void SkipValueOnNextLine()
    {
        var alone = Is(HoconToken.NewLine, 2) || Is(HoconToken.Comma, 2) || Is(HoconToken.RightBrace, 2);
        if (Is(HoconToken.NewLine) && (Is(HoconToken.Word, 1) || Is(HoconToken.Quoted, 1)) && alone)
            _next += 2;
    }

    private ConfigReference? ParseReference(SourcePosition at, string text)
    {
        if (text.EndsWith('}') && KeyPath.Split(text[2..^1].Trim()) is { } path)
            return new ConfigReference(at, path);
        var problem = text.StartsWith("${?", StringComparison.Ordinal)
            ? "optional references ${?...} are not supported. Write ${path}."
            : $"'{text}' is no reference. Write ${{path}}, as in ${{defaults.delays.wireless}}.";
        _findings.Error(Codes.BadReference, at, problem);
        return null;
    }

    private void ReportUnclosedQuote()
    {
        _findings.Error(Codes.BadText, Here, "'\"' opened here is not closed on this line.");
        _next++;
    }

    private string? Unquote(Token<HoconToken> token)
    {
        var text = token.ToStringValue()[1..^1];
        if (KeyPath.Unescape(text) is { } plain)
            return plain;
        _findings.Error(Codes.BadText, PositionOf(token),
            "unknown escape in quoted text. Known: \\\" \\\\ \\/ \\n \\t and \\u with four hex digits.");
        return null;
    }

    private void ExpectSeparator()
    {
        if (AtEnd || Is(HoconToken.NewLine) || Is(HoconToken.Comma) || Is(HoconToken.RightBrace) || Is(HoconToken.RightBracket))
            return;
        _findings.Error(Codes.Unexpected, Here, $"a comma or a new line is missing before '{Text()}'.");
        if (!Is(HoconToken.Word) && !Is(HoconToken.Quoted))
            SkipEntry();
    }

    /// <summary>To the end of the entry: a comma, a line's end, or the bracket that closes what holds it.</summary>
    private void SkipEntry()
    {
        while (!AtEnd && !Is(HoconToken.NewLine) && !Is(HoconToken.Comma) && !Is(HoconToken.RightBrace) && !Is(HoconToken.RightBracket))
        {
            if (Is(HoconToken.LeftBrace) || Is(HoconToken.LeftBracket))
                SkipBalanced();
            else
                _next++;
        }
    }

    private void SkipBalanced()
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

    private bool Is(HoconToken kind, int ahead = 0) =>
        _next + ahead < _tokens.Length && _tokens[_next + ahead].Kind == kind;

    private bool Adjacent(int index) =>
        index + 1 < _tokens.Length
        && _tokens[index].Position.Absolute + _tokens[index].Span.Length == _tokens[index + 1].Position.Absolute;

    private string Text() => AtEnd ? "end of file" : _tokens[_next].Kind == HoconToken.NewLine ? "end of line" : _tokens[_next].ToStringValue();

    private SourcePosition PositionOf(Token<HoconToken> token) =>
        new(_file, _positions ? token.Position.Line : 0, token.Position.Column);
}
