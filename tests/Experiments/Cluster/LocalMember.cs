using Akka.Actor;
using Experiments.Cluster.Members;
using Experiments.MonteCarlo;
using Tests.Experiments.Cli;

namespace Tests.Experiments.Cluster;

/// <summary>A member in this process, which knows the schemes that break.</summary>
internal sealed class LocalMember : IDisposable
{
    private readonly ClusterMember _member;
    private readonly string _settings = Path.GetTempFileName();

    /// <param name="seed">The address of a member to join; null to found a cluster.</param>
    public LocalMember(string? seed = null, string settings = "")
    {
        File.WriteAllText(_settings, $"handover.cluster.lanes = 1\n{settings}");
        var own = ClusterSettings.Create(ClusterSettings.WorkerRole, null, 0, _settings, isInsecure: false);
        var schemes = new SchemeLibrary(Handover.Schemes);
        _member = ClusterMember.Start(own, schemes.EngineVersion);
        var facts = _member.Facts;
        var actor = _member.System.ActorOf(Props.Create(() => new MemberActor(schemes, facts, own)), MemberActor.Name);
        _member.OpenGate(actor);
        if (seed is null)
            _member.Found();
        else
            Assert.True(_member.Join([seed], TimeSpan.FromSeconds(60), CancellationToken.None));
    }

    public string Address => _member.Address;

    public void Dispose()
    {
        _member.Dispose();
        File.Delete(_settings);
    }
}
