using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Experiments.MonteCarlo;
using Tests.Actors.Kernel;
using Tests.Actors.Placement;
using Tests.Experiments.Configuration;
using Topology.Plans;
using Outcome = Actors.Observation.Outcome;

namespace Tests.Experiments.MonteCarlo;

/// <summary>What a warm-up cuts off, and that it cuts off nothing else.</summary>
public sealed class WarmUpTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private const string Text = """
        experiment { name = x, seed = 3 }
        schemes = [ipsec-fmipv6]
        topology { generate = hmipv6, domains = 4, routers-per-map = 4, core { model = grid } }
        mobiles { count = 40, mobility { model = gauss-markov, speed = 10..40 m/s, hysteresis = 0 m, ping-pong = 5 s } }
        traffic { model = cbr, duration = 1 s }
        run { duration = 10 s, replications = 2 }
        """;

    private static readonly SchemeLibrary Schemes = new(HandoverSchemes.All);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cut_leaves_exactly_the_handovers_triggered_at_it_or_after_and_the_run_as_it_is(int partitions)
    {
        var (whole, triggers) = Whole();
        var instants = triggers.Values.Order().ToList();
        foreach (var cut in new[] { 0, 1, instants[0].Ticks, instants[instants.Count / 3].Ticks, instants[instants.Count / 2].Ticks + 1, instants[^1].Ticks, instants[^1].Ticks + 1 })
        {
            var run = Run(cut, partitions);
            Assert.Equal(
                whole.Handovers.Where(row => triggers[row.Key].Ticks >= cut).Select(Row),
                run.Handovers.Select(Row));
            Assert.Equal((whole.Begun, whole.Handovers.Count - run.Ended, 0), (run.Begun, run.LeftOut, run.NeverEnded));
            Assert.Equal(Rest(whole), Rest(run));
        }
    }

    [Fact]
    public void Distribution_is_that_of_the_handovers_that_are_left()
    {
        var cut = Middle(Whole().Triggers).Ticks;
        var (rows, counted) = (Run(cut), Run(cut, histogram: true));
        Assert.Equal((rows.Ended, rows.LeftOut), (counted.Ended, counted.LeftOut));
        Assert.True(rows is { Ended: > 0, LeftOut: > 0 });
        var totals = rows.Handovers.Where(row => !row.Outcome.IsFailure && row.TotalTicks >= 0).Select(row => row.TotalTicks).ToList();
        Assert.Equal((totals.Count, totals.Sum()), (counted.Distribution!.Total.Count, counted.Distribution.Total.SumTicks));
        Assert.Equal(
            rows.Handovers.GroupBy(row => row.Outcome.Name).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())),
            counted.Distribution.Outcomes.GroupBy(outcome => outcome.Name).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum(one => one.Count))));
    }

    [Fact]
    public void Ping_pongs_before_the_cut_are_not_counted()
    {
        var counts = new[] { 0.0, 2, 5, 8, 9.9 }.Select(seconds => Run((long)(seconds * TimeSpan.TicksPerSecond)).PingPongs!.Value).ToList();
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(counts[0] > counts[2] && counts[2] > counts[^1], string.Join(", ", counts));
    }

    [Fact]
    public void Network_over_several_members_leaves_out_what_one_process_does()
    {
        var scenario = Of(Middle(Whole().Triggers).Ticks, 1, histogram: false);
        using var network = new UnrulyNetwork(2, 1);
        var alone = Spanning.InOneProcess(system.System, scenario, 1).Single();
        var together = Spanning.Over(system.System, scenario, [1, 1], 1, network).Single();
        Assert.Equal(Spanning.Text(alone), Spanning.Text(together));
        Assert.True(alone.LeftOut > 0);
        Assert.Equal((alone.LeftOut, alone.PingPongs), (together.LeftOut, together.PingPongs));
    }

    [Fact]
    public void Means_per_handover_of_what_is_counted_for_the_whole_run_stay()
    {
        var cut = Middle(Whole().Triggers).Ticks;
        var (whole, after) = (Record(0), Record(cut));
        foreach (var metric in whole.Keys.Where(name => name.StartsWith("signalling.", StringComparison.Ordinal) || name.StartsWith("crypto.", StringComparison.Ordinal) || name.StartsWith("packets.", StringComparison.Ordinal)))
            Assert.Equal(whole[metric], after[metric]);
        Assert.Equal(whole["handovers"], after["handovers"] + after["handovers.left-out"]);
        Assert.NotEqual(whole["total"], after["total"]);
        Assert.DoesNotContain("handovers.left-out", whole.Keys);
    }

    private Dictionary<string, long> Record(long cut)
    {
        var cell = Files.Plan(Text, catalogue: Schemes).Cells.Single() with { WarmUp = new TimeSpan(cut) };
        var metrics = CellMetrics.Of(cell, Schemes);
        var record = metrics.Of(0, Run(cut));
        return metrics.Definitions.Select((metric, index) => (metric.Name, record.Metrics[index])).ToDictionary();
    }

    private RunRecord Run(long cut, int partitions = 1, bool histogram = false)
    {
        using var simulation = new Simulation(system.System, Of(cut, partitions, histogram));
        return simulation.Run(3, 0);
    }

    /// <summary>The run without a cut, and when each handover was triggered.</summary>
    private (RunRecord Run, IReadOnlyDictionary<HandoverKey, SimTime> Triggers) Whole()
    {
        var triggers = new Triggers();
        using var simulation = new Simulation(system.System, Of(0, 1, histogram: false)) { Observer = triggers };
        var run = simulation.Run(3, 0);
        Assert.True(run.Ended > 50);
        Assert.Equal((run.Ended, 0, 0), (run.Begun, run.LeftOut, run.NeverEnded));
        return (run, triggers.OfHandovers);
    }

    private static Scenario Of(long cut, int partitions, bool histogram) => CellScenario.Of(
        Files.Plan(Text, catalogue: Schemes).Cells.Single() with { WarmUp = new TimeSpan(cut), RecordsDistribution = histogram }, Schemes, partitions);

    private static SimTime Middle(IReadOnlyDictionary<HandoverKey, SimTime> triggers) => triggers.Values.Order().ElementAt(triggers.Count / 2);

    private static string Row(HandoverRecord row) =>
        $"{row.Key} {row.Outcome} {row.CompletedAt} {row.TotalTicks} {string.Join(',', row.PhaseTicks)} {row.InterruptionTicks} {row.FullTicks}";

    /// <summary>All of a run but its handovers.</summary>
    private static string Rest(RunRecord run) => Spanning.Text(run with { Handovers = [] });

    private sealed class Triggers : INetworkObserver
    {
        private readonly Dictionary<NodeId, SimTime> _latest = [];

        public Dictionary<HandoverKey, SimTime> OfHandovers { get; } = [];

        public void Marked(SimTime at, NodeId node, Mark mark)
        {
            if (mark == Mark.Trigger)
                _latest[node] = at;
        }

        public void Completed(SimTime at, HandoverKey handover, Outcome outcome) => OfHandovers.Add(handover, _latest[handover.Mobile]);
    }
}
