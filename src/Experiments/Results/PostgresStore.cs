using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Experiments.Results;

/// <summary>
/// The store in a schema of a PostgreSQL database, for a coordinator that may go on from another machine. The same rows as
/// <see cref="ResultStore"/>. The schema is held by a lock of the session: when the process, its machine or its connection is
/// gone, the server gives it up, and with it every chance of the old coordinator to write.
/// </summary>
public sealed partial class PostgresStore : IResultStore
{
    /// <summary>Raised with every change of the tables.</summary>
    private const int Version = 2;
    private const int LongestSchema = 63;
    private const string LockFamily = "x'48414e44'::int"; // "HAND"
    private const int HoldWithinMs = 3000;
    private readonly NpgsqlConnection _connection;
    private readonly string _where;
    private readonly string _schema;
    private readonly Dictionary<string, (long Id, StoredCell Cell)> _cells = new(StringComparer.Ordinal);

    private PostgresStore(NpgsqlConnection connection, string where, string schema) =>
        (_connection, _where, _schema) = (connection, where, schema);

    /// <inheritdoc/>
    public IReadOnlyList<StoredCell> Cells =>
        [.. _cells.Values.Select(entry => entry.Cell).OrderBy(cell => cell.Key, StringComparer.Ordinal)];

    /// <summary>Whether a text names a store of this kind.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>The address without its password.</summary>
    public static string Public(string address) => Password().Replace(address, "$1@");

