using System.Text.RegularExpressions;

namespace Experiments.Cli;

/// <summary>
/// A starting point for a user, embedded in the program: files in which <c>__name__</c> (as experiment files write it),
/// <c>__Name__</c> (as C# does) and <c>__laboratory__</c> (the folder of this program) stand for the user's own, in paths too.
/// </summary>
internal static partial class Template
{
    private const string Prefix = "templates/";

    public static readonly IReadOnlyList<string> Names = ["paper", "sweep", "scheme"];

    /// <summary>Names that C# code could not tell from the laboratory's or the platform's.</summary>
    private static readonly string[] Taken = ["Actors", "Akka", "Experiments", "Microsoft", "Scheme", "System", "Topology", "Xunit"];

    /// <summary>A name as C# writes it, <c>MyScheme</c> for <c>my-scheme</c>; null for what is no name.</summary>
    public static string? Identifier(string name)
    {
        if (name.Length > 40 || !Pattern().IsMatch(name))
            return null;
        var identifier = string.Concat(name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return Taken.Contains(identifier) ? null : identifier;
    }

    /// <summary>Writes a template's files.</summary>
    /// <param name="folder">Empty, or not there yet.</param>
    /// <returns>Their paths in it, in ordinal order.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string template, string name, string folder)
    {
        var assembly = typeof(Template).Assembly;
        var prefix = $"{Prefix}{template}/";
        var written = new List<string>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var file = Filled(resource[prefix.Length..]);
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Filled(reader.ReadToEnd()));
            written.Add(file);
        }

        return written;

        string Filled(string text) => text
            .Replace("__name__", name, StringComparison.Ordinal)
            .Replace("__Name__", Identifier(name), StringComparison.Ordinal)
            .Replace("__laboratory__", System.Security.SecurityElement.Escape(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Pattern();
}
