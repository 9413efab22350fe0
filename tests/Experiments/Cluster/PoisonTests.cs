using Tests.Experiments.Cli;

namespace Tests.Experiments.Cluster;

/// <summary>Replications that take down or hold up what computes them, on a real member.</summary>
public sealed class PoisonTests
{
    [Fact]
    public void What_throws_is_quarantined_with_its_reproduce_command_and_the_rest_goes_on()
    {
        using var member = new LocalMember();
        using var work = new Workspace("schemes = [unbuildable, fmipv6]\nstop { precision = 10 %, batch = 16 }");
        var run = work.Run("-q", "--cluster", member.Address);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("replication 0 (seed 1) failed", run.Error, StringComparison.Ordinal);
        Assert.Matches("quarantined after 3 tries: .*no such machine.* Reproduce: handover trace .* --cell 1 --replication 0\n", run.Error);
        Assert.Contains("no such machine", work.Read("failures/test-unbuildable-r0.txt"), StringComparison.Ordinal);

        using var healthy = new Workspace("schemes = [fmipv6]\nstop { precision = 10 %, batch = 16 }");
        healthy.Run("-q");
        Assert.Equal(Rows(healthy), Rows(work));

        static IEnumerable<string> Rows(Workspace work) => work.Read("summary.csv").Split('\n').Where(row => row.StartsWith("test,simulation,fmipv6", StringComparison.Ordinal));
    }

    [Fact]
    public void What_hangs_is_quarantined_and_the_rest_goes_on()
    {
        using var member = new LocalMember(settings: "handover.cluster.hang-after = 300ms");
        using var work = new Workspace("schemes = [hanging]\nstop { precision = 10 %, batch = 8, max-replications = 8 }");
        try
        {
            var run = work.Run("-q", "--cluster", member.Address);
            Assert.Equal(5, run.ExitCode);
            Assert.Contains($"replication {FaultyScheme.FirstFailure} (seed 1)", Assert.Single(run.ErrorLines, line => line.Contains("HO4003", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Contains("quarantined after 3 tries: it had not ended after", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            FaultyScheme.Released.Set();
        }
    }

    [Fact]
    public void A_replication_that_fails_in_virtual_time_is_the_same_failure_as_in_one_process()
    {
        using var member = new LocalMember();
        using var work = new Workspace("schemes = [breaking]\nstop { precision = 10 %, batch = 16 }");
        work.RunTo("here", "-q");
        Assert.Equal(5, work.RunTo("there", "-q", "--cluster", member.Address).ExitCode);
        Assert.Equal(work.Summary("here"), work.Summary("there"));
        Assert.Equal(work.Read("failures/test-breaking-r3.txt", "here").Replace("/here", "/there", StringComparison.Ordinal), work.Read("failures/test-breaking-r3.txt", "there"));
    }
}
