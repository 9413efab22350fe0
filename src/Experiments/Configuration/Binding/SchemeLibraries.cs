using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Binding;

/// <summary>
/// Loads the class libraries that a file names among its schemes. A library alone, <c>./MyScheme.dll</c>, becomes a list of the
/// schemes in it; <c>{ library = ./MyScheme.dll, name = my-scheme }</c> is one of them. A path is relative to the file in which it
/// stands, and rooted afterwards, so that what was run can be read back from any folder.
/// </summary>
internal sealed class SchemeLibraries(ISchemeCatalogue catalogue, Findings findings)
{
    private const string Key = "schemes";
    private const string Extension = ".dll";

    private bool _failed;

    /// <summary>Null, which is reported, when a library gives no schemes: whatever names its schemes would be wrong for that alone.</summary>
    public ConfigObject? Expand(ConfigObject root)
    {
        root = Expand(root, [Key]);
        root = Expand(root, ["defaults", Key]);
        foreach (var study in (root["studies"]?.Value as ConfigObject)?.Entries ?? [])
            root = Expand(root, ["studies", study.Key, Key]);
        return _failed ? null : root;
    }

    private ConfigObject Expand(ConfigObject root, string[] path)
    {
        ConfigValue? value = root;
        foreach (var key in path)
            value = (value as ConfigObject)?[key]?.Value;
        if (value is not ConfigList list)
            return root;
        var expanded = list.Items.SelectMany(Schemes).ToList();
        return expanded.SequenceEqual(list.Items) ? root : root.With(path, list.At, new ConfigList(list.At, expanded));
    }

    private IEnumerable<ConfigValue> Schemes(ConfigValue item)
    {
        if (item is ConfigScalar { Text: var file } && file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            var path = Rooted(file, item.At);
            foreach (var name in Load(path, item.At) ?? [])
                yield return new ConfigObject(item.At, braced: true).With(["library"], item.At, Text(path)).With(["name"], item.At, Text(name));
        }
        else if (item is ConfigObject scheme && scheme["library"]?.Value is ConfigScalar library)
        {
            var path = Rooted(library.Text, library.At);
            if (Load(path, library.At) is not null)
                yield return scheme.With(["library"], library.At, Text(path));
        }
        else
        {
            yield return item;
        }

        ConfigScalar Text(string text) => new(item.At, text, quoted: true);
    }

    private IReadOnlyList<string>? Load(string path, SourcePosition at)
    {
        try
        {
            return catalogue.Load(path);
        }
        catch (SchemeLibraryException problem)
        {
            findings.Error(Codes.BadLibrary, at, problem.Message);
            _failed = true;
            return null;
        }
    }

    /// <summary>A path relative to the file in which it stands; one of the command line to the current folder.</summary>
    internal static string Rooted(string path, SourcePosition at) =>
        Path.GetFullPath(Path.Combine(at.Line == 0 ? "" : Path.GetDirectoryName(at.File) ?? "", path));
}
