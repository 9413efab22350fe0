namespace Experiments.Cluster.Protocol;

/// <content>What is said about one network that runs over several members.</content>
internal abstract partial record ClusterMessage
{
    /// <summary>
    /// Asks a member's gate for its part in networks over several members. Like all messages of the gate, this and its answer keep
    /// their bytes in all versions.
    /// </summary>
    internal sealed record SpansRequest : ClusterMessage
    {
        /// <summary>The first version of the protocol with it.</summary>
        public const int Since = 3;
    }

    internal sealed record SpansReport(IReadOnlyList<SpanStatus> Spans) : ClusterMessage;

    /// <summary>A coordinator asks a member to take part in networks that run over several members.</summary>
    /// <param name="Run">Differs for every start of a coordinator.</param>
    /// <param name="Experiment">Text of the resolved experiment file; empty for a benchmark.</param>
    /// <param name="Files">Tables of costs, topologies and traces that the experiment names.</param>
    /// <param name="Fingerprint">Of the plan; a member that gets another one declines.</param>
    /// <param name="Partitions">Threads that each member is to give; 0 for its lanes.</param>
    /// <param name="Benchmark">Null for an experiment.</param>
    internal sealed record SpanOffer(
        long Run, MemberFacts Facts, string Experiment, IReadOnlyList<AttachedFile> Files, string Fingerprint, int Partitions,
        SpanBenchmark? Benchmark) : ClusterMessage;

    /// <param name="Threads">That the member gives, at least 1.</param>
    /// <param name="BatchPort">TCP port where other members call it.</param>
    internal sealed record SpanEnlisted(long Run, int Threads, int BatchPort) : ClusterMessage;

    /// <summary>Begin a replication, and an attempt where its number is new.</summary>
    /// <param name="Attempt">Grows whenever the members change or one failed; connections between them are of an attempt.</param>
    /// <param name="Key">By which the attempt's members know one another when they call: drawn for it, and told to nobody else.</param>
    /// <param name="Turn">Grows with every replication.</param>
    /// <param name="Members">All that take part, in the order of the placement.</param>
    /// <param name="Self">The receiver's place among them.</param>
    internal sealed record SpanBegin(
        long Run, int Attempt, UInt128 Key, int Turn, int Job, int Index, IReadOnlyList<SpanPeer> Members, int Self) : ClusterMessage;

    /// <summary>A piece of what a member has of a replication's results: bytes of a <see cref="Span.SpanResult"/>.</summary>
    /// <param name="From">The sender's place among the members.</param>
    internal sealed record SpanPiece(long Run, int Attempt, int Turn, int From, int Part, int Parts, ReadOnlyMemory<byte> Bytes) : ClusterMessage;

    /// <summary>A member could not go on with an attempt.</summary>
    /// <param name="Lost">The place of the member that it has no connection to any more; null where that is not why.</param>
    internal sealed record SpanBroken(long Run, int Attempt, string Reason, int? Lost) : ClusterMessage;

    /// <summary>An attempt is given up; another follows.</summary>
    internal sealed record SpanCalledOff(long Run, int Attempt, string Reason) : ClusterMessage;
}

/// <summary>A member that takes part in a network.</summary>
/// <param name="Path">Of its actor, with the member's address.</param>
/// <param name="BatchPort">TCP port at that address where the other members call it.</param>
internal sealed record SpanPeer(string Path, int Threads, int BatchPort);

/// <summary>A run of networks over several members, as one of them sees it.</summary>
/// <param name="Experiment">Its name, or the benchmark's.</param>
/// <param name="Share">What the member has a part in, or had last; null before the first replication, and after one that broke off.</param>
internal sealed record SpanStatus(string Experiment, string Coordinator, SpanShare? Share);

/// <summary>A replication as one network over several members.</summary>
/// <param name="Cell">Its number in the plan, from 1.</param>
/// <param name="Replication">From 0.</param>
/// <param name="Part">The member's place among all, from 1; 0 for none, since there are more members than domains.</param>
/// <param name="Members">That take part, in the order of their parts.</param>
internal sealed record SpanShare(int Cell, int Replication, int Part, IReadOnlyList<SpanPart> Members);

/// <param name="Partitions">That the member runs, at least 1.</param>
internal sealed record SpanPart(string Address, int Partitions);

/// <summary>HANDOFF-22 in place of an experiment.</summary>
internal sealed record SpanBenchmark(int Mobiles, long Events, ulong Seed);
