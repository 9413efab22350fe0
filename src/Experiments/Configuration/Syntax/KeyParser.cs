namespace Experiments.Configuration.Syntax;

/// <summary>Reads the key of an entry: words and quoted text, joined by dots without blanks.</summary>
internal sealed class KeyParser(TokenCursor cursor, Findings findings)
{
    /// <summary>The segments of the key; null when it is none, which is reported.</summary>
    public List<string>? Parse()
    {
        var path = new List<string>();
        var at = cursor.Here;
        var pending = true;
        do
        {
            if (cursor.Is(HoconToken.Quoted))
            {
                if (!pending)
                    return BadKey(at);
                if (cursor.Unquote(cursor.Current) is not { } segment)
                    return Skip();
                path.Add(segment);
                pending = false;
            }
            else if (cursor.Is(HoconToken.Word))
            {
                var segments = cursor.Text().Split('.');
                if (!pending && segments[0] != "")
                    return BadKey(at);
                if (pending && segments[0] != "")
                    path.Add(segments[0]);
                else if (pending)
                    return BadKey(at);
                for (var i = 1; i < segments.Length; i++)
                {
                    var last = i == segments.Length - 1 && cursor.Is(HoconToken.Quoted, 1) && cursor.TouchesNext();
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

            cursor.Advance();
        }
        while ((cursor.Is(HoconToken.Word) || cursor.Is(HoconToken.Quoted)) && cursor.TouchesPrevious());

        return pending ? BadKey(at) : path;
    }

    private List<string>? BadKey(SourcePosition at)
    {
        findings.Error(Codes.BadKey, at,
            $"'{cursor.Text()}' is no key. A key is words joined by single dots, others in quotes: links.\"par>nar\".delay.");
        return null;
    }

    private List<string>? Unexpected()
    {
        if (cursor.Is(HoconToken.Unclosed))
            cursor.TakeUnclosed();
        else
            findings.Error(Codes.Unexpected, cursor.Here, $"unexpected '{cursor.Text()}'. A key belongs here, as in name = value.");
        return null;
    }

    private List<string>? Skip()
    {
        cursor.Advance();
        return null;
    }
}
