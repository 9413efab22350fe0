using CsCheck;
using Experiments.Statistics;

namespace Tests.Experiments.Statistics;

public class StoppingRuleTests
{
    private static readonly StoppingRule Rule = new(Precision: 0.01, Confidence: 0.95, Batch: 32, MaxReplications: 20000);

    private static Estimate At(double relative) => new(100, new Interval(100 - 100 * relative, 100 + 100 * relative));

    [Fact]
    public void Stops_when_the_worst_watched_statistic_is_precise_enough()
    {
        Assert.Equal(StopState.Continue, Rule.Decide(320, [At(0.005), At(0.011)]).State);
        Assert.Equal(StopState.PrecisionReached, Rule.Decide(320, [At(0.005), At(0.01)]).State);
        Assert.Equal(1, Rule.Decide(320, [At(0.005), At(0.01)]).Worst);
    }

    [Fact]
    public void No_spread_is_believed_after_two_batches_only()
    {
        Assert.Equal(StopState.Continue, Rule.Decide(32, [At(0)]).State);
        Assert.Equal(StopState.PrecisionReached, Rule.Decide(64, [At(0)]).State);
    }

    [Fact]
    public void A_maximum_below_the_batch_shortens_it()
    {
        var rule = Rule with { MaxReplications = 10 };
        Assert.Equal(10, rule.NextTest(0));
        Assert.Equal(StopState.PrecisionReached, rule.Decide(10, [At(0)]).State);
        Assert.Equal(StopState.MaximumReached, rule.Decide(10, [At(0.5)]).State);
    }

    [Fact]
    public void Tests_fall_on_whole_batches_and_on_the_maximum() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 1000], Gen.Int[0, 999]).Sample((batch, maximum, done) =>
        {
            var next = (Rule with { Batch = batch, MaxReplications = maximum }).NextTest(done);
            return done >= maximum ? next == maximum
                : next > done && next - done <= batch && (next % batch == 0 || next == maximum);
        });

    [Fact]
    public void Nothing_watched_runs_to_the_maximum()
    {
        Assert.Equal(StopState.Continue, Rule.Decide(19968, []).State);
        Assert.Equal(StopState.MaximumReached, Rule.Decide(20000, []).State);
    }

    [Fact]
    public void Message_of_a_missed_precision_names_statistic_width_and_need() =>
        Assert.Equal(
            "fig4: HO4001 precision 1 % not reached: total +-1.8 % after 20000 replications (about 64800 needed). Exit 3.",
            Rule.NotReached("fig4", "total", Rule.Decide(20000, [At(0.018)])));

    [Fact]
    public void Message_around_a_zero_mean_foretells_nothing() =>
        Assert.Equal(
            "fig4: HO4001 precision 1 % not reached: total has no relative interval after 20000 replications. Exit 3.",
            Rule.NotReached("fig4", "total", Rule.Decide(20000, [new Estimate(0, new Interval(-1, 1))])));
}
