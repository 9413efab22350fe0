using Experiments.Cluster.Protocol;

namespace Experiments.Cluster.Span;

/// <summary>What a coordinator of networks over several members offers, and how patient it is.</summary>
/// <param name="Offer">To each member.</param>
internal sealed record SpanTerms(ClusterMessage.SpanOffer Offer)
{
    /// <summary>Between two offers to a member that does not answer.</summary>
    public TimeSpan OfferAgain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a network waits for members that have not answered before it begins without them.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many attempts at a replication may break off while all members stay.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>How long a run goes on without any member; null for ever.</summary>
    public TimeSpan? Alone { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Members that the first network waits for; a benchmark measures a certain number.</summary>
    public int LeastMembers { get; init; } = 1;
}