    /// <summary>Opens or makes the schema of an experiment, and holds it until disposed.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database</c>, with <c>?sslmode=require</c> and the like.</param>
    /// <exception cref="ResultsException">It cannot be reached, or another run holds it.</exception>
    /// <exception cref="FormatException">The address is none.</exception>
    public static PostgresStore Open(string address, string experiment)
    {
        var (settings, where) = Parse(address);
        var schema = SchemaOf(experiment);
        var store = new PostgresStore(new NpgsqlConnection(settings), $"{where}, schema {schema}", schema);
        try
        {
            store.Guarded(() =>
            {
                store._connection.Open();
                store.Hold();
                store.CreateOrCheck();
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
    public StoredCell? Find(string key) => _cells.TryGetValue(key, out var entry) ? entry.Cell : null;

    /// <inheritdoc/>
    public StoredCell Begin(string key, string parameters, IReadOnlyList<MetricDefinition> metrics) => Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction();
        if (_cells.TryGetValue(key, out var known) && !known.Cell.Metrics.SequenceEqual(metrics))
        {
            Run("DELETE FROM replication WHERE cell = @id", ("id", known.Id));
            Run("DELETE FROM cell WHERE id = @id", ("id", known.Id));
            _cells.Remove(key);
        }

        if (!_cells.TryGetValue(key, out var entry))
        {
            var cell = new StoredCell(key, parameters, [.. metrics], CellState.Running, 0, CellSamples.EmptyDigest);
            using var insert = Command(
                "INSERT INTO cell(key, parameters, metrics, state, replications, digest) VALUES (@key, @parameters, @metrics, 'running', 0, @digest) RETURNING id",
                ("key", key), ("parameters", parameters), ("metrics", ResultStoreSchema.MetricsText(metrics)), ("digest", ResultStoreSchema.Hex(cell.Digest)));
            entry = ((long)insert.ExecuteScalar()!, cell);
        }

        Run("UPDATE cell SET state = 'running' WHERE id = @id", ("id", entry.Id));
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
        using (var rows = _connection.BeginBinaryImport("COPY replication(cell, replication, digest, metrics, outcomes, distribution) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var record in batch.OrderBy(record => record.Index))
            {
                if (record.Index != next++)
                    throw new ArgumentException($"Replication {record.Index} does not follow {next - 2} of cell {key}.", nameof(batch));
                digest = CellSamples.Fold(digest, record);
                rows.StartRow();
                rows.Write(id, NpgsqlDbType.Bigint);
                rows.Write(record.Index, NpgsqlDbType.Integer);
                rows.Write(unchecked((long)record.Digest), NpgsqlDbType.Bigint);
                rows.Write(record.Metrics.Select(value => value == MetricDefinition.Absent ? (long?)null : value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
                if (record.Outcomes is { } outcomes)
                    rows.Write(outcomes.Json, NpgsqlDbType.Text);
                else
                    rows.WriteNull();
                if (record.Distribution is { } distribution)
                    rows.Write(distribution, NpgsqlDbType.Bytea);
                else
                    rows.WriteNull();
            }

            rows.Complete();
        }

        Run("UPDATE cell SET replications = @replications, digest = @digest WHERE id = @id",
            ("replications", next), ("digest", ResultStoreSchema.Hex(digest)), ("id", id));
        transaction.Commit();
        _cells[key] = (id, cell with { Replications = next, Digest = digest });
        return true;
    });

    /// <inheritdoc/>
    public void Finish(string key, CellState state) => Guarded(() =>
    {
        var (id, cell) = _cells[key];
        Run("UPDATE cell SET state = @state WHERE id = @id", ("state", StoredCell.Text(state)), ("id", id));
        _cells[key] = (id, cell with { State = state });
        return true;
    });

    /// <inheritdoc/>
    public CellSamples Load(string key, IReadOnlyList<MetricDefinition> metrics) => Guarded(() =>
    {
        var samples = new CellSamples(metrics);
        if (!_cells.TryGetValue(key, out var entry) || !entry.Cell.Metrics.SequenceEqual(metrics))
            return samples;
        using var command = Command(
            "SELECT replication, digest, metrics, outcomes, distribution FROM replication WHERE cell = @id AND replication < @count ORDER BY replication",
            ("id", entry.Id), ("count", entry.Cell.Replications));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            long[] values = [.. reader.GetFieldValue<long?[]>(2).Select(value => value ?? MetricDefinition.Absent)];
            if (reader.GetInt32(0) != samples.Count || values.Length != metrics.Count)
                break;
            samples.Add(new ReplicationRecord(
                samples.Count, values, unchecked((ulong)reader.GetInt64(1)), reader.IsDBNull(3) ? null : OutcomeCounts.Read(reader.GetString(3)),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4)));
        }

        return samples.Count == entry.Cell.Replications && samples.Digest == entry.Cell.Digest
            ? samples
            : throw ResultsException.Damaged(_where, $"the replications of cell {key} do not match their digest");
    });

    public void Dispose() => _connection.Dispose();

    /// <summary>The server may take a moment to notice that a coordinator was killed.</summary>
    private void Hold()
    {
        try
        {
            Run($"SET lock_timeout = {HoldWithinMs}");
            Run($"SELECT pg_advisory_lock({LockFamily}, hashtext(@schema))", ("schema", _schema));
            Run("SET lock_timeout = 0");
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw ResultsException.InUse(_where);
        }
    }

    private void CreateOrCheck()
    {
        var quoted = $"\"{_schema}\"";
        Run($"""
            CREATE SCHEMA IF NOT EXISTS {quoted};
            SET search_path TO {quoted};
            CREATE TABLE IF NOT EXISTS store(version INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS cell(
              id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              key TEXT NOT NULL UNIQUE,            -- hash of everything that decides the results
              parameters TEXT NOT NULL,            -- the same as JSON
              metrics TEXT NOT NULL,               -- JSON array of objects name, unit, parts: what each replication records
              state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped=budget', 'precision-not-reached')),
              replications INTEGER NOT NULL,
              digest TEXT NOT NULL                 -- hex, over all replications
            );
            CREATE TABLE IF NOT EXISTS replication(
              cell BIGINT NOT NULL REFERENCES cell(id),
              replication INTEGER NOT NULL,        -- 0, 1, 2, ... without a gap
              digest BIGINT NOT NULL,              -- of the event trajectory, 64 bits as a signed number
              metrics BIGINT[] NOT NULL,           -- in the order of cell.metrics: parts of ticks of 100 ns, counts, bytes, shares; null where absent
              outcomes TEXT,                       -- JSON object, handovers by how they ended; null where the replication broke off
              distribution BYTEA,                  -- histograms of the durations of its handovers; null where none is kept
              PRIMARY KEY (cell, replication)
            );
            INSERT INTO store SELECT {Version} WHERE NOT EXISTS (SELECT FROM store);
            """);
        if (Command("SELECT version FROM store").ExecuteScalar() is int version and not Version)
            throw ResultsException.OtherVersion(_where, version, Version);
    }

    private void ReadCells()
    {
        using var command = Command("SELECT id, key, parameters, metrics, state, replications, digest FROM cell");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var metrics = JsonSerializer.Deserialize<List<MetricDefinition>>(reader.GetString(3), JsonSerializerOptions.Web) ?? [];
            var cell = new StoredCell(reader.GetString(1), reader.GetString(2), metrics, StoredCell.StateOf(reader.GetString(4)),
                reader.GetInt32(5), ulong.Parse(reader.GetString(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _cells.Add(cell.Key, (reader.GetInt64(0), cell));
        }
    }

    /// <summary>An experiment's own schema: its name where PostgreSQL can have it whole.</summary>
    private static string SchemaOf(string experiment)
    {
        var name = string.Concat($"handover_{experiment}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return name.Length <= LongestSchema ? name : name[..LongestSchema];
    }

    private static (string Settings, string Where) Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.AbsolutePath.Length < 2)
            throw new FormatException("it is no postgres://user:password@host:port/database");
        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Pooling = false,
            TcpKeepAlive = true,
            KeepAlive = 10,
        };
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (pair, "");
            try
            {
                settings[name] = value;
            }
            catch (ArgumentException unknown)
            {
                throw new FormatException($"it sets '{name}', which PostgreSQL's driver does not take: {unknown.Message.ReplaceLineEndings(" ")}", unknown);
            }
        }

        return (settings.ToString(), $"postgres://{settings.Host}:{settings.Port}/{settings.Database}");
    }

    [GeneratedRegex(@"(?<=^postgres(?:ql)?://)([^:@/]*):[^@/]*@")]
    private static partial Regex Password();

    /// <summary>Turns every failure of the server into its one line.</summary>
    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (PostgresException error) when (error.SqlState.StartsWith("XX", StringComparison.Ordinal))
        {
            throw ResultsException.Damaged(_where, error.MessageText, error);
        }
        catch (NpgsqlException error)
        {
            throw ResultsException.Unwritable(_where, error.Message.ReplaceLineEndings(" "), error);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidCastException)
        {
            throw ResultsException.Damaged(_where, error.Message, error);
        }
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }
}
