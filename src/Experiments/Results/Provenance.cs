using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Plans;

namespace Experiments.Results;

/// <summary>What it takes to make the same results again: provenance.json.</summary>
/// <param name="Commit">Of the source that was built; null when it was built outside a repository.</param>
/// <param name="Libraries">Name and version of every library that can touch a number or a picture, by name.</param>
/// <param name="CommandLine">As typed, one item per argument.</param>
public sealed record Provenance(
    string Experiment,
    ulong Seed,
    IReadOnlyList<string> CommandLine,
    string Version,
    string? Commit,
    string DotNet,
    string OperatingSystem,
    string Processor,
    int Cores,
    IReadOnlyList<(string Name, string Version)> Libraries)
{
    /// <summary>Path and SHA-256 of every class library of schemes that was loaded.</summary>
    public IReadOnlyList<(string Path, string Sha256)> SchemeLibraries { get; init; } = [];

    /// <summary>The tables of costs that cells are charged from; none in the paper's cost model.</summary>
    public IReadOnlyList<CostTable> CostTables { get; init; } = [];

    /// <summary>Addresses of the cluster's members that had work of the run, those that were lost included; none for a run in one process.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    private static readonly string[] Recorded = ["Akka", "MathNet.Numerics", "Microsoft.Data.Sqlite", "ScottPlot"];

    /// <summary>This program on this machine.</summary>
    public static Provenance OfThisRun(string experiment, ulong seed, IReadOnlyList<string> commandLine)
    {
        var assembly = typeof(Provenance).Assembly;
        var (version, commit) = Split(InformationalVersion(assembly));
        return new Provenance(
            experiment, seed, commandLine, version, commit,
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})",
            ProcessorName(),
            Environment.ProcessorCount,
            [.. assembly.GetReferencedAssemblies()
                .Where(name => Recorded.Contains(name.Name, StringComparer.Ordinal))
                .Select(name => (name.Name!, Split(InformationalVersion(Assembly.Load(name))).Version))
                .OrderBy(library => library.Item1, StringComparer.Ordinal)]);
    }

    public string Json()
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("experiment", Experiment);
            json.WriteNumber("seed", Seed);
            json.WriteStartArray("commandLine");
            foreach (var argument in CommandLine)
                json.WriteStringValue(argument);
            json.WriteEndArray();
            json.WriteString("version", Version);
            json.WriteString("commit", Commit);
            json.WriteString("dotnet", DotNet);
            json.WriteString("operatingSystem", OperatingSystem);
            json.WriteString("processor", Processor);
            json.WriteNumber("cores", Cores);
            json.WriteStartObject("libraries");
            foreach (var (name, version) in Libraries)
                json.WriteString(name, version);
            json.WriteEndObject();
            json.WriteStartObject("schemeLibraries");
            foreach (var (path, sha256) in SchemeLibraries)
                json.WriteString(path, sha256);
            json.WriteEndObject();
            if (CostTables.Count > 0)
                WriteCosts(json);
            if (Members.Count > 0)
            {
                json.WriteStartArray("members");
                foreach (var member in Members)
                    json.WriteStringValue(member);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private void WriteCosts(Utf8JsonWriter json)
    {
        json.WriteStartArray("costTables");
        foreach (var table in CostTables)
        {
            json.WriteStartObject();
            json.WriteString("source", table.Source);
            json.WriteString("provider", table.Provider);
            json.WriteString("processor", table.Processor);
            json.WriteStartObject("microseconds");
            foreach (var (computation, time) in table.Medians)
                json.WriteNumber(computation, time.TotalMicroseconds);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>One line for the foot of a summary.</summary>
    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"handover {Version}{(Commit is null ? "" : $" ({Commit[..Math.Min(10, Commit.Length)]})")}, {DotNet}, {Processor}, {Cores} cores, seed {Seed}");

    /// <summary>The build appends the commit to the version after a plus sign.</summary>
    internal static (string Version, string? Commit) Split(string informational)
    {
        var plus = informational.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? (informational, null) : (informational[..plus], informational[(plus + 1)..]);
    }

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string ProcessorName()
    {
        const string source = "/proc/cpuinfo";
        var line = File.Exists(source)
            ? File.ReadLines(source).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
