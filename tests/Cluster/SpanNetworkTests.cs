using System.Net;
using System.Net.Sockets;
using Tests.Experiments.Cli;
using Tests.Experiments.Cluster;

namespace Tests.Cluster;

/// <summary>Spanning runs over mutual TLS, and of networks that are generated: the bytes of one process.</summary>
public sealed class SpanNetworkTests
{
    private const string Paper =
        """
        engines = [simulation]
        schemes = [ipsec-fmipv6]
        stop { precision = 0.01 %, batch = 10, max-replications = 20 }
        """;

    /// <summary>Mobile nodes that wander, in a call for a second, through three domains of two cells, with two home domains behind them.</summary>
    private const string Generated =
        """
        engines = [simulation]
        schemes = [ipsec-fmipv6, ipsec-fmipv6-hmipv6]
        topology {
          generate = hmipv6, domains = 3, maps-per-domain = 1, routers-per-map = 2, home-domains = 2, correspondents = 2
          core { model = grid }, cells { radius = 100 m, overlap = 15 % }
        }
        delays  { home = { distribution = uniform, min = 5 ms, max = 40 ms }, inter-domain = 5 ms }
        mobiles { count = 12, mobility { model = random-direction, speed = 15..25 m/s, leg = 20 s } }
        traffic { model = cbr, interval = 20 ms, size = 160 B, duration = 1 s, from = cn, to = mn }
        run     { duration = 10 s }
        stop    { precision = 0.01 %, batch = 2, max-replications = 2 }
        """;

    /// <summary>Packets that are really signed and encrypted, some of them damaged on the way, on networks of several domains.</summary>
    private const string Bytes =
        """
        engines = [simulation]
        schemes = [ipsec-fmipv6, ipsec-fmipv6-plus, ibs-famipv6, pmipv6]
        network { packets = wire }
        topology { impairments { corruption = 2 %, duplication = 2 %, loss = 2 % } }
        traffic { model = cbr, interval = 20 ms, size = 160 B, duration = 1 s, from = cn, to = mn }
        stop { precision = 0.01 %, batch = 10, max-replications = 20 }
        """;

    [Fact]
    public void A_span_over_mutual_tls_gives_the_bytes_of_one_process()
    {
        using var authority = new CertificateFiles("our authority");
        using var members = new SpanningMembers(Paper);
        var expected = members.Expected();
        var founder = members.Node("--config", Settings("one")).Address;
        members.Node("--config", Settings("two"), "--join", founder);
        Assert.Contains("no member answers", Handover.Run("cluster", "status", founder).Error, StringComparison.Ordinal);
        var run = members.Run(founder, "out", "--config", Settings("three"));
        Assert.Equal(3, run.WaitForExit());
        Assert.Contains(run.Said, line => line.StartsWith("one network over 2 members", StringComparison.Ordinal));
        Assert.Equal(expected, members.Work.Summary());

        // As long as a busy machine needs.
        string Settings(string member)
        {
            var file = authority.Settings(member);
            File.AppendAllText(file, "handover.cluster.join-within = 60s\n");
            return file;
        }
    }

    [Fact]
    public void A_span_of_packets_that_are_bytes_gives_the_bytes_of_one_process()
    {
        using var members = new SpanningMembers(Bytes);
        var expected = members.Expected();
        var founder = members.Node().Address;
        foreach (var count in (int[])[1, 2, 3])
        {
            var run = members.Run(founder, $"over-{count}", "--partitions", "1");
            Assert.Equal(3, run.WaitForExit());
            Assert.Contains(run.Said, line => line.StartsWith($"one network over {count} member", StringComparison.Ordinal));
            Assert.Equal(expected, members.Work.Summary($"over-{count}"));
            if (count < 3)
                members.Node("--join", founder);
        }
    }

    [Fact]
    public void A_span_of_a_generated_network_gives_the_bytes_of_one_process()
    {
        using var members = new SpanningMembers(Generated);
        var expected = members.Expected();
        var founder = members.Node().Address;
        members.Node("--join", founder);
        var run = members.Run(founder, "out", "--partitions", "2");
        Assert.Equal(3, run.WaitForExit());
        Assert.Contains(run.Said, line => line.StartsWith("one network over 2 members", StringComparison.Ordinal));
        Assert.Equal(expected, members.Work.Summary());
    }

    [Fact]
    public void A_member_whose_port_for_batches_is_taken_says_so_and_the_others_go_on()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var members = new SpanningMembers(Paper);
        var expected = members.Expected();
        var founder = members.Node().Address;
        var settings = Path.Combine(members.Work.Folder("alone"), "taken.conf");
        File.WriteAllText(settings, $"handover.cluster.batch-port = {port}\n");
        members.Node("--join", founder, "--config", settings);
        var run = members.Run(founder, "out");
        Assert.Equal(3, run.WaitForExit());
        Assert.Contains(run.Said, line => line.Contains($"takes no part: it cannot listen for the other members at 127.0.0.1:{port} (", StringComparison.Ordinal));
        Assert.Contains(run.Said, line => line.StartsWith("one network over 1 member", StringComparison.Ordinal));
        Assert.Equal(expected, members.Work.Summary());
    }
}
