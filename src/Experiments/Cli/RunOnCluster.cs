using System.Buffers.Binary;
using System.Security.Cryptography;
using Akka.Actor;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using Experiments.Cluster.Span;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Cli;

/// <summary>
/// On the members of a cluster, which this process joins as the run's coordinator. One coordinator per store is what must hold,
/// and the store's lock sees to it; the cluster may have several, each with a run of its own. So none is a cluster singleton.
/// </summary>
/// <param name="partitions">Threads for each replication in a member; null for one, or for all of its lanes where it spans.</param>
/// <param name="spans">Whether each replication runs over all members, as one network.</param>
internal sealed class RunOnCluster(Laboratory laboratory, ClusterSettings settings, IReadOnlyList<string> seeds, int? partitions, bool spans) : IRunPlace
{
    private const int Attempts = 3;
    private ClusterMember? _member;

    /// <exception cref="UsageException">It cannot listen, or no member lets it in.</exception>
    public MonteCarloRun Start(ExperimentPlan plan, SchemeLibrary schemes, IResultStore store)
    {
        _member = Join(laboratory, settings, seeds);
        var run = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        var terms = settings.Patience(new DistributionTerms(
            run, _member.Facts, plan.Resolved, MemberPlan.FilesOf(plan), MemberPlan.Fingerprint(plan), partitions ?? 1));
        if (spans)
        {
            var offer = new ClusterMessage.SpanOffer(run, terms.Facts, terms.Experiment, terms.Files, terms.Fingerprint, partitions ?? 0, null);
            var spanTerms = new SpanTerms(offer) { Tries = terms.Tries, Alone = terms.Alone };
            return MonteCarloRun.Start(_member.System, plan, schemes, store, (jobs, execution) =>
            {
                var span = new ExperimentSpan(jobs, execution, plan.Budget, laboratory.Error.WriteLine);
                return Props.Create(() => new SpanCoordinator(span, spanTerms, laboratory.Error.WriteLine, span));
            }, ClusterCoordinator.Name);
        }

        return MonteCarloRun.Start(_member.System, plan, schemes, store,
            (jobs, execution) => Props.Create(() => new ClusterCoordinator(jobs, execution, terms, plan.Name, plan.Budget, laboratory.Error.WriteLine)),
            ClusterCoordinator.Name);
    }

    public void Dispose()
    {
        _member?.Leave();
        _member?.Dispose();
    }

    /// <summary>A cluster that is just losing members may let nobody in to the end: then it is asked again.</summary>
    /// <exception cref="UsageException">It cannot listen, or no member lets it in.</exception>
    public static ClusterMember Join(Laboratory laboratory, ClusterSettings settings, IReadOnlyList<string> seeds)
    {
        for (var attempt = 1; ; attempt++)
        {
            var member = ClusterMember.Start(settings, laboratory.Schemes.EngineVersion);
            var joined = false;
            try
            {
                member.OpenGate(null);
                joined = member.Join(seeds, settings.JoinWithin, CancellationToken.None);
                if (joined)
                    return member;
                if (attempt == Attempts)
                    throw new UsageException($"{string.Join(", ", seeds)}: the cluster answers and lets nobody in. See handover cluster status {seeds[0]}; some members may be unreachable.");
            }
            finally
            {
                if (!joined)
                    member.Dispose();
            }
        }
    }
}
