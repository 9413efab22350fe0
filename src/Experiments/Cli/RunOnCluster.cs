using System.Buffers.Binary;
using System.Security.Cryptography;
using Akka.Actor;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Members;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Cli;

/// <summary>
/// On the members of a cluster, which this process joins as the run's coordinator. One coordinator per store is what must hold,
/// and the store's lock sees to it; the cluster may have several, each with a run of its own. So none is a cluster singleton.
/// </summary>
internal sealed class RunOnCluster : IRunPlace
{
    private readonly Laboratory _laboratory;
    private readonly ClusterMember _member;
    private readonly IReadOnlyList<string> _seeds;
    private readonly int _partitions;

    /// <exception cref="UsageException">It cannot listen.</exception>
    public RunOnCluster(Laboratory laboratory, ClusterSettings settings, IReadOnlyList<string> seeds, int partitions)
    {
        (_laboratory, _seeds, _partitions) = (laboratory, seeds, partitions);
        _member = ClusterMember.Start(settings, laboratory.Schemes.EngineVersion);
    }

    /// <exception cref="UsageException">No member lets it in.</exception>
    public MonteCarloRun Start(ExperimentPlan plan, SchemeLibrary schemes, IResultStore store)
    {
        _member.OpenGate(null);
        _member.Join(_seeds, _member.Settings.JoinWithin, CancellationToken.None);
        var run = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        var terms = _member.Settings.Patience(new DistributionTerms(run, _member.Facts, plan.Resolved, MemberPlan.TablesOf(plan), MemberPlan.Fingerprint(plan), _partitions));
        return MonteCarloRun.Start(_member.System, plan, schemes, store,
            (jobs, execution) => Props.Create(() => new ClusterCoordinator(jobs, execution, terms, plan.Name, plan.Budget, _laboratory.Error.WriteLine)),
            ClusterCoordinator.Name);
    }

    public void Dispose()
    {
        _member.Leave();
        _member.Dispose();
    }
}
