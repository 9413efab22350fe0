using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

/// <summary>
/// Every file under broken/ gives exactly the lines of its .expected file. A first line <c># options: --only study==y</c>
/// adds one option of the command line.
/// </summary>
public class BrokenFileTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Files.Broken, "*.conf").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_many_broken_files() => Assert.True(Names.Count >= 70);

    [Theory]
    [MemberData(nameof(Names))]
    public void Broken_file_gives_exactly_its_messages(string name)
    {
        var path = Path.Combine(Files.Broken, name);
        var (plan, lines) = Files.Read(path, Options(path));
        Assert.Equal(File.ReadAllLines(Path.ChangeExtension(path, ".expected")), lines);
        Assert.Null(plan);
    }

    private static ReaderOptions Options(string path)
    {
        const string Prefix = "# options: ";
        var first = File.ReadLines(path).FirstOrDefault("");
        if (!first.StartsWith(Prefix, StringComparison.Ordinal))
            return ReaderOptions.None;
        var (option, value) = (first[Prefix.Length..].Split(' ')[0], first[Prefix.Length..].Split(' ', 2)[1]);
        return option switch
        {
            "-s" => new ReaderOptions([value]),
            "--only" => new ReaderOptions([], Only: value),
            "--precision" => new ReaderOptions([], Precision: value),
            "--budget" => new ReaderOptions([], Budget: value),
            "--max-replications" => new ReaderOptions([], MaxReplications: int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"unknown option {option} in {path}"),
        };
    }
}
