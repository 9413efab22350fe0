using System.Diagnostics;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>The library of `new --template scheme`, built once as its user would, on the laboratory that these tests run on.</summary>
public sealed class OwnScheme : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("own-scheme-");

    public OwnScheme()
    {
        New = Handover.Run("new", Folder, "--template", "scheme");
        Assert.Equal((0, 0), (New.ExitCode, Dotnet("test").ExitCode));
    }

    internal Handover New { get; }

    internal string Folder => Path.Combine(_root.FullName, "my-own");

    internal string Library => In("MyOwn", "bin", "Debug", "net10.0", "MyOwn.dll");

    internal string In(params string[] path) => Path.Combine([Folder, .. path]);

    /// <summary>A file beside the experiment.</summary>
    internal string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    internal (int ExitCode, string Output) Dotnet(string verb)
    {
        var start = new ProcessStartInfo("dotnet", [verb, "--nologo"]) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (var (name, value) in new[] { ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1") })
            start.Environment[name] = value;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VSTEST", StringComparison.Ordinal) || name is "MSBuildSDKsPath" or "MSBUILD_EXE_PATH").ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public void Dispose() => _root.Delete(recursive: true);
}

public sealed class OwnSchemeTests(OwnScheme own) : IClassFixture<OwnScheme>
{
    [Fact]
    public void Its_experiment_runs_agrees_with_its_closed_form_and_gives_the_same_bytes_on_two_partitions()
    {
        Assert.Contains(own.In("MyOwn", "Scheme.cs"), own.New.OutputLines);
        var file = own.In("my-own.conf");
        Assert.Equal(0, Handover.Run("check", file).ExitCode);
        string Summary(string partitions)
        {
            var folder = own.In("out-" + partitions);
            var run = Handover.Run("run", file, "--out", folder, "--no-progress", "--partitions", partitions);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains("0 of 9 rejected", File.ReadAllText(Path.Combine(folder, "summary.md")), StringComparison.Ordinal);
            return File.ReadAllText(Path.Combine(folder, "summary.csv")) + File.ReadAllText(Path.Combine(folder, "summary.json"));
        }

        var summary = Summary("1");
        Assert.Equal(summary, Summary("2"));
        var rows = summary.Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 7 && row[2] == "my-own").ToList();
        foreach (var home in new[] { 0, 20, 60 })
        {
            string[] Row(string engine, string metric) => Assert.Single(rows, row =>
                row[1] == engine && row[3] == home.ToString(CultureInfo.InvariantCulture) && row[4] == metric);
            double Number(string[] row, int column) => double.Parse(row[column], CultureInfo.InvariantCulture);
            Assert.Equal(9, Number(Row("analytic", "farewell"), 7));
            Assert.Equal(9, Number(Row("simulation", "farewell"), 7));
            var (exact, simulated) = (Row("analytic", "total"), Row("simulation", "total"));
            Assert.Equal(19 + 2 * home, Number(exact, 7));
            var standardError = Number(simulated, 10) / Math.Sqrt(Number(simulated, 6));
            Assert.InRange(Number(simulated, 7) - Number(exact, 7), -4.5 * standardError, 4.5 * standardError);
        }

        using var provenance = JsonDocument.Parse(File.ReadAllText(Path.Combine(own.In("out-1"), "provenance.json")));
        Assert.Equal(Sha256(own.Library), provenance.RootElement.GetProperty("schemeLibraries").GetProperty(own.Library).GetString());
        var trace = Handover.Run("trace", own.In("out-1"), "--as", "svg", "--cell", "6");
        Assert.Contains(XDocument.Parse(trace.Output).Descendants(), element => element.Value.StartsWith("FarewellAcknowledgment  48 B", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_and_schemes_know_it()
    {
        Assert.Equal(0, Handover.Run("plan", own.In("my-own.conf")).ExitCode);
        var schemes = Handover.Run("schemes", "--library", own.Library);
        Assert.Contains(schemes.OutputLines, line => line.StartsWith("my-own ", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_build_of_the_library_is_another_cell()
    {
        var copy = own.In("Copy.dll");
        File.Copy(own.Library, copy, overwrite: true);
        var file = own.Write("copy.conf", "experiment { name = copy }\nschemes = [./Copy.dll]\nstop { max-replications = 8, batch = 8 }\n");
        string Stored() => JsonDocument.Parse(Handover.Run("plan", file, "--out", own.In("copy"), "--json").OutputLines[0]).RootElement.GetProperty("stored_cells").GetRawText();
        Assert.Contains(Handover.Run("run", file, "--out", own.In("copy"), "-q").ExitCode, new[] { 0, 3 });
        Assert.Equal("1", Stored());
        File.AppendAllText(copy, " ");
        Assert.Equal("0", Stored());
    }

    [Fact]
    public void A_scheme_of_a_library_has_options_and_a_label_and_a_misspelt_metric_a_suggestion()
    {
        var scheme = "{ library = MyOwn/bin/Debug/net10.0/MyOwn.dll, name = my-own, as = slow, options { retransmission = 3 s } }";
        Assert.Equal(0, Check($"schemes = [fmipv6, {scheme}]\nexpect = [\"mean.farewell[slow] < 10 ms\"]").ExitCode);
        Assert.EndsWith("unknown metric 'farewel'. Did you mean 'farewell'?",
            Assert.Single(Check($"schemes = [{scheme}]\nexpect = [\"mean.farewel[slow] < 10 ms\"]").ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./none.dll", "none.dll does not exist. Build it, and give its path relative to the experiment file.")]
    [InlineData("./text.dll", "text.dll is no .NET assembly. Name the .dll that dotnet build has made of a class library.")]
    [InlineData("./MyOwn.Tests/bin/Debug/net10.0/MyOwn.Tests.dll", "MyOwn.Tests.dll holds no scheme. Write a class that implements IHandoverScheme; see docs/your-own-scheme.md.")]
    [InlineData("./MyOwn/bin/Debug/net10.0/MyOwn.dll, ./Again.dll", "Again.dll: there is another scheme 'my-own'. Give the library's scheme another name.")]
    public void A_library_that_gives_no_schemes_is_one_line_at_its_place(string schemes, string message)
    {
        own.Write("text.dll", "no assembly");
        File.Copy(own.Library, own.In("Again.dll"), overwrite: true);
        var check = Check($"schemes = [{schemes}]");
        Assert.Equal(2, check.ExitCode);
        var line = Assert.Single(check.ErrorLines);
        Assert.Contains(".conf:2:", line, StringComparison.Ordinal);
        Assert.Contains(" HO1029 ", line, StringComparison.Ordinal);
        Assert.EndsWith(message, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_for_another_version_of_the_laboratory_is_to_be_built_again()
    {
        var bytes = File.ReadAllBytes(own.Library);
        using (var file = new PEReader(new MemoryStream(bytes)))
        {
            var metadata = file.GetMetadataReader();
            var row = metadata.AssemblyReferences.Single(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == "Actors");
            var major = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
                + (MetadataTokens.GetRowNumber(row) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
            bytes[major] = 9;
        }

        File.WriteAllBytes(own.In("Later.dll"), bytes);
        Assert.EndsWith(
            "Later.dll was built for version 9.1.0 of the laboratory; this is 0.1.0. Build it again with this laboratory.",
            Assert.Single(Check("schemes = [./Later.dll]").ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheme_that_cannot_be_made_is_named() => Assert.EndsWith(
        "has no public parameterless constructor. Correct it there, and build it again.",
        Assert.Single(Check($"schemes = [\"{typeof(OwnSchemeTests).Assembly.Location}\"]").ErrorLines), StringComparison.Ordinal);

    [Fact]
    public void Neither_a_full_folder_nor_a_name_that_is_none_nor_a_taken_one_is_written_to()
    {
        Assert.EndsWith("is not empty. Name a folder that is, or a new one.", Refused(own.Folder), StringComparison.Ordinal);
        Assert.Contains("'My Own' is no name", Refused(own.In("My Own")), StringComparison.Ordinal);
        Assert.Contains("'topology' is no name", Refused(own.In("topology"), "--template", "scheme"), StringComparison.Ordinal);
        Assert.Contains("there is a scheme 'fmipv6' already", Refused(own.In("fmipv6"), "--template", "scheme"), StringComparison.Ordinal);
        Assert.Contains("--template schem is unknown. Did you mean 'scheme'?", Refused(own.In("other"), "--template", "schem"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(own.In("fmipv6")));

        static string Refused(params string[] arguments)
        {
            var refused = Handover.Run(["new", .. arguments]);
            Assert.Equal(2, refused.ExitCode);
            return Assert.Single(refused.ErrorLines);
        }
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("sweep")]
    public void The_experiments_of_the_other_templates_have_no_error(string template)
    {
        var folder = own.In($"new-{template}");
        Assert.Equal(0, Handover.Run("new", folder, "--template", template).ExitCode);
        var check = Handover.Run("check", Path.Combine(folder, template + ".conf"));
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public void The_template_asks_for_the_packages_that_the_laboratory_is_tested_with()
    {
        static Dictionary<string, string> Versions(string file) => XDocument.Load(file).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        var ours = Versions(Path.Combine(Files.Root, "Directory.Packages.props"));
        Assert.All(Versions(own.In("Directory.Packages.props")), package => Assert.Equal(ours[package.Key], package.Value));
    }

    private Handover Check(string text) => Handover.Run("check", own.Write("check.conf", $"experiment {{ name = check }}\n{text}\n"));

    private static string Sha256(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}
