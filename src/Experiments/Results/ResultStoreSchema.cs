using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Experiments.Results;

/// <summary>What results.sqlite holds, and how to know that a file is one.</summary>
internal static class ResultStoreSchema
{
    /// <summary>"HAND" in ASCII, in the header of every store.</summary>
    private const long ApplicationId = 0x48414E44;

    /// <summary>Raised with every change of the tables.</summary>
    public const int Version = 3;

    private static readonly string Create = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE cell(
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,            -- hash of everything that decides the results
          parameters TEXT NOT NULL,            -- the same as JSON
          metrics TEXT NOT NULL,               -- JSON array of objects name, unit, parts: what each replication records
          state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped=budget', 'precision-not-reached')),
          replications INTEGER NOT NULL,
          digest TEXT NOT NULL                 -- hex, over all replications
        ) STRICT;
        CREATE TABLE replication(
          cell INTEGER NOT NULL REFERENCES cell(id),
          replication INTEGER NOT NULL,        -- 0, 1, 2, ... without a gap
          digest INTEGER NOT NULL,             -- of the event trajectory, 64 bits as a signed number
          metrics TEXT NOT NULL,               -- JSON array in the order of cell.metrics: parts of ticks of 100 ns, counts, bytes, shares; null where absent
          outcomes TEXT,                       -- JSON object, handovers by how they ended; null where the replication broke off
          distribution BLOB,                   -- histograms of the durations of its handovers; null where none is kept
          PRIMARY KEY (cell, replication)
        ) STRICT, WITHOUT ROWID;
        CREATE VIEW measurement AS             -- a row per replication and metric, times in ms
          SELECT c.key AS cell, r.replication AS replication, printf('%016x', r.digest) AS digest,
                 json_extract(d.value, '$.name') AS metric, json_extract(d.value, '$.unit') AS unit,
                 CASE json_extract(d.value, '$.unit') WHEN 'ms' THEN v.value / 10000.0 ELSE v.value END
                   / iif(json_extract(d.value, '$.parts') = 1, 1, json_extract(d.value, '$.parts') * 1.0) AS value
          FROM cell c
          JOIN replication r ON r.cell = c.id
          JOIN json_each(r.metrics) v
          JOIN json_each(c.metrics) d ON d.key = v.key;
        CREATE VIEW outcome AS                 -- a row per replication and outcome
          SELECT c.key AS cell, r.replication AS replication, o.key AS outcome, o.value AS handovers
          FROM cell c
          JOIN replication r ON r.cell = c.id
          JOIN json_each(r.outcomes) o;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    /// <summary>Makes the tables in an empty file, and refuses a file that is not a store of this version.</summary>
    public static void CreateOrCheck(SqliteConnection connection, string file, bool mayCreate)
    {
        var id = Scalar(connection, "PRAGMA application_id");
        var version = Scalar(connection, "PRAGMA user_version");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_master");
        if (id == 0 && version == 0 && tables == 0 && mayCreate)
            Execute(connection, Create);
        else if (id != ApplicationId)
            throw ResultsException.Foreign(file);
        else if (version != Version)
            throw ResultsException.OtherVersion(file, version, Version);
    }

    /// <summary>JSON array of objects name, unit, parts.</summary>
    public static string MetricsText(IReadOnlyList<MetricDefinition> metrics) =>
        JsonSerializer.Serialize(metrics.Select(metric => new { name = metric.Name, unit = metric.Unit, parts = metric.Parts }));

    public static string Hex(ulong digest) => digest.ToString("x16", CultureInfo.InvariantCulture);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
