using System.Diagnostics;
using System.Text.Json;
using Tests.Experiments.Cli;

namespace Tests.Cluster;

/// <summary>What members say of a run that spans them.</summary>
public sealed class SpanStatusTests
{
    /// <summary>Two domains, so that of three members one has no part; and far more replications than there is time for.</summary>
    private const string Experiment =
        """
        engines = [simulation]
        schemes = [mipv6, ipsec-fmipv6-hmipv6]
        topology { generate = hmipv6, domains = 1, routers-per-map = 2, home-domains = 1 }
        stop { precision = 0.01 %, max-replications = 1000000 }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_member_tells_its_part_in_a_run_that_spans_members()
    {
        using var members = new SpanningMembers(Experiment);
        var founder = members.Node().Address;
        string[] addresses = [.. ((string[])[founder, members.Node("--join", founder).Address, members.Node("--join", founder).Address]).Order(StringComparer.Ordinal)];
        var run = members.Run(founder, "out", "--partitions", "1");
        run.WaitForReplications(1);

        // A member that is slow to answer has part from a later replication on.
        var clock = Stopwatch.StartNew();
        while (!addresses.Select(PartOf).SequenceEqual([1, 2, 0]))
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);

        string? coordinator = null;
        foreach (var address in addresses)
        {
            var span = Assert.Single(Spans(address).EnumerateArray());
            Assert.Equal("test", span.GetProperty("experiment").GetString());
            coordinator ??= span.GetProperty("coordinator").GetString();
            Assert.Equal(coordinator, span.GetProperty("coordinator").GetString());
            Assert.DoesNotContain(coordinator, addresses);
            var share = span.GetProperty("share");
            Assert.Equal(1, share.GetProperty("cell").GetInt32());
            Assert.InRange(share.GetProperty("replication").GetInt32(), 0, 999_999);
            Assert.Equal(addresses[..2], share.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("address").GetString()));
            Assert.All(share.GetProperty("members").EnumerateArray(), member => Assert.Equal(1, member.GetProperty("partitions").GetInt32()));
        }

        var lines = Handover.Run("cluster", "status", addresses[1]).OutputLines;
        Assert.Contains(lines, line => line.StartsWith($"run test from {coordinator}: one network over 2 members, cell 1, replication ", StringComparison.Ordinal)
            && line.EndsWith("; this one has part 2", StringComparison.Ordinal));
        Assert.Equal([$"  {addresses[0],-22} part 1, 1 partition", $"  {addresses[1],-22} part 2, 1 partition"], lines[^2..]);
        Assert.EndsWith("; this one has no part, for want of domains", Handover.Run("cluster", "status", addresses[2]).OutputLines[^3], StringComparison.Ordinal);

        run.Signal("TERM");
        Assert.Equal(130, run.WaitForExit());
        clock.Restart();
        while (Spans(founder).GetArrayLength() > 0)
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
    }

    /// <summary>Null where it has told none.</summary>
    private static int? PartOf(string address) => Spans(address).EnumerateArray()
        .Select(span => span.GetProperty("share")).Where(share => share.ValueKind == JsonValueKind.Object)
        .Select(share => (int?)share.GetProperty("part").GetInt32()).SingleOrDefault();

    private static JsonElement Spans(string address) =>
        JsonDocument.Parse(Handover.Run("cluster", "status", address, "--json").Output).RootElement.GetProperty("spans");
}
