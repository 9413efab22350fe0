using Topology.Generation;

namespace Topology.Exchange;

/// <summary>What is wrong with a file: where, which code, what and what to do about it.</summary>
public sealed record ReadingProblem(string Where, string Code, string Message)
{
    public override string ToString() => $"{Where} {Code} {Message}";
}

/// <summary>A graph that was read, or what is wrong with its file.</summary>
/// <param name="Core">Null exactly when there is a problem.</param>
public sealed record CoreReading(CoreGraph? Core, ReadingProblem? Problem)
{
    /// <summary>Reads GraphML (`.graphml`, `.xml`) or a list of links (`.csv`).</summary>
    public static CoreReading Of(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Path.GetExtension(path) switch
            {
                ".graphml" or ".xml" => GraphMlReader.Read(file, path),
                ".csv" => EdgeListReader.Read(new StreamReader(file), path),
                var other => Wrong($"{path}:", "HO3014", $"a file of the kind '{other}' holds no topology. Give .graphml or .csv."),
            };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{path}:", "HO3014", $"{(cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be read")}. Check the path.");
        }
    }

    internal static CoreReading Wrong(string where, string code, string message) => new(null, new ReadingProblem(where, code, message));
}
