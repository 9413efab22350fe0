using System.Buffers.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Experiments.Results;

/// <summary>
/// The one statement that runs hundreds of thousands of times. Bound through SQLite's own interface, since a SqliteCommand
/// costs several times what SQLite takes for the row. Use it inside a transaction.
/// </summary>
internal sealed class ReplicationInsert : IDisposable
{
    private const int LongestNumber = 20;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[512];

    public ReplicationInsert(SqliteConnection connection)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle,
            "INSERT INTO replication(cell, replication, digest, metrics, outcomes, distribution) VALUES (?, ?, ?, ?, ?, ?)", out _statement));
    }

    public void Run(long cell, ReplicationRecord record)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, cell));
        Check(raw.sqlite3_bind_int64(_statement, 2, record.Index));
        Check(raw.sqlite3_bind_int64(_statement, 3, unchecked((long)record.Digest)));
        Check(raw.sqlite3_bind_text(_statement, 4, Text(record.Metrics)));
        Check(record.Outcomes is { } outcomes
            ? raw.sqlite3_bind_text(_statement, 5, outcomes.Json)
            : raw.sqlite3_bind_null(_statement, 5));
        Check(record.Distribution is { } distribution
            ? raw.sqlite3_bind_blob(_statement, 6, distribution)
            : raw.sqlite3_bind_null(_statement, 6));
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(result);
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>A JSON array, absent values as null.</summary>
    private ReadOnlySpan<byte> Text(long[] values)
    {
        if (_text.Length < (values.Length + 1) * (LongestNumber + 1))
            _text = new byte[(values.Length + 1) * (LongestNumber + 1)];
        _text[0] = (byte)'[';
        var length = 1;
        foreach (var value in values)
        {
            if (length > 1)
                _text[length++] = (byte)',';
            if (value == MetricDefinition.Absent)
            {
                "null"u8.CopyTo(_text.AsSpan(length));
                length += 4;
            }
            else
            {
                Utf8Formatter.TryFormat(value, _text.AsSpan(length), out var written);
                length += written;
            }
        }

        _text[length++] = (byte)']';
        return _text.AsSpan(0, length);
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), result);
    }
}
