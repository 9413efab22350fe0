using CsCheck;
using Experiments.Results;
using Experiments.Statistics;

namespace Tests.Experiments.Results;

public class CellSamplesTests
{
    private static readonly StatisticName MeanTotal = new("total");

    [Fact]
    public void Order_of_arrival_changes_no_bit() =>
        Gen.Select(Cells.Replications, Gen.Int).Sample((records, seed) =>
        {
            var shuffled = records.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (straight, mixed) = (Cells.Of(records), Cells.Of(shuffled));
            return straight.Count == mixed.Count
                && straight.Digest == mixed.Digest
                && straight.Values(0).SequenceEqual(mixed.Values(0))
                && RowsText(straight) == RowsText(mixed);
        });

    [Fact]
    public void Replications_after_a_gap_wait_for_it_to_be_filled()
    {
        var records = Cells.Totals(10, 20, 30);
        var samples = Cells.Of([records[2], records[0]]);
        Assert.Equal(1, samples.Count);
        Assert.Equal(10, samples.Moments(0).Mean);
        samples.Add(records[1]);
        Assert.Equal(3, samples.Count);
        Assert.Equal(20, samples.Moments(0).Mean);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_replication_is_recorded_once(int index)
    {
        var records = Cells.Totals(10, 20, 30);
        var samples = Cells.Of([records[0], records[2]]);
        Assert.Throws<ArgumentException>(() => samples.Add(records[index]));
    }

    [Fact]
    public void Digest_sees_every_metric_and_every_trajectory()
    {
        var records = Cells.Totals(10, 20);
        var digest = Cells.Of(records).Digest;
        Assert.NotEqual(digest, Cells.Of([records[0], records[1] with { Metrics = [21, MetricDefinition.Absent, 8] }]).Digest);
        Assert.NotEqual(digest, Cells.Of([records[0], records[1] with { Digest = 77 }]).Digest);
    }

    [Fact]
    public void A_longer_stored_prefix_stops_where_a_fresh_run_would() =>
        Gen.Select(Gen.Long[90_000, 110_000].Array[200], Gen.Int[1, 40], Gen.Int[1, 250], Gen.Double[0.001, 0.05]).Sample((totals, batch, maximum, precision) =>
        {
            var rule = new StoppingRule(precision, 0.95, batch, maximum);
            var records = Cells.Totals(totals);
            StopDecision? fresh = null;
            for (var done = rule.NextTest(0); fresh is null && done <= records.Length; done = rule.NextTest(done))
            {
                var decision = rule.Decide(done, [Cells.Of(records[..done]).Estimate(MeanTotal, 0.95)]);
                fresh = decision.State == StopState.Continue ? null : decision;
            }

            return Cells.Of(records).FirstStop(rule, [MeanTotal]) == fresh;
        });

    [Fact]
    public void A_prefix_is_the_cell_as_it_was() =>
        Cells.Replications.Sample(records =>
        {
            var half = records.Length / 2;
            return Cells.Of(records).Prefix(half).Digest == Cells.Of(records[..half]).Digest;
        });

    [Fact]
    public void Absent_values_are_no_samples()
    {
        var rows = ResultRow.Of("fig3", "fmipv6", [Cells.H(20)], Cells.Of(Cells.Totals(890_000, 910_000)), 0.95).ToArray();
        Assert.Equal(["total", "signalling.messages"], rows.Select(row => row.Metric));
        Assert.Equal((2, 90.0, 89.0, 91.0), (rows[0].N, rows[0].Mean!.Value, rows[0].Minimum!.Value, rows[0].Maximum!.Value));
        Assert.Equal((8.0, "count"), (rows[1].Mean!.Value, rows[1].Unit));
    }

    [Theory]
    [InlineData("mean.total", "total", null)]
    [InlineData("p99.signalling.messages", "signalling.messages", 0.99)]
    public void Names_of_statistics_are_read_and_written(string text, string metric, double? share)
    {
        Assert.True(StatisticName.TryParse(text, out var name));
        Assert.Equal(new StatisticName(metric, share), name);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("total")]
    [InlineData(".total")]
    [InlineData("mean.")]
    [InlineData("p0.total")]
    [InlineData("p100.total")]
    [InlineData("mode.total")]
    public void Other_names_are_no_statistics(string text) => Assert.False(StatisticName.TryParse(text, out _));

    private static string RowsText(CellSamples samples) =>
        SummaryTable.Csv([.. ResultRow.Of("s", "x", [Cells.H(20)], samples, 0.95)]);
}
