using Experiments.Plans;
using Experiments.Plans.Expectations;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Plans;

/// <summary>Expectations counted over the readings of a study.</summary>
public class ReadingCountTests
{
    /// <summary>famipv6 is k H, ipsec-fmipv6 is H and one more where m is q; no result is there for k = 4.</summary>
    private sealed class Formulas : IExpectationData
    {
        public Estimate? Find(string study, Engine engine, string scheme, ValueList<SweptValue> swept, MetricStatistic what)
        {
            Quantity Of(string name) => swept.First(value => value.Name == name).Value;
            var (k, h) = ((double)Of("k").Value, (double)Of("H").Value);
            if (k == 4)
                return null;
            return Estimate.Exact(scheme == "famipv6" ? k * h : h + (Of("m").Symbol == "q" ? 1 : 0));
        }
    }

    [Fact]
    public void Each_reading_gets_its_own_verdict_in_plan_order()
    {
        var count = Count("k, m", "\"mean.total[ipsec-fmipv6] < mean.total[famipv6]\"");
        Assert.Equal(
            ["k = 1, m = p", "k = 1, m = q", "k = 2, m = p", "k = 2, m = q", "k = 4, m = p", "k = 4, m = q"],
            count.Readings.Select(reading => string.Join(", ", reading)));
        Assert.Equal(
            [Verdict.Fails, Verdict.Fails, Verdict.Holds, Verdict.Fails, Verdict.Undecided, Verdict.Undecided],
            Assert.Single(count.Statements).Verdicts);
    }

    [Fact]
    public void Failing_readings_are_told_in_few_values_that_no_other_reading_has()
    {
        var count = Count("k, m", "\"mean.total[ipsec-fmipv6] < mean.total[famipv6]\"");
        Assert.Equal(
            ["k = 1: 2", "k = 2, m = q: 1"],
            count.Failures(count.Statements[0]).Select(group => $"{string.Join(", ", group.Values)}: {group.Count}"));
    }

    [Fact]
    public void A_statement_of_several_checks_fails_where_one_of_them_does_and_together_means_all_statements()
    {
        var count = Count("k", """
            { claim = 1, text = "t", check = "mean.total[famipv6] >= 2 ms" },
            { claim = 1, text = "t", check = "slope(mean.total[famipv6], H) >= 2" },
            { claim = 1, text = "other", check = "mean.total[ipsec-fmipv6] > 0 ms" },
            "mean.total[famipv6] < 3 ms"
            """);
        Assert.Equal(["t", "other", "mean.total[famipv6] < 3 ms"], count.Statements.Select(statement => statement.Text));
        Assert.Equal([2, 1, 1], count.Statements.Select(statement => statement.Checks.Count));
        Assert.Equal([Verdict.Fails, Verdict.Holds, Verdict.Undecided], count.Statements[0].Verdicts);
        Assert.Equal([Verdict.Holds, Verdict.Fails, Verdict.Undecided], count.Statements[2].Verdicts);
        Assert.Equal([Verdict.Fails, Verdict.Fails, Verdict.Undecided], count.Together.Verdicts);
    }

    [Fact]
    public void Equal_slopes_are_equal_however_high_the_lines_lie() => Assert.Equal(
        [Verdict.Fails, Verdict.Holds, Verdict.Undecided],
        Count("k", "\"slope(mean.total[famipv6], H) > slope(mean.total[ipsec-fmipv6], H) when m == q\"").Statements[0].Verdicts);

    private static ReadingCount Count(string readings, string expectations) => ReadingCount.Of(
        Files.Plan($$"""
            experiment { name = x }
            schemes = [famipv6, ipsec-fmipv6]
            engines = [analytic]
            sweep { k = [1, 2, 4], m = [p, q], H = [1 ms, 2 ms] }
            delays { home = "$H" }
            readings = [{{readings}}]
            expect = [
            {{expectations}}
            ]
            """).Studies.Single(),
        new Formulas());
}
