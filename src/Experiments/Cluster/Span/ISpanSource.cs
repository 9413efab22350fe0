using Actors;

namespace Experiments.Cluster.Span;

/// <summary>Where a coordinator of networks over several members takes replications from, and gives their results to.</summary>
internal interface ISpanSource
{
    /// <summary>The next replication; null when there is none left.</summary>
    (int Job, int Index)? Next();

    /// <summary>Members begin with it, not for the first time perhaps.</summary>
    /// <param name="members">Their addresses.</param>
    void Begins(IEnumerable<string> members)
    {
    }

    /// <summary>What has come out of it.</summary>
    /// <param name="results">Of the members that had a part, in their order.</param>
    void Fold(int job, int index, IReadOnlyList<SpanResult> results);

    /// <summary>It cannot be computed: every attempt broke off.</summary>
    void Quarantine(int job, int index, string reason);
}

/// <summary>The results of a replication's parts taken together.</summary>
internal static class SpanResults
{
    /// <summary>The run, or the first failure in the order of events.</summary>
    public static (RunRecord? Run, SpanFault? Fault) Together(this IReadOnlyList<SpanResult> results) =>
        results.Select(result => result.Fault).OfType<SpanFault>().MinBy(fault => fault.Order) is { } first
            ? (null, first)
            : (RunRecord.Of([.. results.Select(result => result.Run).OfType<RunRecord>()]), null);
}
