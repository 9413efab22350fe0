using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.Results;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Tests.Experiments.Cluster;

/// <summary>Single steps of the coordinator's mind; whole runs of it are in <see cref="FaultScriptTests"/>.</summary>
public sealed class WorkDistributionTests
{
    private readonly MemoryStore _store = new();
    private readonly WorkDistribution _distribution;
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    public WorkDistributionTests() => _distribution = new WorkDistribution(
        SimulatedExperiment.Open(_store), new DistributionTerms(9, new MemberFacts(1, "1", "1", [], "0"), "text", [], "f", 1));

    [Fact]
    public void Every_lane_gets_work_before_any_gets_more()
    {
        var assigned = Join("a", 2);

        // One for each lane, and the third job to go on with; of jobs whose size nobody knows yet, no more.
        Assert.Equal([0, 0, 1], assigned.Select(assignment => assignment.Lane).Order());
        Assert.Equal([0, 1, 2], assigned.Select(assignment => assignment.Job).Order());
    }

    public static TheoryData<string, Func<ReplicationRecord, ReplicationRecord>> Flaws => new()
    {
        { "digest", record => record with { Digest = record.Digest ^ 1 } },
        { "metric", record => record with { Metrics = [.. record.Metrics[..^1], record.Metrics[^1] + 1] } },
        { "outcome", record => record with { Outcomes = OutcomeCounts.None } },
        { "distribution", record => record with { Distribution = [1] } },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public void Two_results_for_one_replication_end_the_run_and_name_it(string what, Func<ReplicationRecord, ReplicationRecord> flaw)
    {
        Assert.NotEmpty(what);
        var held = Join("a", 1)[0];
        _distribution.MemberLost("a", _now);
        var again = Join("b", 1).First(assignment => assignment.Item == held.Item);
        Answer("b", again);
        Answer("a", held);
        var problem = Assert.Throws<NonDeterminismException>(() => Answer("a", held, flaw));
        Assert.Contains($"replication {held.From} came out in two ways", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_lost_member_held_is_what_others_get_next()
    {
        var held = Join("a", 1);
        var other = Join("b", 1);
        _distribution.MemberLost("a", _now);
        Answer("b", other[0]);
        Assert.Subset(Assignments().Select(given => given.Item).ToHashSet(), held.Select(lost => lost.Item).ToHashSet());
    }

    [Fact]
    public void A_straggler_is_computed_by_a_second_member_and_counts_once()
    {
        var slow = Join("a", 1);
        var next = new Queue<Assignment>(Join("b", 1));
        var seen = new HashSet<long>();
        while (next.TryDequeue(out var assignment))
        {
            seen.Add(assignment.Item);
            _now += TimeSpan.FromSeconds(1);
            _distribution.Receive("a", new Holding(9, slow[0].Session, 0, [.. slow.Select(held => held.Item)]), _now);
            Answer("b", assignment);
            Assignments().Where(given => given.Session == assignment.Session).ToList().ForEach(next.Enqueue);
        }

        Assert.Subset(seen, slow.Select(held => held.Item).ToHashSet());
        Assert.True(_distribution.IsComplete);
    }

    [Fact]
    public void A_run_that_nobody_computes_is_given_up_after_its_time()
    {
        _distribution.Tick(TimeSpan.FromSeconds(59));
        Assert.False(_distribution.IsAbandoned);
        _distribution.Tick(TimeSpan.FromSeconds(61));
        Assert.True(_distribution.IsAbandoned);
    }

    [Fact]
    public void A_member_that_declines_is_told_once_and_left_alone()
    {
        _distribution.MemberSeen("a", _now);
        _distribution.Outbox.Clear();
        _distribution.Receive("a", new Declined(9, 1, "other version"), _now);
        Assert.Equal(["a takes no part: other version"], _distribution.Notes);
        _distribution.Tick(_now + TimeSpan.FromMinutes(1));
        Assert.Empty(_distribution.Outbox);
    }

    [Fact]
    public void A_result_of_the_wrong_form_is_as_none()
    {
        var held = Join("a", 1)[0];
        _distribution.Receive("a", new Result(9, 1, 0, held.Item, held.Job, held.From, TimeSpan.Zero, [new ReplicationRecord(held.From, [1], 1)], []), _now);
        _distribution.Receive("a", new Result(9, 1, 0, held.Item, 99, held.From, TimeSpan.Zero, [], []), _now);
        Assert.Equal(0, _distribution.Computed);
    }

    private List<Assignment> Join(string name, int lanes)
    {
        _distribution.MemberSeen(name, _now);
        var offer = _distribution.Outbox.Select(sent => sent.Message).OfType<Offer>().Last();
        _distribution.Outbox.Clear();
        _distribution.Receive(name, new Enlisted(9, offer.Session, lanes), _now);
        return Assignments();
    }

    private List<Assignment> Assignments()
    {
        var assigned = _distribution.Outbox.Select(sent => sent.Message).OfType<Assignment>().ToList();
        _distribution.Outbox.Clear();
        return assigned;
    }

    private void Answer(string name, Assignment assignment, Func<ReplicationRecord, ReplicationRecord>? flaw = null)
    {
        var width = SimulatedExperiment.Open(new MemoryStore())[assignment.Job].Metrics.Definitions.Count;
        var records = Enumerable.Range(assignment.From, assignment.Count).Select(index => SimulatedExperiment.Record(assignment.Job, index, width))
            .Select(record => flaw?.Invoke(record) ?? record).ToList();
        _distribution.Receive(name, new Result(9, assignment.Session, assignment.Lane, assignment.Item, assignment.Job, assignment.From, TimeSpan.FromMilliseconds(1), records, []), _now);
    }
}
