using Experiments.Plans;
using Experiments.Plans.Expectations;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Plans;

public class ExpectationEvaluatorTests
{
    /// <summary>famipv6 = 48 + 4H, ipsec-fmipv6 = 33 + 2H + 2Ts, each with an interval of the given half-width.</summary>
    private class Formulas(double halfWidth, string? missing = null) : IExpectationData
    {
        public Estimate? Find(string study, Engine engine, string scheme, ValueList<SweptValue> swept, MetricStatistic what)
        {
            double Of(string name) => (double)swept.First(value => value.Name == name).Value.Value;
            if (scheme == missing || what != new MetricStatistic("mean", "total"))
                return null;
            var value = scheme == "famipv6" ? 48 + 4 * Of("H") : 33 + 2 * Of("H") + 2 * Of("Ts");
            var width = engine == Engine.Analytic ? 0 : halfWidth;
            return new Estimate(value, value - width, value + width);
        }
    }

    /// <summary>In which the replications of both schemes are paired.</summary>
    private sealed class Paired() : Formulas(100), IExpectationData
    {
        public Estimate? Difference(string study, Engine engine, string scheme, string other, ValueList<SweptValue> swept, MetricStatistic what)
        {
            var difference = Find(study, Engine.Analytic, scheme, swept, what)!.Value.Value - Find(study, Engine.Analytic, other, swept, what)!.Value.Value;
            return new Estimate(difference, difference - 1, difference + 1);
        }
    }

    [Fact]
    public void The_difference_of_two_schemes_is_taken_replication_by_replication()
    {
        const string check = "mean.total[famipv6, simulation] - mean.total[ipsec-fmipv6, simulation] > 15 ms when H == 10 ms";
        Assert.Equal((Verdict.Undecided, Verdict.Holds), (Evaluate(check, new Formulas(100)).Verdict, Evaluate(check, new Paired()).Verdict));
    }

    [Theory]
    [InlineData("mean.total[ipsec-fmipv6] < mean.total[famipv6] when H >= 10 ms", Verdict.Holds, 4)]
    [InlineData("mean.total[ipsec-fmipv6] < mean.total[famipv6]", Verdict.Fails, 6)]
    [InlineData("mean.total[ipsec-fmipv6] > mean.total[famipv6] when H < 0.5 ms", Verdict.Undecided, 2)]
    [InlineData("mean.total[ipsec-fmipv6, analytic] > mean.total[famipv6, analytic] when H < 0.5 ms", Verdict.Holds, 1)]
    [InlineData("mean.total[famipv6] - mean.total[ipsec-fmipv6] > 15 ms when H == 10 ms", Verdict.Holds, 2)]
    [InlineData("mean.total[famipv6] - mean.total[ipsec-fmipv6] > 30 ms when H == 10 ms", Verdict.Fails, 2)]
    [InlineData("mean.total[famipv6, analytic] <= 48 ms + 4 * H", Verdict.Holds, 3)]
    [InlineData("mean.total[famipv6, analytic] / mean.total[ipsec-fmipv6, analytic] > 1.2 when H > 0 ms", Verdict.Holds, 2)]
    [InlineData("(mean.total[famipv6] + 2 ms) * 2 > 97 ms", Verdict.Holds, 6)]
    [InlineData("slope(mean.total[famipv6], H) > slope(mean.total[ipsec-fmipv6], H)", Verdict.Holds, 2)]
    [InlineData("slope(mean.total[famipv6], H) > 4.5", Verdict.Fails, 2)]
    [InlineData("slope(mean.total[famipv6, analytic], H) >= 4 when H <= 10 ms", Verdict.Holds, 1)]
    [InlineData("mean.pre[famipv6] < 30 ms", Verdict.Undecided, 6)]
    public void Expectation_gets_its_verdict(string check, Verdict verdict, int points)
    {
        var result = Evaluate(check, new Formulas(halfWidth: 1));
        Assert.Equal((verdict, points), (result.Verdict, result.Points));
        Assert.Equal(verdict == Verdict.Holds, result.Details.Count == 0);
    }

    [Fact]
    public void Counterexamples_name_the_point_and_both_values() => Assert.Equal(
        ["H = 0 ms, Ts = 8 ms (analytic): 49 is not < 48", "H = 0 ms, Ts = 8 ms (simulation): 49 is not < 48"],
        Evaluate("mean.total[ipsec-fmipv6] < mean.total[famipv6]", new Formulas(halfWidth: 0.1)).Details);

    [Fact]
    public void Missing_result_leaves_it_undecided() => Assert.Equal(
        Verdict.Undecided, Evaluate("mean.total[ipsec-fmipv6] < mean.total[famipv6] when H > 0 ms", new Formulas(0, missing: "famipv6")).Verdict);

    private static ExpectationResult Evaluate(string check, IExpectationData data)
    {
        var study = Files.Plan($$"""
            experiment { name = x }
            schemes = [famipv6, ipsec-fmipv6]
            engines = [analytic, simulation]
            sweep { H = [0 ms, 10 ms, 20 ms], Ts = [8 ms] }
            delays { home = "$H" }
            crypto { sign = "$Ts" }
            expect = ["{{check}}"]
            """).Studies.Single();
        return new ExpectationEvaluator(study, data).Evaluate(study.Expectations.Single());
    }
}
