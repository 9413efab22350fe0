using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Cli;
using Experiments.Cluster.Protocol;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;

namespace Experiments.Cluster.Members;

/// <summary>A member's own plan, made from the text that a coordinator offers.</summary>
internal static partial class MemberPlan
{
    private const long MostBytes = 8 << 20;

    /// <summary>
    /// Of everything that decides the results of the plan's simulated cells, in their order: hex SHA-256. The versions of engine,
    /// schemes and class libraries are in it.
    /// </summary>
    public static string Fingerprint(ExperimentPlan plan)
    {
        var text = new StringBuilder();
        foreach (var cells in MonteCarloRun.JobsOf(plan))
            text.Append(cells[0].Key).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The files that a plan names (tables of costs, topologies, traces), which members need not have.</summary>
    /// <exception cref="UsageException">They are too large for a message.</exception>
    public static IReadOnlyList<AttachedFile> FilesOf(ExperimentPlan plan)
    {
        var paths = RootedPath().Matches(plan.Resolved).Select(match => match.Groups[1].Value).Distinct()
            .Where(path => Path.GetExtension(path) != ".dll" && File.Exists(path)).ToList();
        var total = paths.Sum(path => new FileInfo(path).Length);
        return total <= MostBytes
            ? [.. paths.Select(path => new AttachedFile(path, Convert.ToBase64String(File.ReadAllBytes(path))))]
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{plan.Name}: the files that it names have {total >> 20} MiB; members are sent up to {MostBytes >> 20} MiB. Run it without --cluster, or cut them."));
    }

    /// <summary>The plan, or why it cannot be that of the coordinator. What a failed one has written is gone again.</summary>
    /// <param name="folder">Empty, and this plan's alone as long as it is simulated: its files are read from here.</param>
    public static (ExperimentPlan? Plan, string? Reason) Read(
        string experiment, IReadOnlyList<AttachedFile> files, string fingerprint, SchemeLibrary schemes, string folder)
    {
        // A resolved file includes nothing; what does is no plan of ours, and must not read this machine's files.
        if (experiment.Split('\n').Any(line => line.TrimStart().StartsWith("include", StringComparison.Ordinal)))
            return (null, "the experiment that it was offered includes other files");
        foreach (var (number, attached) in files.Index())
        {
            var extension = string.Concat(Path.GetExtension(attached.Path).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_'));
            var copy = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"file-{number}{extension}"));
            var bytes = new byte[attached.Base64.Length];
            if (!Convert.TryFromBase64String(attached.Base64, bytes, out var length))
                return (null, "a file of the experiment that it was offered is damaged");
            File.WriteAllBytes(copy, bytes[..length]);
            experiment = experiment.Replace($"\"{attached.Path}\"", $"\"{copy}\"", StringComparison.Ordinal);
        }

        var file = Path.Combine(folder, "experiment.conf");
        File.WriteAllText(file, experiment);
        var (plan, diagnostics) = ExperimentReader.Read(file, ReaderOptions.None, new Catalogue(schemes));
        if (plan is null)
            return (null, diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error).Message);
        return Fingerprint(plan) == fingerprint
            ? (plan, null)
            : (null, "it makes another plan of the same file: its schemes or class libraries differ from the coordinator's. Run the same build, and give handover node the same libraries with --library.");
    }

    [GeneratedRegex("\"(/[^\"\\n]+)\"")]
    private static partial Regex RootedPath();

    /// <summary>A member loads class libraries when it is started, never because a message names a file.</summary>
    private sealed class Catalogue(SchemeLibrary schemes) : ISchemeCatalogue
    {
        public IReadOnlyList<SchemeEntry> Schemes => schemes.Schemes;

        public string EngineVersion => schemes.EngineVersion;

        public IReadOnlyList<string> Load(string path)
        {
            var name = Path.GetFileName(path);
            var library = schemes.Loaded.FirstOrDefault(known => Path.GetFileName(known.Path) == name)
                ?? throw new SchemeLibraryException($"the experiment uses the class library {name}, which this member does not have. Start it with handover node --library {name}.");
            return [.. library.Schemes.Select(scheme => scheme.Name)];
        }
    }
}
