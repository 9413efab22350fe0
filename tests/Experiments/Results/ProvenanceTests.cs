using System.Text.Json;
using Experiments.Results;

namespace Tests.Experiments.Results;

public class ProvenanceTests
{
    [Fact]
    public void This_run_is_described_well_enough_to_repeat_it()
    {
        using var json = JsonDocument.Parse(Provenance.OfThisRun("paper", ulong.MaxValue, ["run", "a \"b\".conf"]).Json());
        var root = json.RootElement;
        Assert.Equal(ulong.MaxValue, root.GetProperty("seed").GetUInt64());
        Assert.Equal(["run", "a \"b\".conf"], root.GetProperty("commandLine").EnumerateArray().Select(item => item.GetString()));
        Assert.StartsWith(".NET 10", root.GetProperty("dotnet").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(root.GetProperty("processor").GetString()!);
        Assert.Equal("5.0.0", root.GetProperty("libraries").GetProperty("MathNet.Numerics").GetString()![..5]);
    }

    [Theory]
    [InlineData("0.1.0+343b693abc", "0.1.0", "343b693abc")]
    [InlineData("0.1.0", "0.1.0", null)]
    public void Commit_follows_the_version_after_a_plus_sign(string informational, string version, string? commit) =>
        Assert.Equal((version, commit), Provenance.Split(informational));

    [Fact]
    public void Every_assumption_travels_with_the_results() =>
        Assert.All(Enumerable.Range(1, 9), number => Assert.Contains($"**A{number}. ", Assumptions.Text, StringComparison.Ordinal));
}
