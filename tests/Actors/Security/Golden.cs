using System.Runtime.CompilerServices;

namespace Tests.Actors.Security;

/// <summary>Recorded data that nobody here made; golden/README.md says what it is.</summary>
internal static class Golden
{
    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Here(), "golden", file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Here(), "golden", file));

    /// <summary>The columns of each line.</summary>
    public static IEnumerable<string[]> Cases(string file) => Lines($"wycheproof/{file}").Select(line => line.Split(' '));

    public static byte[] Hex(string text) => text == "-" ? [] : Convert.FromHexString(text);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
