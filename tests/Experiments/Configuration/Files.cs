using System.Runtime.CompilerServices;
using Experiments.Configuration;
using Experiments.Plans;

namespace Tests.Experiments.Configuration;

/// <summary>Reading experiment texts and files in tests.</summary>
internal static class Files
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static readonly string Broken = Path.Combine(Here(), "broken");

    public static string Shipped(string name) => Path.Combine(Root, "hocon", "experiments", name);

    /// <summary>Reads a text as a file <c>x.conf</c>; messages name it so.</summary>
    public static (ExperimentPlan? Plan, string[] Lines) ReadText(string text, ReaderOptions? options = null, ISchemeCatalogue? catalogue = null)
    {
        var folder = Directory.CreateTempSubdirectory("reader-");
        try
        {
            var path = Path.Combine(folder.FullName, "x.conf");
            File.WriteAllText(path, text, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return Read(path, options, catalogue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Reads a file; messages name it without its folder.</summary>
    public static (ExperimentPlan? Plan, string[] Lines) Read(string path, ReaderOptions? options = null, ISchemeCatalogue? catalogue = null)
    {
        var result = ExperimentReader.Read(path, options ?? ReaderOptions.None, catalogue ?? TestCatalogue.Instance);
        var folder = Path.GetDirectoryName(path) + Path.DirectorySeparatorChar;
        return (result.Plan, [.. result.Diagnostics.Select(diagnostic => diagnostic.ToString().Replace(folder, "", StringComparison.Ordinal))]);
    }

    public static ExperimentPlan Plan(string text, ReaderOptions? options = null, ISchemeCatalogue? catalogue = null)
    {
        var (plan, lines) = ReadText(text, options, catalogue);
        Assert.True(plan is not null, string.Join('\n', lines));
        return plan;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
