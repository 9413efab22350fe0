using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Experiments.Results;

/// <summary>
/// results.sqlite: a row per cell and a row per replication, written by one thread of one process in transactions of whole
/// batches, so that an interruption at any instant leaves a prefix of each cell. Readers may look on meanwhile (WAL).
/// </summary>
public sealed class ResultStore : IResultStore
{
    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, (long Id, StoredCell Cell)> _cells = new(StringComparer.Ordinal);
    private ReplicationInsert? _insert;

    private ResultStore(string file, SqliteOpenMode mode)
    {
        _file = file;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
    }

    /// <summary>Opens or makes the store of a folder that the caller holds.</summary>
    /// <exception cref="ResultsException">The file is damaged, foreign, or of another version.</exception>
    public static ResultStore Open(ResultsFolder folder) => Open(folder.StorePath, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Opens the store of an earlier or a present run to read.</summary>
    /// <exception cref="ResultsException">There is none, or it cannot be read.</exception>
    public static ResultStore Read(string folder)
    {
        var file = Path.Combine(folder, ResultsFolder.StoreName);
        return File.Exists(file) ? Open(file, SqliteOpenMode.ReadOnly) : throw ResultsException.NoResults(folder);
    }

    private static ResultStore Open(string file, SqliteOpenMode mode)
    {
        var store = new ResultStore(file, mode);
        try
        {
            store.Guarded(() =>
            {
                store._connection.Open();
                ResultStoreSchema.CreateOrCheck(store._connection, file, mayCreate: mode == SqliteOpenMode.ReadWriteCreate);
                if (mode == SqliteOpenMode.ReadWriteCreate)
                    ResultStoreSchema.Execute(store._connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
                store.ReadCells();
                return true;
            });
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredCell> Cells =>
        [.. _cells.Values.Select(entry => entry.Cell).OrderBy(cell => cell.Key, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public StoredCell? Find(string key) => _cells.TryGetValue(key, out var entry) ? entry.Cell : null;

    /// <inheritdoc/>
    public StoredCell Begin(string key, string parameters, IReadOnlyList<MetricDefinition> metrics) => Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction();
        if (_cells.TryGetValue(key, out var known) && !known.Cell.Metrics.SequenceEqual(metrics))
        {
            Run(transaction, "DELETE FROM replication WHERE cell = $id", ("$id", known.Id));
            Run(transaction, "DELETE FROM cell WHERE id = $id", ("$id", known.Id));
            _cells.Remove(key);
        }

        if (!_cells.TryGetValue(key, out var entry))
        {
            var cell = new StoredCell(key, parameters, [.. metrics], CellState.Running, 0, CellSamples.EmptyDigest);
            Run(transaction,
                "INSERT INTO cell(key, parameters, metrics, state, replications, digest) VALUES ($key, $parameters, $metrics, 'running', 0, $digest)",
                ("$key", key), ("$parameters", parameters), ("$metrics", ResultStoreSchema.MetricsText(metrics)), ("$digest", ResultStoreSchema.Hex(cell.Digest)));
            using var identity = Command(transaction, "SELECT last_insert_rowid()");
            entry = ((long)identity.ExecuteScalar()!, cell);
        }

        Run(transaction, "UPDATE cell SET state = 'running' WHERE id = $id", ("$id", entry.Id));
        transaction.Commit();
        entry.Cell = entry.Cell with { State = CellState.Running };
        _cells[key] = entry;
        return entry.Cell;
    });

    /// <inheritdoc/>
    public void Append(string key, IReadOnlyCollection<ReplicationRecord> batch) => Guarded(() =>
    {
        var (id, cell) = _cells[key];
        var (next, digest) = (cell.Replications, cell.Digest);
        using var transaction = _connection.BeginTransaction();
        _insert ??= new ReplicationInsert(_connection);
        foreach (var record in batch.OrderBy(record => record.Index))
        {
            if (record.Index != next++)
                throw new ArgumentException($"Replication {record.Index} does not follow {next - 2} of cell {key}.", nameof(batch));
            digest = CellSamples.Fold(digest, record);
            _insert.Run(id, record);
        }

        Run(transaction, "UPDATE cell SET replications = $replications, digest = $digest WHERE id = $id",
            ("$replications", next), ("$digest", ResultStoreSchema.Hex(digest)), ("$id", id));
        transaction.Commit();
        _cells[key] = (id, cell with { Replications = next, Digest = digest });
        return true;
    });

    /// <inheritdoc/>
    public void Finish(string key, CellState state) => Guarded(() =>
    {
        var (id, cell) = _cells[key];
        using var transaction = _connection.BeginTransaction();
        Run(transaction, "UPDATE cell SET state = $state WHERE id = $id", ("$state", StoredCell.Text(state)), ("$id", id));
        transaction.Commit();
        _cells[key] = (id, cell with { State = state });
        return true;
    });

    /// <inheritdoc/>
    public CellSamples Load(string key, IReadOnlyList<MetricDefinition> metrics) => Guarded(() =>
    {
        var samples = new CellSamples(metrics);
        if (!_cells.TryGetValue(key, out var entry) || !entry.Cell.Metrics.SequenceEqual(metrics))
            return samples;
        using var command = Command(null, "SELECT replication, digest, metrics, outcomes, distribution FROM replication WHERE cell = $id AND replication < $count ORDER BY replication");
        command.Parameters.AddWithValue("$id", entry.Id);
        command.Parameters.AddWithValue("$count", entry.Cell.Replications);
        using var reader = command.ExecuteReader();
        var known = new Dictionary<string, OutcomeCounts>(StringComparer.Ordinal);
        OutcomeCounts Outcomes(string text) => known.TryGetValue(text, out var counts) ? counts : known[text] = OutcomeCounts.Read(text);
        while (reader.Read())
        {
            if (reader.GetInt64(0) != samples.Count || Values(reader.GetString(2), metrics.Count) is not { } values)
                break;
            samples.Add(new ReplicationRecord(samples.Count, values, unchecked((ulong)reader.GetInt64(1)),
                reader.IsDBNull(3) ? null : Outcomes(reader.GetString(3)), reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4)));
        }

        return samples.Count == entry.Cell.Replications && samples.Digest == entry.Cell.Digest
            ? samples
            : throw ResultsException.Damaged(_file, $"the replications of cell {key} do not match their digest");
    });

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    private void ReadCells()
    {
        using var command = Command(null, "SELECT id, key, parameters, metrics, state, replications, digest FROM cell");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var metrics = JsonSerializer.Deserialize<List<MetricDefinition>>(reader.GetString(3), JsonSerializerOptions.Web) ?? [];
            var cell = new StoredCell(reader.GetString(1), reader.GetString(2), metrics, StoredCell.StateOf(reader.GetString(4)),
                reader.GetInt32(5), ulong.Parse(reader.GetString(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _cells.Add(cell.Key, (reader.GetInt64(0), cell));
        }
    }

    /// <summary>Turns every failure of the file into its one line.</summary>
    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException error)
        {
            throw error.SqliteErrorCode switch
            {
                5 or 6 => ResultsException.InUse(_file, error),
                3 or 8 or 10 or 13 or 14 or 23 => ResultsException.Unwritable(_file, error.Message, error),
                _ => ResultsException.Damaged(_file, error.Message, error),
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidCastException)
        {
            throw ResultsException.Damaged(_file, error.Message, error);
        }
    }

    private SqliteCommand Command(SqliteTransaction? transaction, string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private void Run(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(transaction, sql);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>The inverse of <see cref="ReplicationInsert"/>; null for any other text.</summary>
    private static long[]? Values(string text, int count)
    {
        var values = new long[count];
        var inner = text.AsSpan().TrimStart('[').TrimEnd(']');
        var i = 0;
        foreach (var range in inner.Split(','))
        {
            if (i == count)
                return null;
            if (inner[range] is "null")
                values[i++] = MetricDefinition.Absent;
            else if (!long.TryParse(inner[range], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i++]))
                return null;
        }

        return i == count ? values : null;
    }
}
