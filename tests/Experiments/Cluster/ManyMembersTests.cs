using Tests.Experiments.Cli;

namespace Tests.Experiments.Cluster;

public sealed class ManyMembersTests
{
    [Fact]
    public void Twenty_four_members_form_a_cluster_and_share_a_run()
    {
        var members = new List<LocalMember> { new() };
        try
        {
            members.AddRange(Enumerable.Range(1, 23).AsParallel().Select(_ => new LocalMember(members[0].Address)));
            using var work = new Workspace("schemes = [fmipv6, ipsec-fmipv6]\nstop { precision = 0.01 %, max-replications = 4000 }");
            work.RunTo("here", "-q");
            Assert.Equal(3, work.RunTo("there", "-q", "--cluster", members[^1].Address).ExitCode);
            Assert.Equal(work.Summary("here"), work.Summary("there"));

            var status = Handover.Run("cluster", "status", members[7].Address);
            Assert.Equal(24, status.OutputLines.Count(line => line.Contains(" Up ", StringComparison.Ordinal) && line.Contains("worker", StringComparison.Ordinal)));
        }
        finally
        {
            members.AsParallel().WithDegreeOfParallelism(24).ForAll(member => member.Dispose());
        }
    }

    [Fact]
    public void Two_runs_share_the_members_of_a_cluster()
    {
        using var member = new LocalMember();
        using var one = new Workspace("schemes = [fmipv6]\nstop { precision = 0.01 %, max-replications = 5000 }");
        using var other = new Workspace("schemes = [famipv6]\nstop { precision = 0.01 %, max-replications = 5000 }");
        Parallel.Invoke(() => one.Run("-q", "--cluster", member.Address), () => other.Run("-q", "--cluster", member.Address));
        foreach (var work in (Workspace[])[one, other])
        {
            work.RunTo("here", "-q");
            Assert.Equal(work.Summary("here"), work.Summary());
        }
    }
}
