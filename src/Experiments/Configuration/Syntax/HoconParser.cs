namespace Experiments.Configuration.Syntax;

/// <summary>
/// Reads the text of one file into an object. A mistake is reported and skipped to the end of its entry, so that one reading
/// shows them all; <see cref="BracesMatch"/> tells whether the structure can be trusted.
/// </summary>
internal sealed class HoconParser
{
    private const int DeepestNesting = 50;

    private readonly TokenCursor _at;
    private readonly Findings _findings;
    private readonly Func<string, SourcePosition, ConfigObject?> _include;

    /// <param name="positions">False for an option of the command line: all of it is one place.</param>
    /// <param name="include">Reads another file; null when it cannot, which it has reported.</param>
    public HoconParser(
        string text, string file, bool positions, Findings findings, Func<string, SourcePosition, ConfigObject?> include)
    {
        _at = new TokenCursor(text, file, positions, findings);
        _findings = findings;
        _include = include;
    }

    /// <summary>False when keys may stand in the wrong object.</summary>
    public bool BracesMatch => _at.BracesMatch;

    public ConfigObject ParseFile() => ParseEntries(new ConfigObject(_at.Start, braced: true), null, 0);

    private ConfigObject ParseEntries(ConfigObject target, SourcePosition? opened, int depth)
    {
        ConfigObject? included = null;
        while (true)
        {
            while (_at.Is(HoconToken.NewLine) || _at.Is(HoconToken.Comma))
                _at.Advance();
            if (_at.AtEnd)
            {
                if (opened is { } brace)
                    _at.Unclosed('{', brace);
                break;
            }

            if (_at.Is(HoconToken.RightBrace))
            {
                if (opened is not null)
                {
                    _at.Advance();
                    break;
                }

                Stray();
                continue;
            }

            if (_at.Is(HoconToken.RightBracket))
            {
                Stray();
                continue;
            }

            if (_at.Is(HoconToken.Word) && _at.Text() == "include" && _at.Is(HoconToken.Quoted, 1))
            {
                if (ParseInclude() is { } file)
                    included = included is null ? file : file.Over(included);
            }
            else if (!ParseEntry(target, depth))
            {
                _at.SkipEntry();
                continue;
            }

            ExpectSeparator();
        }

        return included is null ? target : target.Over(included);
    }

    private void Stray()
    {
        _findings.Error(Codes.Stray, _at.Here, $"'{_at.Text()}' closes nothing. Delete it, or open it before.");
        _at.BracesMatch = false;
        _at.Advance();
    }

    private ConfigObject? ParseInclude()
    {
        _at.Advance();
        var at = _at.Here;
        return _at.TakeQuoted() is { } path ? _include(path, at) : null;
    }

    private bool ParseEntry(ConfigObject target, int depth)
    {
        var at = _at.Here;
        if (new KeyParser(_at, _findings).Parse() is not { } path)
            return false;
        if (_at.Is(HoconToken.LeftBrace))
            return Add(target, path, at, ParseObject(depth));
        var name = string.Join('.', path);
        if (!_at.Is(HoconToken.Equal))
        {
            if (_at.Is(HoconToken.NewLine) && _at.Is(HoconToken.LeftBrace, 1))
            {
                _findings.Error(Codes.NoValue, at, $"'{{' of '{name}' stands on the next line. Write {name} {{ on one line.");
                _at.Advance();
                return Add(target, path, at, ParseObject(depth));
            }

            _findings.Error(Codes.NoValue, _at.Is(HoconToken.Word) ? _at.Here : at, NoValue(name));
            return false;
        }

        _at.Advance();
        if (ParseValue(name, depth) is not { } value)
            return false;
        return Add(target, path, at, value);
    }

    private string NoValue(string name)
    {
        if (name == "include")
            return "include takes a path in quotes. Write include \"base.conf\".";
        if (_at.Is(HoconToken.Word) && _at.Text() == "+")
            return $"'+=' is not supported. Write the whole list: {name} = [...].";
        return _at.Is(HoconToken.Word) || _at.Is(HoconToken.Quoted)
            ? $"'=' is missing between '{name}' and '{_at.Text()}'. Write {name} = {_at.Text()}."
            : $"'{name}' has no value. Write {name} = value, or {name} {{ ... }}.";
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
        var opened = _at.Here;
        if (depth >= DeepestNesting)
            return TooDeep(opened);
        _at.Advance();
        return ParseEntries(new ConfigObject(opened, braced: true), opened, depth + 1);
    }

    private ConfigObject TooDeep(SourcePosition opened)
    {
        _findings.Error(Codes.TooDeep, opened, $"nested more than {DeepestNesting} deep. Write it flatter.");
        _at.SkipBalanced();
        return new ConfigObject(opened, braced: true);
    }

    private ConfigValue? ParseValue(string name, int depth)
    {
        if (_at.Is(HoconToken.LeftBrace))
            return ParseObject(depth);
        if (_at.Is(HoconToken.LeftBracket))
            return ParseList(name, depth);
        return new ScalarParser(_at, _findings).Parse(name);
    }

    private ConfigValue ParseList(string name, int depth)
    {
        var opened = _at.Here;
        if (depth >= DeepestNesting)
            return TooDeep(opened);
        _at.Advance();
        var items = new List<ConfigValue>();
        while (true)
        {
            while (_at.Is(HoconToken.NewLine) || _at.Is(HoconToken.Comma))
                _at.Advance();
            if (_at.AtEnd || _at.Is(HoconToken.RightBrace))
            {
                _at.Unclosed('[', opened);
                break;
            }

            if (_at.Is(HoconToken.RightBracket))
            {
                _at.Advance();
                break;
            }

            if (ParseValue(name, depth + 1) is { } item)
                items.Add(item);
            else
                _at.SkipEntry();
            if (!_at.AtEnd && !_at.Is(HoconToken.RightBracket))
                ExpectSeparator();
        }

        return new ConfigList(opened, items);
    }

    private void ExpectSeparator()
    {
        if (_at.AtEnd || _at.Is(HoconToken.NewLine) || _at.Is(HoconToken.Comma) || _at.Is(HoconToken.RightBrace) || _at.Is(HoconToken.RightBracket))
            return;
        _findings.Error(Codes.Unexpected, _at.Here, $"a comma or a new line is missing before '{_at.Text()}'.");
        if (!_at.Is(HoconToken.Word) && !_at.Is(HoconToken.Quoted))
            _at.SkipEntry();
    }
}
