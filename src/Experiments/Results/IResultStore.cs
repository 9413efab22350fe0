namespace Experiments.Results;

/// <summary>
/// Where replications are kept: cells by key, and of each a gapless prefix of its replications. It has one writer, which
/// appends whole batches in transactions, so that an interruption at any instant leaves a prefix.
/// </summary>
public interface IResultStore : IDisposable
{
    /// <summary>All cells ever stored here, by key; a plan picks its own.</summary>
    IReadOnlyList<StoredCell> Cells { get; }

    /// <summary>Null for a cell that was never begun.</summary>
    StoredCell? Find(string key);

    /// <summary>
    /// Announces that a cell is being computed and returns what is already there, whatever its state: a finished cell asked
    /// for more precision continues. A cell that was stored with other metrics starts again.
    /// </summary>
    StoredCell Begin(string key, string parameters, IReadOnlyList<MetricDefinition> metrics);

    /// <summary>
    /// Adds one or more whole batches in one transaction; their replications, in any order, must continue the stored prefix.
    /// </summary>
    /// <exception cref="ArgumentException">The batch leaves a gap, or overlaps the prefix.</exception>
    /// <exception cref="ResultsException">It cannot be written.</exception>
    void Append(string key, IReadOnlyCollection<ReplicationRecord> batch);

    /// <summary>Notes how a cell ended.</summary>
    void Finish(string key, CellState state);

    /// <summary>All stored replications of a cell, checked against its digest; empty when it was never begun.</summary>
    /// <exception cref="ResultsException">Rows are missing or were changed.</exception>
    CellSamples Load(string key, IReadOnlyList<MetricDefinition> metrics);
}
