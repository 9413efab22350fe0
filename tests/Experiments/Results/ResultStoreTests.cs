using CsCheck;
using Experiments.Results;
using Microsoft.Data.Sqlite;

namespace Tests.Experiments.Results;

public class ResultStoreTests
{
    [Fact]
    public void What_was_appended_in_batches_is_loaded_after_reopening() =>
        Gen.Select(Cells.Replications, Gen.Int[1, 20]).Sample((records, batch) =>
        {
            using var temporary = new TemporaryFolder();
            using var folder = ResultsFolder.Open(temporary.Path);
            using (var store = ResultStore.Open(folder))
            {
                store.Begin("k", "{}", Cells.Metrics);
                foreach (var chunk in records.Chunk(batch))
                    store.Append("k", chunk.Reverse().ToArray());
                store.Finish("k", CellState.Finished);
            }

            using var again = ResultStore.Open(folder);
            var loaded = again.Load("k", Cells.Metrics);
            return again.Find("k") is { State: CellState.Finished } cell
                && cell.Digest == loaded.Digest
                && loaded.Count == records.Length
                && loaded.Digest == Cells.Of(records).Digest;
        }, iter: 20);

    [Fact]
    public void A_finished_cell_continues_from_its_prefix()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        var records = Cells.Totals(1, 2, 3, 4);
        using (var store = ResultStore.Open(folder))
        {
            store.Begin("k", "{}", Cells.Metrics);
            store.Append("k", records[..2]);
            store.Finish("k", CellState.PrecisionNotReached);
        }

