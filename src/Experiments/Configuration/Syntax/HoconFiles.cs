using System.Text;

namespace Experiments.Configuration.Syntax;

/// <summary>Reads a file and the files it includes. Includes are relative to the file that names them; its own keys win.</summary>
internal sealed class HoconFiles(Findings findings)
{
    private const int MostIncludes = 100;
    private const long LargestFile = 4 << 20;

    private readonly List<string> _open = [];
    private int _includes;

    /// <summary>False when some file's braces do not match, so that keys may stand in the wrong object.</summary>
    public bool BracesMatch { get; private set; } = true;

    /// <summary>Null when the file cannot be read, which is reported.</summary>
    public ConfigObject? Load(string path) => Load(path, new SourcePosition(path, 0, 0), Codes.Unreadable);

    private ConfigObject? Load(string path, SourcePosition at, string code)
    {
        string text;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                findings.Error(code, at, $"'{path}' is larger than {LargestFile >> 20} MiB. Is it an experiment file?");
                return null;
            }

            text = File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException
                ? "does not exist"
                : Directory.Exists(path) ? "is a folder" : "cannot be read";
            findings.Error(code, at, $"'{path}' {reason}. Give the path of an experiment file.");
            return null;
        }

        _open.Add(Path.GetFullPath(path));
        var parser = new HoconParser(text, path, positions: true, findings, (name, from) => Include(path, name, from));
        var root = parser.ParseFile();
        BracesMatch &= parser.BracesMatch;
        _open.RemoveAt(_open.Count - 1);
        return root;
    }

    private ConfigObject? Include(string from, string name, SourcePosition at)
    {
        if (name.Length == 0 || name.Contains('\0') || Path.IsPathRooted(name))
        {
            findings.Error(Codes.BadInclude, at, "include takes a path relative to this file, as in include \"base.conf\".");
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(from) ?? "", name);
        if (_open.Contains(Path.GetFullPath(path)))
        {
            findings.Error(Codes.BadInclude, at, $"'{name}' includes itself, directly or through others. Remove one include of the circle.");
            return null;
        }

        if (++_includes > MostIncludes)
        {
            if (_includes == MostIncludes + 1)
                findings.Error(Codes.BadInclude, at, $"more than {MostIncludes} includes. Put the files together.");
            return null;
        }

        return Load(path, at, Codes.BadInclude);
    }
}
