using System.Reflection;

namespace Experiments.Results;

/// <summary>The project's stated assumptions (docs/assumptions.md), which go into every results folder.</summary>
public static class Assumptions
{
    public const string FileName = "assumptions.md";

    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
