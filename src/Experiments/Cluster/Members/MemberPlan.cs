using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Experiments.Cluster.Protocol;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;

namespace Experiments.Cluster.Members;

/// <summary>A member's own plan, made from the text that a coordinator offers.</summary>
internal static class MemberPlan
{
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

    /// <summary>The files of costs that a plan names, which members need not have.</summary>
    public static IReadOnlyList<AttachedFile> TablesOf(ExperimentPlan plan) =>
    [
        .. plan.Cells.Select(cell => cell.Crypto.Table?.Source).OfType<string>().Where(source => source != CostTable.Reference).Distinct()
            .Select(path => new AttachedFile(path, File.ReadAllText(path))),
    ];

    /// <summary>The plan, or why it cannot be that of the coordinator.</summary>
    public static (ExperimentPlan? Plan, string? Reason) Read(
        string experiment, IReadOnlyList<AttachedFile> tables, string fingerprint, SchemeLibrary schemes)
    {
        // A resolved file includes nothing; what does is no plan of ours, and must not read this machine's files.
        if (experiment.Split('\n').Any(line => line.TrimStart().StartsWith("include", StringComparison.Ordinal)))
            return (null, "the experiment that it was offered includes other files");
        var folder = Directory.CreateTempSubdirectory("handover-member-");
        try
        {
            var file = Path.Combine(folder.FullName, "experiment.conf");
            foreach (var (number, table) in tables.Index())
            {
                var copy = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"table-{number}.json"));
                File.WriteAllText(copy, table.Text);
                experiment = experiment.Replace($"\"{table.Path}\"", $"\"{copy}\"", StringComparison.Ordinal);
            }

            File.WriteAllText(file, experiment);
            var (plan, diagnostics) = ExperimentReader.Read(file, ReaderOptions.None, new Catalogue(schemes));
            if (plan is null)
                return (null, diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error).Message);
            return Fingerprint(plan) == fingerprint
                ? (plan, null)
                : (null, "it makes another plan of the same file: its schemes or class libraries differ from the coordinator's. Run the same build, and give handover node the same libraries with --library.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

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
