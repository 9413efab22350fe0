using System.Globalization;
using Experiments.Cli;

namespace Tests.Experiments.Cli;

/// <summary>Replications that keep histograms of their handovers instead of rows.</summary>
public sealed class HistogramRunTests
{
    private const string Experiment = """
        schemes = [ipsec-fmipv6, hmipv6]
        topology { generate = hmipv6, domains = 4, routers-per-map = 4, core { model = grid } }
        mobiles { count = 60, mobility { model = gauss-markov, speed = 5..40 m/s } }
        traffic { model = cbr, duration = 1 s }
        run { duration = 10 s, replications = 3 }
        record { handovers = none }
        """;

    [Fact]
    public void Histograms_give_the_metrics_of_rows_and_the_same_bytes_on_any_number_of_partitions()
    {
        using var work = new Workspace(Experiment);
        Assert.Equal(ExitCode.Success, work.RunTo("rows").ExitCode);
        work.RunTo("1", "-s", "record.handovers=histogram");
        work.RunTo("3", "-s", "record.handovers=histogram", "--partitions", "3", "--workers", "1");
        Assert.Equal(work.Summary("1"), work.Summary("3"));
        var (rows, histograms) = (Lines(work, "rows"), Lines(work, "1"));
        Assert.Equal(rows, histograms.Where(line => !line.Contains(",handover.", StringComparison.Ordinal)));
        Assert.True(histograms.Count > rows.Count);
    }

    [Fact]
    public void Distribution_counts_every_handover_of_every_replication_and_survives_the_store()
    {
        using var work = new Workspace(Experiment);
        string[] histogram = ["-s", "record.handovers=histogram"];
        work.RunTo("out", histogram);
        var first = work.Summary("out");
        var (all, ended) = (Row(work, "handover.total"), Row(work, "handovers"));
        Assert.InRange(all["n"], 2.9 * ended["mean"], 3 * ended["mean"] + 0.001);
        Assert.InRange(all["mean"], all["ci_low"], all["ci_high"]);
        Assert.InRange(all["p50"], all["min"], all["p95"]);
        Assert.InRange(all["p99"], all["p95"], all["max"]);
        Assert.True(all["stddev"] > 0);
        Assert.Equal(3, Row(work, "total")["n"]);

        work.RunTo("out", histogram);
        Assert.Equal(first, work.Summary("out"));
        work.RunTo("more", [.. histogram, "-s", "run.replications=1"]);
        work.RunTo("more", histogram);
        Assert.Equal(first, work.Summary("more"));
    }

    [Fact]
    public void Expectation_may_be_about_a_quantile_over_handovers()
    {
        using var work = new Workspace(Experiment + "\nexpect = [\"p99.handover.total[hmipv6] > 1 ms\", \"p95.handover.total[hmipv6] < 1 ms\"]");
        var run = work.RunTo("out", "-s", "record.handovers=histogram", "-s", "run.replications=1");
        Assert.Equal(ExitCode.ExpectationFailed, run.ExitCode);
        Assert.Contains("expect 1: held", run.Output, StringComparison.Ordinal);
        Assert.Contains("expect 2: failed", run.Output, StringComparison.Ordinal);

        var check = Handover.Run("check", work.File);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains("handover.total is a distribution over single handovers, which study", check.Error, StringComparison.Ordinal);
        Assert.Contains("Write record { handovers = histogram }.", check.Error, StringComparison.Ordinal);
    }

    private static List<string> Lines(Workspace work, string folder) => [.. work.Read("summary.csv", folder).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The numbers of the first scheme's row of a metric, by column.</summary>
    private static Dictionary<string, double> Row(Workspace work, string metric)
    {
        var lines = Lines(work, "out").ConvertAll(line => line.Split(','));
        var row = lines.First(cells => cells[3] == metric);
        return Enumerable.Range(5, row.Length - 5).ToDictionary(i => lines[0][i], i => row[i].Length == 0 ? double.NaN : double.Parse(row[i], CultureInfo.InvariantCulture));
    }
}
