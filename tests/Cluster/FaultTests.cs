using System.Net;
using System.Net.Sockets;
using Tests.Experiments.Cli;
using Tests.Experiments.Cluster;

namespace Tests.Cluster;

/// <summary>Faults that end in a clear line and exit code, and lose nothing that was folded.</summary>
public sealed class FaultTests
{
    [MountFact]
    public void A_full_disk_is_one_line_and_with_more_room_the_run_goes_on()
    {
        using var cluster = new ClusterWork();
        var address = cluster.Members(1)[0].Address;
        var (folder, kept) = (cluster.Work.Folder("small"), cluster.Work.Folder("kept"));
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(kept);
        var script =
            $"""
            mount -t tmpfs -o size=700k none {folder} || exit 99
            "$@"; echo "first exit $?" >&2
            mount -o remount,size=64m {folder} || exit 99
            "$@"; code=$?
            cp {folder}/summary.* {kept}/
            exit $code
            """;
        var run = cluster.Keep(LaboratoryProcess.StartUnder(["unshare", "-m", "sh", "-c", script, "sh"], "run", cluster.Work.File, "--out", folder, "--cluster", address));
        Assert.Equal(3, run.WaitForExit());
        var end = run.Said.ToList().IndexOf("first exit 2");
        Assert.True(end > 0, string.Join('\n', run.Said));
        Assert.Matches("results.sqlite: HO5007 cannot write here: .*full", run.Said[end - 1]);
        Assert.Equal(ClusterWork.Expected, cluster.Work.Summary("kept"));
    }

    [Fact]
    public void A_damaged_store_is_one_line_and_exit_2()
    {
        using var member = new LocalMember();
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 0.01 %, max-replications = 2000 }");
        Assert.Equal(3, work.Run("-q", "--cluster", member.Address).ExitCode);
        var store = Path.Combine(work.Folder(), "results.sqlite");
        var whole = File.ReadAllBytes(store);

        File.WriteAllBytes(store, whole[..(whole.Length / 2)]);
        Refused();

        // A digit of a measurement: the database is sound, its contents are not.
        var flipped = whole.ToArray();
        var at = flipped.AsSpan().LastIndexOf("null,"u8) - 2;
        flipped[at] ^= 1;
        File.WriteAllBytes(store, flipped);
        Refused();

        File.WriteAllBytes(store, whole);
        Assert.Equal(3, work.Run("-q", "--cluster", member.Address, "--max-replications", "2100").ExitCode);

        void Refused()
        {
            var run = work.Run("-q", "--cluster", member.Address, "--max-replications", "2100");
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("HO5003 the file is damaged", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_port_that_is_taken_is_one_line_and_exit_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var node = LaboratoryProcess.Start("node", "--port", $"{port}");
        Assert.Equal(2, node.WaitForExit());
        Assert.StartsWith($"handover: cannot listen at 127.0.0.1:{port}: ", Assert.Single(node.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_is_down_is_waited_for_and_then_told()
    {
        using var cluster = new ClusterWork();
        using var gone = LaboratoryProcess.Start("node", "--port", "0", "--join", "127.0.0.1:1", "--config", cluster.Settings("handover.cluster.join-within = 2s"));
        Assert.Equal(2, gone.WaitForExit());
        Assert.StartsWith("127.0.0.1:1: no member answers.", Assert.Single(gone.Said), StringComparison.Ordinal);

        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var early = cluster.Node("--join", "127.0.0.1:1", "--join", $"127.0.0.1:{port}");
        var late = cluster.Keep(LaboratoryProcess.Start("node", "--port", $"{port}", "--config", cluster.Settings("")));
        Assert.Equal($"127.0.0.1:{port}", late.WaitForAddress());
        Assert.NotEmpty(early.WaitForAddress());
    }

    [Fact]
    public void Another_version_is_refused_with_both_named()
    {
        using var member = new LocalMember();
        using var cluster = new ClusterWork();
        var other = cluster.Settings("handover.cluster.pretended-version = \"0.0.9\"");
        foreach (var arguments in (string[][])
            [["node", "--port", "0", "--join", member.Address, "--config", other], ["run", cluster.Work.File, "--out", cluster.Work.Folder(), "--cluster", member.Address, "--config", other]])
        {
            var newcomer = Handover.Run(arguments);
            Assert.Equal(2, newcomer.ExitCode);
            Assert.Matches($@"^{member.Address}: who wants to join has version of the laboratory 0\.0\.9, the cluster has [0-9]+\.[0-9]+\.[0-9]+.*\. Run the same build on all members\.$", Assert.Single(newcomer.ErrorLines));
        }
    }

    [Fact]
    public void A_run_whose_only_member_is_gone_ends_with_exit_7_and_goes_on_with_another()
    {
        using var cluster = new ClusterWork();
        var member = cluster.Members(1)[0];
        var run = cluster.Run(member.Address, "out", "--config", cluster.Settings("handover.cluster.alone-for = 3s"));
        run.WaitForReplications(1000);
        member.Process.Signal("KILL");
        Assert.Equal(7, run.WaitForExit());
        Assert.EndsWith("Run the same command again to go on.", run.Said[^1], StringComparison.Ordinal);
        Assert.InRange(cluster.Stored(), 1, ClusterWork.Replications - 1);
        cluster.AssertSame(cluster.Run(cluster.Members(1)[0].Address));
    }

    [Fact]
    public void A_drained_member_ends_and_the_others_go_on()
    {
        using var cluster = new ClusterWork();
        var members = cluster.Members(2);
        var run = cluster.Run(members[0].Address);
        run.WaitForReplications(1000);
        Assert.Equal(0, Handover.Run("cluster", "drain", members[1].Address).ExitCode);
        Assert.Equal(0, members[1].Process.WaitForExit());
        cluster.AssertSame(run);
        var status = Handover.Run("cluster", "status", members[0].Address, "--json");
        Assert.Contains(members[0].Address, status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(members[1].Address, status.Output, StringComparison.Ordinal);
    }
}