        using var again = ResultStore.Open(folder);
        Assert.Equal(CellState.PrecisionNotReached, again.Find("k")!.State);
        Assert.Equal(2, again.Begin("k", "{}", Cells.Metrics).Replications);
        Assert.Equal(CellState.Running, again.Find("k")!.State);
        again.Append("k", records[2..]);
        Assert.Equal(Cells.Of(records).Digest, again.Load("k", Cells.Metrics).Digest);
    }

    [Fact]
    public void A_run_killed_between_two_batches_leaves_every_whole_batch()
    {
        using var temporary = new TemporaryFolder();
        using var crashed = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        var records = Cells.Totals(1, 2, 3, 4);
        store.Begin("k", "{}", Cells.Metrics);
        store.Append("k", records[..2]);
        // The files of an open store, copied as they lie on disk, are what a kill would leave.
        Directory.CreateDirectory(crashed.Path);
        foreach (var file in Directory.GetFiles(temporary.Path, ResultsFolder.StoreName + "*"))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(crashed.Path, Path.GetFileName(file)));
            source.CopyTo(target);
        }

        using var resumedFolder = ResultsFolder.Open(crashed.Path);
        using var resumed = ResultStore.Open(resumedFolder);
        Assert.Equal((CellState.Running, 2), (resumed.Find("k")!.State, resumed.Find("k")!.Replications));
        resumed.Append("k", records[2..]);
        Assert.Equal(Cells.Of(records).Digest, resumed.Load("k", Cells.Metrics).Digest);
    }

    [Fact]
    public void A_batch_that_does_not_continue_the_prefix_leaves_no_trace()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        var records = Cells.Totals(1, 2, 3, 4);
        store.Begin("k", "{}", Cells.Metrics);
        Assert.Throws<ArgumentException>(() => store.Append("k", [records[0], records[2]]));
        Assert.Equal(0, store.Load("k", Cells.Metrics).Count);
        store.Append("k", records);
        Assert.Equal(4, store.Load("k", Cells.Metrics).Count);
    }

    [Fact]
    public void A_cell_recorded_with_other_metrics_starts_again()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        store.Begin("k", "{}", Cells.Metrics);
        store.Append("k", Cells.Totals(1, 2));
        MetricDefinition[] fewer = [new("total", "ms")];
        Assert.Equal(0, store.Begin("k", "{}", fewer).Replications);
        store.Append("k", [new ReplicationRecord(0, [5], 1)]);
        Assert.Equal(1, store.Load("k", fewer).Count);
    }

    [Fact]
    public void Sql_readers_see_a_row_per_replication_and_metric_while_the_run_goes_on()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        store.Begin("k", "{}", Cells.Metrics);
        store.Append("k", [new ReplicationRecord(0, [890_000, MetricDefinition.Absent, 8], ulong.MaxValue)]);
        using var connection = Connect(folder.StorePath);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT cell, replication, digest, metric, unit, value FROM measurement ORDER BY metric";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(' ', Enumerable.Range(0, 6).Select(i => reader.IsDBNull(i) ? "-" : reader.GetString(i))));
        Assert.Equal(
            ["k 0 ffffffffffffffff registration ms -", "k 0 ffffffffffffffff signalling.messages count 8", "k 0 ffffffffffffffff total ms 89.0"],
            rows);
        Assert.Equal(1, ResultStore.Read(temporary.Path).Find("k")!.Replications);
    }

    [Theory]
    [InlineData("UPDATE replication SET metrics = '[7,null,8]' WHERE replication = 1")]
    [InlineData("UPDATE replication SET metrics = 'nonsense' WHERE replication = 1")]
    [InlineData("UPDATE replication SET digest = 99 WHERE replication = 1")]
    [InlineData("DELETE FROM replication WHERE replication = 0")]
    [InlineData("DELETE FROM replication WHERE replication = 2")]
    public void Changed_rows_are_noticed(string change)
    {
        using var temporary = new TemporaryFolder();
        using var folder = Stored(temporary);
        Run(folder.StorePath, change);
        using var store = ResultStore.Open(folder);
        Assert.Equal("HO5003", Assert.Throws<ResultsException>(() => store.Load("k", Cells.Metrics)).Code);
    }

    [Theory]
    [InlineData("UPDATE cell SET metrics = 'nonsense'", "HO5003")]
    [InlineData("UPDATE cell SET digest = 'nonsense'", "HO5003")]
    [InlineData("DROP VIEW measurement; DROP TABLE replication; DROP TABLE cell", "HO5003")]
    [InlineData("PRAGMA application_id = 1", "HO5004")]
    [InlineData("PRAGMA user_version = 99", "HO5005")]
    public void A_store_of_another_shape_is_refused_in_one_line(string change, string code)
    {
        using var temporary = new TemporaryFolder();
        using var folder = Stored(temporary);
        Run(folder.StorePath, change);
        var refusal = Assert.Throws<ResultsException>(() => ResultStore.Open(folder));
        Assert.Equal(code, refusal.Code);
        Assert.StartsWith($"{folder.StorePath}: {code} ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("this is no database, only text that is long enough to be taken for a header of one, one hundred bytes or so")]
    [InlineData("short")]
    public void A_file_that_is_no_database_is_refused_in_one_line(string content)
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.Path);
        File.WriteAllText(Path.Combine(temporary.Path, ResultsFolder.StoreName), content);
        using var folder = ResultsFolder.Open(temporary.Path);
        Assert.Equal("HO5003", Assert.Throws<ResultsException>(() => ResultStore.Open(folder)).Code);
        Assert.Equal("HO5003", Assert.Throws<ResultsException>(() => ResultStore.Read(temporary.Path)).Code);
    }

    [Fact]
    public void A_truncated_database_is_refused_in_one_line()
    {
        using var temporary = new TemporaryFolder();
        using var folder = Stored(temporary);
        using (var file = new FileStream(folder.StorePath, FileMode.Open))
            file.SetLength(file.Length / 2);
        var refusal = Assert.Throws<ResultsException>(() =>
        {
            using var store = ResultStore.Open(folder);
            store.Load("k", Cells.Metrics);
        });
        Assert.Equal("HO5003", refusal.Code);
    }

    [Fact]
    public void A_folder_without_results_has_nothing_to_read()
    {
        using var temporary = new TemporaryFolder();
        Assert.Equal("HO5002", Assert.Throws<ResultsException>(() => ResultStore.Read(temporary.Path)).Code);
    }

    private static ResultsFolder Stored(TemporaryFolder temporary)
    {
        var folder = ResultsFolder.Open(temporary.Path);
        using var store = ResultStore.Open(folder);
        store.Begin("k", "{}", Cells.Metrics);
        store.Append("k", Cells.Totals(1, 2, 3));
        return folder;
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
