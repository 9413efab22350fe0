using System.Text.Json;
using Experiments.Cli;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>Small variants of the experiments whose networks have many domains.</summary>
public sealed class ShippedExperimentsTests
{
    [Theory]
    [InlineData("domains.conf", "--only", "study == domains && D == 8", "-s", "defaults.mobiles.count=40", "-s", "defaults.run.duration=10 s")]
    [InlineData("domains.conf", "--only", "study == maps && M == 4", "-s", "defaults.mobiles.count=40", "-s", "defaults.run.duration=10 s")]
    [InlineData("city.conf", "-s", "mobiles.count=150", "-s", "run.duration=3 s", "-s", "traffic.duration=500 ms")]
    [InlineData("million.conf", "-s", "mobiles.count=300", "-s", "topology.domains=8", "-s", "run.duration=5 s")]
    [InlineData("scalability.conf", "-s", "sweep.N=[100]", "-s", "run.duration=5 s")]
    public void The_same_bytes_come_from_1_2_3_and_7_partitions(string file, params string[] smaller)
    {
        using var work = new Workspace();
        Summary("1");
        foreach (var partitions in new[] { "2", "3", "7" })
            Assert.Equal(Summary("1"), Summary(partitions));

        string Summary(string partitions)
        {
            var run = Handover.Run(["run", Shipped(file), "--out", work.Folder(partitions), "--no-progress", "--max-replications", "2", "--partitions", partitions, "--workers", "1", .. smaller]);
            Assert.DoesNotContain("HO4003", run.Error, StringComparison.Ordinal);
            return work.Summary(partitions);
        }
    }

    [Fact]
    public void A_plan_of_moving_nodes_tells_lookahead_speed_up_and_memory_from_a_part_of_them()
    {
        var plan = JsonDocument.Parse(Assert.Single(Handover.Run("plan", Shipped("city.conf"), "--json", "--partitions", "2", "-s", "traffic.duration=40 ms").OutputLines)).RootElement;
        Assert.Equal(2.5, plan.GetProperty("lookahead_ms").GetDouble());
        Assert.InRange(plan.GetProperty("expected_speed_up").GetDouble(), 1.5, 2);
        Assert.InRange(plan.GetProperty("predicted_memory_mib").GetInt64(), 150, 400);
        Assert.InRange(plan.GetProperty("predicted_events").GetInt64(), 100_000, 20_000_000);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("run")]
    public void What_does_not_fit_is_refused_before_it_starts(string verb)
    {
        using var work = new Workspace();
        var refused = Handover.Run(verb, Shipped("city.conf"), "--out", work.Folder(), "-s", "mobiles.count=1000000", "--workers", "1000");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Matches(@"^city: HO3018 the run needs about \d+ MiB with 1000 workers; the machine has \d+ MiB\. Write --workers 1, or fewer mobiles or a shorter run\.$", Assert.Single(refused.ErrorLines));
        Assert.False(Directory.Exists(work.Folder()));
    }

    [Fact]
    public void Partitions_that_the_file_insists_on_are_refused_where_nothing_separates_their_domains()
    {
        using var work = new Workspace("""
            schemes = [mipv6]
            delays { home = 0 ms, inter-domain = 0 ms, processing = 0 ms }
            topology { generate = hmipv6, domains = 2 }
            partition { by = domain, count = 3 }
            """);
        var check = Handover.Run("check", work.File);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains("HO3002 zero lookahead between domains domain0 and domain1 (link gw0>gw1 may take 0 ms).", check.Error, StringComparison.Ordinal);
        Assert.Equal(0, Handover.Run("check", work.File, "-s", "partition.count=1").ExitCode);
    }

    private static string Shipped(string file) => Path.Combine(Files.Root, "hocon", "experiments", file);
}
