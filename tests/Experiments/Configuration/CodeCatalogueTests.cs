using System.Text.RegularExpressions;
using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

public class CodeCatalogueTests
{
    public static TheoryData<string> Readable => [.. CodeCatalogue.All
        .Select(entry => entry.Code)
        .Where(code => code[2] is '1' or '2')
        .Except([Codes.Unreadable, Codes.BadInclude, Codes.BadOverride, Codes.BadWaypoint, Codes.MissingRole])
        .Concat([Codes.BadOutage, Codes.NoSuchPlace, Codes.BadRestart])];

    [Fact]
    public void Every_code_is_explained_once()
    {
        var codes = typeof(Codes).GetFields().Select(field => (string)field.GetValue(null)!).Order();
        Assert.Equal(codes, CodeCatalogue.All.Select(entry => entry.Code));
    }

    [Fact]
    public void Every_code_that_the_source_writes_out_is_explained()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Files.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), "\"(HO[0-9]{4})\""))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        Assert.DoesNotContain(written, code => CodeCatalogue.Find(code) is null);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void Wrong_example_gets_its_code_and_right_example_no_error(string code)
    {
        var entry = CodeCatalogue.Find(code)!;
        Assert.Contains(Files.ReadText(Whole(entry.Wrong)).Lines, line => line.Contains($" {code} ", StringComparison.Ordinal));
        Assert.Empty(Files.ReadText(Whole(entry.Right)).Lines);
    }

    private static string Whole(string example)
    {
        var text = example.Contains("experiment", StringComparison.Ordinal) ? "" : "experiment { name = x }\n";
        if (!example.Contains("schemes", StringComparison.Ordinal))
            text += "schemes = [fmipv6]\n";
        return text + example;
    }
}
