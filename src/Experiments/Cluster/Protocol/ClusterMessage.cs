using Experiments.MonteCarlo;
using Experiments.Results;

namespace Experiments.Cluster.Protocol;

/// <summary>Everything that members of a cluster say to one another. <see cref="MessageCodec"/> gives each its bytes.</summary>
internal abstract partial record ClusterMessage
{
    private ClusterMessage()
    {
    }

    /// <summary>Asks a member's gate to be let in. Its bytes, and those of its answers, are the same in all versions.</summary>
    /// <param name="Role">What it wants to be: worker or coordinator.</param>
    internal sealed record Knock(MemberFacts Facts, string Role) : ClusterMessage;

    internal sealed record Admitted(MemberFacts Facts) : ClusterMessage;

    /// <param name="Reason">One line that names both sides' versions.</param>
    internal sealed record Refused(string Reason) : ClusterMessage;

    internal sealed record StatusRequest : ClusterMessage;

    internal sealed record StatusReport(MemberFacts Facts, IReadOnlyList<MemberStatus> Members, IReadOnlyList<RunStatus> Runs) : ClusterMessage;

    /// <summary>Asks a member to end what it computes, take nothing new, and leave.</summary>
    internal sealed record DrainRequest : ClusterMessage;

    internal sealed record DrainStarted : ClusterMessage;

    /// <summary>A coordinator offers a run to a member. Every answer carries run and session back; of an older session only results still count.</summary>
    /// <param name="Run">Differs for every start of a coordinator.</param>
    /// <param name="Session">Differs for every time that the coordinator turns to a member anew.</param>
    /// <param name="Experiment">Text of the resolved experiment file, from which each member makes the same plan.</param>
    /// <param name="Fingerprint">Of the plan; a member that gets another one declines.</param>
    /// <param name="Files">Tables of costs, topologies and traces that the experiment names.</param>
    internal sealed record Offer(
        long Run, long Session, MemberFacts Facts, string Experiment, IReadOnlyList<AttachedFile> Files, string Fingerprint, int Partitions) : ClusterMessage;

    /// <param name="Lanes">Replications that the member computes at a time, at least 1.</param>
    internal sealed record Enlisted(long Run, long Session, int Lanes) : ClusterMessage;

    internal sealed record Declined(long Run, long Session, string Reason) : ClusterMessage;

    /// <summary>Replications of a job (see <see cref="CellJob.Number"/>) for a lane of a member.</summary>
    internal sealed record Assignment(long Run, long Session, int Lane, long Item, int Job, int From, int Count) : ClusterMessage;

    /// <summary>All replications of an assignment, in order.</summary>
    /// <param name="Elapsed">Wall time that they took.</param>
    internal sealed record Result(
        long Run, long Session, int Lane, long Item, int Job, int From, TimeSpan Elapsed,
        IReadOnlyList<ReplicationRecord> Records, IReadOnlyList<FailedReplication> Failures) : ClusterMessage;

    /// <summary>A replication of an assignment took the lane down, or never ended; the rest of the assignment was not computed.</summary>
    internal sealed record Trouble(long Run, long Session, int Lane, long Item, int Index, string Reason, string? Detail) : ClusterMessage;

    /// <summary>Sent every second: what the member holds, in the order in which its lanes take it up.</summary>
    /// <param name="Computed">Replications of this session.</param>
    internal sealed record Holding(long Run, long Session, long Computed, IReadOnlyList<long> Items) : ClusterMessage;

    /// <summary>The member computes what its lanes have begun and takes nothing more.</summary>
    internal sealed record Leaving(long Run, long Session) : ClusterMessage;

    /// <summary>There is no more work in this run.</summary>
    internal sealed record Dismissed(long Run) : ClusterMessage;

    /// <summary>A coordinator tells its members how far it is.</summary>
    internal sealed record Progress(long Run, RunStatus Status) : ClusterMessage;
}

/// <summary>A file that an experiment names, and what is in it.</summary>
/// <param name="Base64">Its bytes.</param>
internal sealed record AttachedFile(string Path, string Base64);

/// <summary>A member as a gate sees it.</summary>
/// <param name="Status">Akka's word: Joining, Up, Leaving, Exiting, Down.</param>
internal sealed record MemberStatus(string Address, string Status, IReadOnlyList<string> Roles, bool Reachable);

/// <summary>How far a coordinator is.</summary>
/// <param name="Remaining">Replications still needed, as far as can be told; null when nothing can.</param>
internal sealed record RunStatus(
    string Experiment, string Coordinator, int CellsDone, int Cells, long Computed, long? Remaining, IReadOnlyList<MemberProgress> Members);
