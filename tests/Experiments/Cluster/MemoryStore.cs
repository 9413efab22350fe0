using Experiments.Results;

namespace Tests.Experiments.Cluster;

/// <summary>A store that outlives coordinators, and refuses what no store may take.</summary>
internal sealed class MemoryStore : IResultStore
{
    private readonly SortedDictionary<string, (StoredCell Cell, List<ReplicationRecord> Records)> _cells = new(StringComparer.Ordinal);

    public IReadOnlyList<StoredCell> Cells => [.. _cells.Values.Select(entry => entry.Cell)];

    public StoredCell? Find(string key) => _cells.TryGetValue(key, out var entry) ? entry.Cell : null;

    public StoredCell Begin(string key, string parameters, IReadOnlyList<MetricDefinition> metrics)
    {
        if (!_cells.TryGetValue(key, out var entry))
            entry = (new StoredCell(key, parameters, metrics, CellState.Running, 0, CellSamples.EmptyDigest), []);
        _cells[key] = entry with { Cell = entry.Cell with { State = CellState.Running } };
        return _cells[key].Cell;
    }

    public void Append(string key, IReadOnlyCollection<ReplicationRecord> batch)
    {
        var (cell, records) = _cells[key];
        foreach (var record in batch)
        {
            if (record.Index != records.Count)
                throw new InvalidOperationException($"replication {record.Index} after {records.Count} of {key}");
            records.Add(record);
            cell = cell with { Replications = records.Count, Digest = CellSamples.Fold(cell.Digest, record) };
        }

        _cells[key] = (cell, records);
    }

    public void Finish(string key, CellState state) => _cells[key] = _cells[key] with { Cell = _cells[key].Cell with { State = state } };

    public CellSamples Load(string key, IReadOnlyList<MetricDefinition> metrics)
    {
        var samples = new CellSamples(metrics);
        if (_cells.TryGetValue(key, out var entry))
            entry.Records.ForEach(samples.Add);
        return samples;
    }

    public void Dispose()
    {
    }
}
