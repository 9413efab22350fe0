namespace Experiments.Configuration;

/// <summary>A place in a file, counted from 1; line 0 is an option of the command line.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? $"{File}:" : $"{File}:{Line}:{Column}";
}

public enum Severity
{
    Error,
    Warning,
}

/// <summary>One finding: where, code, what, remedy, in one line.</summary>
/// <param name="Where">A position, or what else the message is about with a colon (<c>fig3:</c>).</param>
/// <param name="Code">See <see cref="CodeCatalogue"/>.</param>
public sealed record Diagnostic(string Where, string Code, Severity Severity, string Message)
{
    public override string ToString() =>
        $"{Where} {(Severity == Severity.Warning ? "warning " : "")}{Code} {Message}";
}

/// <summary>Collects findings; the same finding at the same place counts once.</summary>
internal sealed class Findings
{
    private readonly List<(SourcePosition? At, Diagnostic Diagnostic)> _all = [];
    private readonly HashSet<Diagnostic> _seen = [];
    private readonly List<string> _files = [];

    public bool HasErrors { get; private set; }

    public void Error(string code, SourcePosition at, string message)
    {
        if (!_files.Contains(at.File))
            _files.Add(at.File);
        Add(at, new Diagnostic(OneLine(at.ToString()), code, Severity.Error, OneLine(message)));
    }

    public void Error(string code, string subject, string message) =>
        Add(null, new Diagnostic(OneLine($"{subject}:"), code, Severity.Error, OneLine(message)));

    public void Warning(string code, string subject, string message) =>
        Add(null, new Diagnostic(OneLine($"{subject}:"), code, Severity.Warning, OneLine(message)));

    public void AddAll(Findings other)
    {
        foreach (var (at, diagnostic) in other._all)
        {
            if (at is { } position && !_files.Contains(position.File))
                _files.Add(position.File);
            Add(at, diagnostic);
        }
    }

    /// <summary>In order of position, those without one last.</summary>
    public IReadOnlyList<Diagnostic> InOrder() => [.. _all
        .OrderBy(item => item.At is { } at ? _files.IndexOf(at.File) : int.MaxValue)
        .ThenBy(item => item.At?.Line)
        .ThenBy(item => item.At?.Column)
        .Select(item => item.Diagnostic)];

    private void Add(SourcePosition? at, Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        if (_seen.Add(diagnostic))
            _all.Add((at, diagnostic));
    }

    private static string OneLine(string message)
    {
        var text = new System.Text.StringBuilder(message.Length);
        foreach (var character in message)
            text.Append(char.IsControl(character) ? ' ' : character);
        return text.ToString();
    }
}
