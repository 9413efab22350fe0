using Experiments.Results;
using Experiments.Statistics;

namespace Tests.Experiments.Results;

public class SummaryMarkdownTests
{
    private static readonly MetricDefinition Total = new("total", "ms");
    private static readonly Dictionary<string, string> Titles = new() { ["famipv6"] = "FAMIPv6", ["ipsec-fmipv6"] = "IPSec-FMIPv6" };

    private static string Sentence(PairedDifference difference, MetricDefinition? metric = null) =>
        new ComparisonLine("famipv6", "ipsec-fmipv6", "H = 20 ms", metric ?? Total, difference).Sentence(scheme => Titles[scheme]);

    private static PairedDifference Difference(double ticks, double half, double? saved = 0.984) =>
        new(64, new Estimate(ticks, new Interval(ticks - half, ticks + half)), saved);

    [Fact]
    public void A_faster_baseline_is_named_first() =>
        Assert.Equal(
            "IPSec-FMIPv6 is 39.0 ms faster than FAMIPv6 [38.8, 39.2] (n = 64 pairs, common random numbers saved 98.4 % of the variance)",
            Sentence(Difference(390_000, 2_000)));

    [Fact]
    public void A_slower_baseline_is_named_second() =>
        Assert.Equal("FAMIPv6 is 1.25 ms faster than IPSec-FMIPv6 [1.23, 1.27] (n = 64 pairs)", Sentence(Difference(-12_500, 200, null)));

    [Fact]
    public void An_interval_around_zero_claims_nothing() =>
        Assert.Equal(
            "IPSec-FMIPv6 and FAMIPv6 do not differ measurably in total: 0.1 ms [-0.1, 0.3] (n = 64 pairs, common random numbers added 5 % of the variance)",
            Sentence(Difference(1_000, 2_000, -0.05)));

    [Fact]
    public void Equal_series_and_series_too_short_for_an_interval_say_so()
    {
        Assert.Equal("IPSec-FMIPv6 and FAMIPv6 are equal in total (n = 64 pairs)", Sentence(Difference(0, 0, null)));
        Assert.Equal("IPSec-FMIPv6 and FAMIPv6 differ by 39 ms in total, without interval (n = 1 pairs)",
            Sentence(new PairedDifference(1, new Estimate(390_000, null), null)));
        Assert.Equal("IPSec-FMIPv6 and FAMIPv6 share no replication with total", Sentence(new PairedDifference(0, new Estimate(double.NaN, null), null)));
    }

    [Fact]
    public void Counts_are_lower_rather_than_faster() =>
        Assert.Equal("signalling.messages: IPSec-FMIPv6 is 4.0 count lower than FAMIPv6 [4.0, 4.0] (n = 64 pairs)",
            Sentence(Difference(4, 0, null), new MetricDefinition("signalling.messages", "count")));

    [Fact]
    public void Summary_tells_verdicts_tables_comparisons_and_fit()
    {
        var fit = new KolmogorovSmirnov(64, 0.081234, 0.7654321);
        var study = new StudySummary("fig3",
            [
                new ResultRow("fig3", ResultRow.Analytic, "ipsec-fmipv6", [Cells.H(20)], "total", "ms", 0, 89, null, 23.1, 49, 89, 125, 128.2, 129),
                new ResultRow("fig3", ResultRow.Simulation, "ipsec-fmipv6", [Cells.H(20)], "total", "ms", 64, 88.5, new Interval(87.5, 89.5), 4, 49, 89, 125, 128, 129),
            ],
            ["total"],
            [new ComparisonLine("famipv6", "ipsec-fmipv6", "H = 20 ms", Total, Difference(390_000, 2_000, null))],
            [new FitLine("ipsec-fmipv6", "H = 20 ms", "total", fit)],
            [new FigureLink("plots/fig3.svg", "Marks: simulation")],
            ["fig3: HO4001 precision 1 % not reached"]);
        var summary = new Summary("paper", 0.95, [study],
            [new VerdictLine("claim 3", "the proposal is lowest", Outcome.Contradicted, "49 > 48 at H = 0 ms")], Titles, "seed 1");
        Assert.Equal(
            """
            # paper

            Intervals are at 95 % confidence.

            ## Verdicts

            |  | claim | outcome | evidence |
            |---|---|---|---|
            | claim 3 | the proposal is lowest | CONTRADICTED | 49 > 48 at H = 0 ms |

            ## fig3

            > fig3: HO4001 precision 1 % not reached

            ![Marks: simulation](plots/fig3.svg)

            ### total, ms

            | H (ms) | scheme | n | simulated mean | interval | stddev | closed form | closed form - simulated |
            |---|---|---|---|---|---|---|---|
            | 20 | IPSec-FMIPv6 | 64 | 88.5 | [87.5, 89.5] | 4 | 89 | 0.5 [-0.5, 1.5] |

            ### Paired comparison

            - H = 20 ms: IPSec-FMIPv6 is 39.0 ms faster than FAMIPv6 [38.8, 39.2] (n = 64 pairs)

            ### Distribution against the closed form (Kolmogorov-Smirnov)

            0 of 1 rejected at 1 %; chance alone rejects about 0.01.

            | point | scheme | metric | n | D | p | closed form |
            |---|---|---|---|---|---|---|
            | H = 20 ms | IPSec-FMIPv6 | total | 64 | 0.081234 | 0.765 | not rejected |

            ## Assumptions and provenance

            What is assumed stands in [assumptions.md](assumptions.md), how to repeat the run in [provenance.json](provenance.json).

            seed 1

            """.ReplaceLineEndings("\n"),
            SummaryMarkdown.Text(summary));
    }

    [Fact]
    public void User_text_cannot_break_out_of_its_cell()
    {
        var text = SummaryMarkdown.Text(new Summary("a|b\n# x", 0.95, [],
            [new VerdictLine("<b>", "[click](http://example.org)", Outcome.Held, "`code` *bold*")], Titles, ""));
        Assert.Contains("# a\\|b # x\n", text, StringComparison.Ordinal);
        Assert.Contains("| \\<b> | [click]\\(http://example.org) | held | \\`code\\` \\*bold\\* |", text, StringComparison.Ordinal);
    }
}
