using Experiments.Cli;

namespace Tests.Cluster;

/// <summary>Members as processes on loopback: the bytes of one process, whatever happens to them.</summary>
public sealed class MembersTests
{
    [Fact]
    public void A_member_leaves_when_the_input_ends_that_it_was_told_to_live_by()
    {
        using var member = LaboratoryProcess.StartUnder(["sh", "-c", "sleep 5 | \"$@\"", "sh"], "node", "--port", "0", "--until-input-ends");
        Assert.NotEmpty(member.WaitForAddress());
        Assert.Equal(ExitCode.Success, member.WaitForExit());
    }

    [Fact]
    public void One_two_and_three_members_give_the_bytes_of_one_process()
    {
        using var cluster = new ClusterWork();
        var founder = cluster.Members(1)[0];
        cluster.AssertSame(cluster.Run(founder.Address, "one"), "one");
        var second = cluster.Node("--join", founder.Address).WaitForAddress();
        cluster.AssertSame(cluster.Run(second, "two"), "two");
        using (var provenance = System.Text.Json.JsonDocument.Parse(cluster.Work.Read("provenance.json", "two")))
            Assert.Equal(((string[])[founder.Address, second]).Order(StringComparer.Ordinal), provenance.RootElement.GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        cluster.Node("--join", second).WaitForAddress();
        cluster.AssertSame(cluster.Run(founder.Address, "three"), "three");
    }

    [Fact]
    public void A_member_that_is_killed_loses_nothing()
    {
        using var cluster = new ClusterWork();
        var members = cluster.Members(2);
        var run = cluster.Run(members[0].Address);
        run.WaitForReplications(1000);
        members[1].Process.Signal("KILL");
        cluster.AssertSame(run);
    }

    [Fact]
    public void Fifteen_seconds_after_a_member_was_killed_the_others_have_its_work()
    {
        using var cluster = new ClusterWork();
        var members = cluster.Members(2);
        var run = cluster.Run(members[0].Address, "out", "--max-replications", "10000000");
        run.WaitFor(line => line.Contains(", 2 members: ", StringComparison.Ordinal));
        members[1].Process.Signal("KILL");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        run.WaitFor(line => line.Contains(", 1 member: ", StringComparison.Ordinal));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        var computed = Computed();
        while (Computed() <= computed)
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));

        long Computed() => long.Parse(run.WaitFor(line => line.StartsWith("cells ", StringComparison.Ordinal)).Split(", ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_coordinator_that_is_killed_goes_on_where_it_was()
    {
        using var cluster = new ClusterWork();
        var address = cluster.Members(2)[0].Address;
        var first = cluster.Run(address);
        first.WaitForReplications(20_000);
        first.Signal("KILL");
        first.WaitForExit();
        var kept = cluster.Stored();
        Assert.InRange(kept, 1, ClusterWork.Replications - 1);

        var second = cluster.Run(address, "out", "-v");
        cluster.AssertSame(second);

        // A line a second; what takes less than that has computed no more than that.
        foreach (var line in second.Said.Where(line => line.Contains(" replications, ", StringComparison.Ordinal) && line.StartsWith("cells ", StringComparison.Ordinal)))
        {
            var computed = long.Parse(line.Split(", ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(computed, 0, ClusterWork.Replications - kept);
        }
    }

    [Fact]
    public void A_member_that_stands_still_for_ten_seconds_comes_back()
    {
        using var cluster = new ClusterWork();
        var members = cluster.Members(2);
        var run = cluster.Run(members[0].Address);
        run.WaitForReplications(1000);
        members[1].Process.Signal("STOP");
        var stood = System.Diagnostics.Stopwatch.StartNew();
        cluster.AssertSame(run);
        if (stood.Elapsed < TimeSpan.FromSeconds(10))
            Thread.Sleep(TimeSpan.FromSeconds(10) - stood.Elapsed);
        members[1].Process.Signal("CONT");

        // Whether it was downed meanwhile or not: it computes again.
        var next = cluster.Run(members[0].Address, "next", "--max-replications", "500000");
        next.WaitFor(line => line.Contains("2 members", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_is_terminated_leaves_in_order_and_loses_nothing()
    {
        using var cluster = new ClusterWork();
        var members = cluster.Members(2);
        var run = cluster.Run(members[0].Address);
        run.WaitForReplications(1000);
        members[1].Process.Signal("TERM");
        Assert.Equal(0, members[1].Process.WaitForExit());
        cluster.AssertSame(run);
    }

    [Fact]
    public void A_coordinator_that_is_terminated_is_exit_130_and_goes_on()
    {
        using var cluster = new ClusterWork();
        var address = cluster.Members(1)[0].Address;
        var run = cluster.Run(address);
        run.WaitForReplications(1000);
        run.Signal("TERM");
        Assert.Equal(130, run.WaitForExit());
        Assert.EndsWith("Run the same command again to go on.", run.Said[^1], StringComparison.Ordinal);
        cluster.AssertSame(cluster.Run(address));
    }

    [Fact]
    public void Many_short_runs_leave_nothing_behind_in_a_member()
    {
        using var cluster = new ClusterWork();
        var (member, address) = cluster.Members(1)[0];
        using var work = new Experiments.Cli.Workspace("schemes = [fmipv6]\nstop { precision = 5 %, batch = 32 }");
        Repeat(10);
        var before = member.ResidentMib();
        Repeat(20);
        Assert.InRange(member.ResidentMib() - before, -1000, 20);

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
                Assert.Equal(0, work.RunTo($"{times}-{i}", "-q", "--cluster", address).ExitCode);
        }
    }
}
