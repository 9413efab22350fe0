using System.Text.Json;
using Experiments.Cli;
using Experiments.MonteCarlo;

namespace Tests.Experiments.Cli;

public sealed class OtherVerbsTests
{
    [Fact]
    public void Schemes_lists_each_scheme_once()
    {
        var names = Handover.Run("schemes", "--json").OutputLines
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("name").GetString()).ToList();
        Assert.All(["mipv6", "fmipv6", "famipv6", "ibs-famipv6", "ipsec-fmipv6"], name => Assert.Single(names, name));
        Assert.Contains("IPSec-FMIPv6 (extends fmipv6)", Handover.Run("schemes").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_tells_what_is_stored_and_bounds_what_is_left()
    {
        using var work = new Workspace("engines = [analytic, simulation]\nschemes = [fmipv6, famipv6]\nstop { precision = 10 % }");
        string[] plan = ["plan", work.File, "--out", work.Folder(), "--json", "--partitions", "3"];
        var before = JsonDocument.Parse(Assert.Single(Handover.Run(plan).OutputLines)).RootElement;
        Assert.Equal(4, before.GetProperty("cells").GetInt32());
        Assert.Equal(2, before.GetProperty("distinct_cells").GetInt32());
        Assert.Equal(40000, before.GetProperty("replications_bound").GetInt64());
        Assert.InRange(before.GetProperty("predicted_replications").GetInt64(), 64, 1000);
        Assert.Equal(0, before.GetProperty("stored_replications").GetInt64());
        Assert.Equal(0.5, before.GetProperty("lookahead_ms").GetDouble());
        Assert.False(Directory.Exists(work.Folder()));

        work.Run();
        var after = JsonDocument.Parse(Assert.Single(Handover.Run(plan).OutputLines)).RootElement;
        Assert.True(after.GetProperty("stored_replications").GetInt64() > 0);
        Assert.Contains("from 64 replications run just now", Handover.Run("plan", work.File).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phold", "--actors")]
    [InlineData("handoff22", "--mobiles")]
    public void A_benchmark_gives_the_same_digest_for_any_number_of_partitions(string name, string entities)
    {
        var one = Bench("1");
        var two = Bench("2");
        Assert.Equal(one.GetProperty("digest").GetString(), two.GetProperty("digest").GetString());
        Assert.True(one.GetProperty("events_per_second").GetDouble() > 0);
        if (name == "handoff22")
        {
            Assert.InRange(one.GetProperty("mean_ms").GetDouble(), 100, 122);
            Assert.True(one.GetProperty("scheme_handovers_per_second").GetDouble() > 0);
        }

        JsonElement Bench(string partitions)
        {
            var bench = Handover.Run("bench", name, entities, "500", "--events", "30000", "--partitions", partitions, "--json");
            Assert.Equal(0, bench.ExitCode);
            var result = JsonDocument.Parse(Assert.Single(bench.OutputLines)).RootElement;
            Assert.All(
                ["events_per_second", "handovers_per_second", "mean_ms", "bytes_per_mobile", "rss_per_mobile", "bytes_per_event", "setup_seconds", "windows", "scheme_handovers_per_second", "digest"],
                key => Assert.True(result.TryGetProperty(key, out _), key));
            return result;
        }
    }

    [Fact]
    public void Doctor_finds_this_machine_fit()
    {
        var doctor = Handover.Run("doctor", "--json");
        Assert.Equal(0, doctor.ExitCode);
        Assert.Equal(
            ["sdk", "fonts", "write access", "cores", "memory", "sqlite", "clock"],
            doctor.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("check").GetString()));
    }

    [Fact]
    public void Explain_shows_a_wrong_and_a_right_example()
    {
        var explain = Handover.Run("explain", "ho1007");
        Assert.Equal(0, explain.ExitCode);
        Assert.Equal(3, explain.OutputLines.Length);
        Assert.StartsWith("HO1007", explain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_says_how_far_how_fast_and_how_long_still()
    {
        Assert.Equal(
            "cells 12/66, 84000 replications, 28000/s, about 4 s left",
            ProgressLine.TextOf(new RunProgress(12, 66, 84_000, 100_000), TimeSpan.FromSeconds(3)));
        Assert.Equal("cells 0/66, 0 replications, 0/s", ProgressLine.TextOf(new RunProgress(0, 66, 0, null), TimeSpan.FromSeconds(1)));
        Assert.Equal("4 min", ProgressLine.Duration(181));
    }
}
