using CsCheck;
using Experiments.Results;
using Experiments.Statistics;

namespace Tests.Experiments.Results;

public sealed class OutcomeCountsTests
{
    private static readonly string[] Names = ["predictive", "reactive", "basic", "fallback-f0", "failed"];
    private static readonly string?[] Reasons = [null, "no answer", "refused: \"code\" 130", "h\u00e9llo"];

    private static readonly Gen<OutcomeCounts> Counts = Gen.Select(
            Gen.Int[0, 4].Select(i => Names[i]),
            Gen.Int[0, 3].Select(i => Reasons[i]), Gen.Int[1, 5])
        .Select((name, reason, count) => new OutcomeCount(name, name == "failed" ? reason : null, count)).Array[0, 8].Select(OutcomeCounts.Of);

    [Fact]
    public void What_is_written_is_read_back() =>
        Counts.Sample(counts => counts.Items.SequenceEqual(OutcomeCounts.Read(counts.Json).Items) && counts.Json == OutcomeCounts.Read(counts.Json).Json);

    [Fact]
    public void Equal_outcomes_are_added_up_in_one_order()
    {
        var counts = OutcomeCounts.Of([new("failed", "b", 1), new("zebra", null, 2), new("failed", "a", 3), new("predictive", null, 4), new("failed", "b", 5), new("reactive", null, 6)]);
        Assert.Equal(["predictive", "reactive", "zebra", "failed: a", "failed: b"], counts.Items.Select(item => item.Label));
        Assert.Equal((9, 21), (counts["failed"], counts.Handovers));
    }

    [Fact]
    public void A_cell_sums_its_outcomes_and_gives_their_shares()
    {
        var samples = Cells.Of(
        [
            Record(0, new OutcomeCount("predictive", null, 3), new OutcomeCount("failed", "late", 1)),
            Record(1, new OutcomeCount("predictive", null, 2)),
            new ReplicationRecord(2, [1, 1, 1], 2, OutcomeCounts.None),
            new ReplicationRecord(3, [1, 1, 1], 3),
        ]);
        Assert.Equal("{\"predictive\":5,\"failed: late\":1}", samples.AllOutcomes().Json);
        Assert.Equal((1, 2L), (samples.Broken, samples.CountOf("outcome.failed")));
        Assert.Equal(0.125, samples.Summary("outcome.failed", 0.95)!.Mean, 12);
        Assert.Equal(0, samples.Summary("outcome.reactive", 0.95)!.Mean);
        Assert.Null(samples.Definition("outcomes"));
    }

    [Fact]
    public void The_digest_sees_the_outcomes() => Assert.NotEqual(
        Cells.Of([Record(0, new OutcomeCount("predictive", null, 1))]).Digest, Cells.Of([Record(0, new OutcomeCount("reactive", null, 1))]).Digest);

    [Fact]
    public void Outcomes_and_parts_survive_the_store()
    {
        using var temporary = new TemporaryFolder();
        using var folder = ResultsFolder.Open(temporary.Path);
        MetricDefinition[] metrics = [MetricDefinition.Share("predictive.share")];
        ReplicationRecord[] records = [new(0, [250_000], 7, OutcomeCounts.Of([new("predictive", null, 1), new("failed", "late", 3)])), new(1, [MetricDefinition.Absent], 8)];
        using (var store = ResultStore.Open(folder))
        {
            store.Begin("k", "{}", metrics);
            store.Append("k", records);
        }

        using (var again = ResultStore.Open(folder))
        {
            var loaded = again.Load("k", metrics);
            Assert.Equal("{\"predictive\":1,\"failed: late\":3}", loaded.Outcomes[0]!.Json);
            Assert.Null(loaded.Outcomes[1]);
        }

        Assert.Equal(["0 predictive 1", "0 failed: late 3"], Query(folder, "SELECT replication || ' ' || outcome || ' ' || handovers FROM outcome"));
        Assert.Equal(["0.25"], Query(folder, "SELECT value FROM measurement WHERE replication = 0"));
    }

    /// <summary>Intervals of Wilson (1927) as Newcombe's table I gives them (Statistics in Medicine 17, 1998, method 3).</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Shares_of_trials_have_Wilsons_interval(int successes, int trials, double low, double high)
    {
        var moments = new Moments();
        for (var i = 0; i < trials; i++)
            moments.Add(i < successes ? MetricDefinition.ShareParts : 0);
        var interval = moments.ShareEstimate(MetricDefinition.ShareParts, 0.95).Interval!.Value.Scale(1.0 / MetricDefinition.ShareParts);
        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Shares_of_many_handovers_have_the_interval_of_a_mean()
    {
        var moments = Moments.Of([250_000, 500_000, 1_000_000]);
        Assert.Equal(moments.MeanEstimate(0.9).Interval, moments.ShareEstimate(1_000_000, 0.9).Interval);
    }

    [Fact]
    public void The_precision_of_a_share_is_absolute()
    {
        var moments = new Moments();
        for (var i = 0; i < 400; i++)
            moments.Add(0);
        Assert.InRange(moments.ShareEstimate(1_000_000, 0.95).RelativeHalfWidth, 0.001, 0.01);
    }

    private static ReplicationRecord Record(int index, params OutcomeCount[] counts) => new(index, [1, 1, 1], (ulong)index, OutcomeCounts.Of(counts));

    private static string[] Query(ResultsFolder folder, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.StorePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return [.. rows];
    }
}
