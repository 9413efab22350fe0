using Experiments.Cli;
using Experiments.Cluster.Members;

namespace Tests.Experiments.Cluster;

public sealed class ClusterSettingsTests
{
    [Fact]
    public void A_member_listens_on_loopback_unless_told() =>
        Assert.Equal("127.0.0.1", Create().Host);

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("lab.example")]
    public void An_address_that_others_reach_needs_TLS_or_a_word(string host)
    {
        Assert.Contains("--insecure", Assert.Throws<UsageException>(() => Create(host)).Message, StringComparison.Ordinal);
        Assert.Equal(host, ClusterSettings.Create("worker", host, 0, null, isInsecure: true).Host);
        var safe = Create(host, "handover.cluster.tls.enabled = on");
        Assert.True(safe.HasTls);
        Assert.True(safe.Configuration.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl"));
    }

    [Fact]
    public void Listening_elsewhere_than_the_name_says_is_no_way_round() =>
        Assert.Throws<UsageException>(() => Create(settings: "akka.remote.dot-netty.tcp.bind-hostname = \"0.0.0.0\""));

    [Fact]
    public void An_empty_host_which_means_every_interface_is_refused() =>
        Assert.Throws<UsageException>(() => Create(""));

    [Theory]
    [InlineData("handover.cluster.hang-afer = 5s", "unknown key 'handover.cluster.hang-afer'. Did you mean 'hang-after'?")]
    [InlineData("handover.cluster.tls { certificat = x }", "unknown key 'handover.cluster.tls.certificat'. Did you mean 'certificate'?")]
    public void A_key_that_means_nothing_is_one_line(string settings, string problem) =>
        Assert.EndsWith(problem, Assert.Throws<UsageException>(() => Create(settings: settings)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("handover.cluster.lanes = often", "handover.cluster.lanes = often")]
    [InlineData("handover.cluster.batch-port = 70000", "handover.cluster.batch-port = 70000")]
    [InlineData("handover.cluster.hang-after = -1s", "handover.cluster.hang-after = -1s")]
    [InlineData("handover.cluster.alone-for = never", "handover.cluster.alone-for = never")]
    [InlineData("handover.cluster.tries = 0", "handover.cluster.tries = 0")]
    [InlineData("handover.cluster.tls.enabled = perhaps", "handover.cluster.tls.enabled = perhaps")]
    [InlineData("handover.cluster.join-within { a = 1 }", "handover.cluster.join-within")]
    public void A_value_that_a_key_cannot_have_is_one_line(string settings, string problem)
    {
        var message = Assert.Throws<UsageException>(() => Create(settings: settings)).Message;
        Assert.Contains($": {problem} ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void The_split_is_decided_as_shipped()
    {
        var resolver = Create().Configuration.GetConfig("akka.cluster.split-brain-resolver");
        Assert.Equal("keep-majority", resolver.GetString("active-strategy"));
        Assert.Equal(TimeSpan.FromSeconds(5), resolver.GetTimeSpan("stable-after"));
        Assert.False(resolver.GetBoolean("down-all-when-unstable"));
    }

    private static ClusterSettings Create(string? host = null, string? settings = null)
    {
        var file = settings is null ? null : Path.GetTempFileName();
        try
        {
            if (file is not null)
                File.WriteAllText(file, settings);
            return ClusterSettings.Create("worker", host, 0, file, isInsecure: false);
        }
        finally
        {
            if (file is not null)
                File.Delete(file);
        }
    }
}
