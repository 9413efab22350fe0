using System.Text.Json;
using Tests.Experiments.Cli;

namespace Tests.Cluster;

/// <summary>One network over members that are processes on loopback: the bytes of one process, whatever happens to them.</summary>
public sealed class SpanProcessTests : IDisposable
{
    private const string Experiment =
        """
        engines = [simulation]
        schemes = [ipsec-fmipv6, fmipv6, mipv6]
        sweep { H = [20 ms, 60 ms] }
        delays { home = { distribution = uniform, min = 0 ms, max = "2*$H" } }
        stop { precision = 0.01 %, batch = 50, max-replications = 200 }
        """;

    private readonly SpanningMembers _members = new(Experiment);

    private Workspace Work => _members.Work;

    public void Dispose() => _members.Dispose();

    [Fact]
    public void One_two_and_three_members_give_the_bytes_of_one_process()
    {
        var expected = _members.Expected();
        var (founder, address) = _members.Node();
        foreach (var members in (int[])[1, 2, 3])
        {
            var folder = $"over-{members}";
            var run = _members.Run(address, folder, "--partitions", members == 2 ? "2" : "1");
            Assert.Equal(3, run.WaitForExit());
            Assert.Equal(expected, Work.Summary(folder));
            Assert.Contains(run.Said, line => line.StartsWith($"one network over {members} member", StringComparison.Ordinal));
            if (members < 3)
                _members.Node("--join", address);
        }

        Assert.NotNull(founder);
    }

    [Fact]
    public void A_member_that_is_killed_has_the_replication_begin_again_on_the_rest()
    {
        var expected = _members.Expected();
        var (_, address) = _members.Node();
        var (victim, other) = _members.Node("--join", address);
        var run = _members.Run(address, "out-of-two");
        run.WaitForReplications(100);
        victim.Signal("KILL");
        Assert.Equal(3, run.WaitForExit());
        Assert.Contains(run.Said, line => line.StartsWith(other, StringComparison.Ordinal) && line.EndsWith("the replication begins again without it", StringComparison.Ordinal));
        Assert.Equal(expected, Work.Summary("out-of-two"));
    }

    [Fact]
    public void A_benchmark_over_members_of_its_own_runs_the_events_of_one_process()
    {
        var alone = Benchmark();
        foreach (var members in (int[])[1, 2, 3])
        {
            var spanned = Benchmark("--members", $"{members}");
            Assert.Equal(alone.GetProperty("digest").GetString(), spanned.GetProperty("digest").GetString());
            Assert.Equal(alone.GetProperty("mean_ms").GetDouble(), spanned.GetProperty("mean_ms").GetDouble(), 9);
            Assert.Equal(members, spanned.GetProperty("members").GetInt32());
        }
    }

    [Fact]
    public void A_span_without_a_cluster_is_refused()
    {
        var refused = Work.Run("--span");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--cluster HOST:PORT", refused.Error, StringComparison.Ordinal);
    }

    private JsonElement Benchmark(params string[] options)
    {
        var bench = _members.Keep(LaboratoryProcess.Start(["bench", "handoff22", "--mobiles", "500", "--events", "100000", "--json", .. options]));
        var exit = bench.WaitForExit();
        Assert.True(exit == 0, string.Join('\n', bench.Said));
        return JsonDocument.Parse(bench.Printed()).RootElement;
    }
}
