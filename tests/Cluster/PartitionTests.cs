namespace Tests.Cluster;

/// <summary>Networks that part: hosts are network namespaces, and the wire between them is taken down.</summary>
public sealed class PartitionTests
{
    [NamespaceFact]
    public void A_member_that_was_cut_off_comes_back_when_the_network_heals()
    {
        using var hosts = new NetworkNamespaces();
        using var cluster = new ClusterWork();
        var near = Node(cluster, hosts, 1);
        var address = near.WaitForAddress();
        var far = Node(cluster, hosts, 2, "--join", address);
        far.WaitForAddress();
        var run = Run(cluster, hosts, 1, address, "out");
        run.WaitForReplications(1000);
        hosts.Partition();
        cluster.AssertSame(run);

        hosts.Heal();
        var next = Run(cluster, hosts, 1, address, "next", "--max-replications", "500000");
        next.WaitFor(line => line.Contains("2 members", StringComparison.Ordinal));
    }

    [NamespaceFact]
    public void Of_two_halves_that_with_the_lower_address_goes_on_the_member()
    {
        using var hosts = new NetworkNamespaces();
        using var cluster = new ClusterWork();
        var member = Node(cluster, hosts, 1);
        var address = member.WaitForAddress();
        var run = Run(cluster, hosts, 2, address, "out");
        run.WaitForReplications(1000);
        hosts.Partition();
        Assert.Equal(7, run.WaitForExit());
        Assert.InRange(cluster.Stored(), 1, ClusterWork.Replications - 1);

        hosts.Heal();
        cluster.AssertSame(Run(cluster, hosts, 2, address, "out"));
    }

    [NamespaceFact]
    public void Of_two_halves_that_with_the_lower_address_goes_on_the_coordinator()
    {
        using var hosts = new NetworkNamespaces();
        using var cluster = new ClusterWork();
        var member = Node(cluster, hosts, 2);
        var run = Run(cluster, hosts, 1, member.WaitForAddress(), "out");
        run.WaitForReplications(1000);
        hosts.Partition();
        run.WaitFor(line => line.Contains("no member computes", StringComparison.Ordinal));
        member.WaitFor(line => line.Contains("went on without it", StringComparison.Ordinal));
        hosts.Heal();

        // The member comes back as a new one, and the run goes on where it was.
        cluster.AssertSame(run);
    }

    private static LaboratoryProcess Node(ClusterWork cluster, NetworkNamespaces hosts, int host, params string[] options) => cluster.Keep(LaboratoryProcess.StartUnder(
        hosts.On(host), ["node", "--host", NetworkNamespaces.Address(host), "--port", "4020", "--insecure", "--config", cluster.Settings(""), .. options]));

    private static LaboratoryProcess Run(ClusterWork cluster, NetworkNamespaces hosts, int host, string address, string folder, params string[] options) => cluster.Keep(LaboratoryProcess.StartUnder(
        hosts.On(host), ["run", cluster.Work.File, "--out", cluster.Work.Folder(folder), "--cluster", address, "--host", NetworkNamespaces.Address(host), "--insecure", .. options]));
}
