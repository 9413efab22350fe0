using Experiments.Cli;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;

namespace Tests.Experiments.Cluster;

/// <summary>Only who has a certificate of the private authority gets a connection.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly CertificateFiles _files = new("our authority");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Members_with_certificates_of_one_authority_form_a_cluster()
    {
        using var founder = Start(_files.Settings("one"));
        founder.OpenGate(null);
        founder.Found();
        using var other = Start(_files.Settings("two"));
        Assert.True(other.Join([founder.Address], TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.Equal([founder.Address], other.Others);
        Assert.Equal("akka.ssl.tcp", Akka.Cluster.Cluster.Get(other.System).SelfAddress.Protocol);
    }

    [Fact]
    public void Who_has_none_or_one_of_another_authority_is_not_heard()
    {
        using var strangers = new CertificateFiles("our authority");
        using var founder = Start(_files.Settings("one"));
        founder.OpenGate(null);
        founder.Found();

        foreach (var settings in (string?[])[null, strangers.Settings("impostor")])
        {
            using var stranger = Start(settings);
            Assert.Null(stranger.Ask(stranger.AddressOf(founder.Address), new ClusterMessage.StatusRequest()));
        }
    }

    [Fact]
    public void A_certificate_that_the_authority_did_not_make_is_told_at_the_start()
    {
        using var strangers = new CertificateFiles("another authority");
        var problem = Assert.Throws<UsageException>(() => Start(_files.Settings("one", trusted: strangers)));
        Assert.Contains("is not valid under", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_line()
    {
        var settings = _files.Settings("one");
        File.Delete(_files.Path("one.key"));
        Assert.Contains("one.key", Assert.Throws<UsageException>(() => Start(settings)).Message, StringComparison.Ordinal);
    }

    private static ClusterMember Start(string? settings) =>
        ClusterMember.Start(ClusterSettings.Create(ClusterSettings.WorkerRole, null, 0, settings, false), "1");
}
