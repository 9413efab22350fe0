using Experiments.Cluster.Protocol;

namespace Experiments.Cluster.Distribution;

/// <summary>What a coordinator offers to members, and how patient it is.</summary>
/// <param name="Run">Differs for every start of a coordinator.</param>
/// <param name="Experiment">Text of the resolved experiment file.</param>
/// <param name="Files">Files that it names.</param>
/// <param name="Fingerprint">Of the plan.</param>
internal sealed record DistributionTerms(long Run, MemberFacts Facts, string Experiment, IReadOnlyList<AttachedFile> Files, string Fingerprint, int Partitions)
{
    /// <summary>Wall time that an assignment should take: short against a recovery, long against a round trip.</summary>
    public TimeSpan Assignment { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Between two offers to a member that does not answer.</summary>
    public TimeSpan OfferAgain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an assignment may be missing from what a member says it holds: it may be under way.</summary>
    public TimeSpan UnderWay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A member that says nothing for so long is taken for lost, whatever the cluster thinks of it.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An assignment older than this, and than four times what it should take, is given to an idle lane too.</summary>
    public TimeSpan Straggling { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a replication may take its lane or its member down before it is quarantined.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>How long a run goes on without any member to compute; null for ever.</summary>
    public TimeSpan? Alone { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Two members computed different results for one replication: nothing of this run can be trusted.</summary>
internal sealed class NonDeterminismException(string message) : Exception(message);
