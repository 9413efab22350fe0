using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Results;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Distribution;

/// <summary>
/// A member's mind for one session of one run: what its lanes compute, and what comes next. Like
/// <see cref="WorkDistribution"/> it is told what happens, and says what it wants sent and begun.
/// </summary>
internal sealed class MemberDuty(long run, long session, int lanes)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private readonly List<Assignment>[] _queues = [.. Enumerable.Range(0, lanes).Select(_ => new List<Assignment>())];
    private readonly bool[] _busy = new bool[lanes];
    private TimeSpan? _pulsed;
    private long _computed;
    private bool _leaving;

    public long Run => run;

    public long Session => session;

    /// <summary>To the coordinator; the caller takes it out.</summary>
    public List<ClusterMessage> Outbox { get; } = [];

    /// <summary>What lanes are to begin now; the caller takes it out.</summary>
    public List<Assignment> Begin { get; } = [];

    /// <summary>No lane computes anything.</summary>
    public bool IsIdle => _busy.All(busy => !busy);

    /// <summary>Whether an offer of the same coordinator is a newer one than this session's; what is delayed on the way is not.</summary>
    public static bool IsNewer(Offer offer, long run, long session) => offer.Run != run || offer.Session > session;

    /// <summary>The coordinator offered this session, perhaps once more because the answer was lost.</summary>
    public void Offered() => Outbox.Add(new Enlisted(run, session, lanes));

    public void Assigned(Assignment assignment)
    {
        if (_leaving || assignment.Lane >= lanes || assignment.Count < 1)
            return;
        _queues[assignment.Lane].Add(assignment);
        Next(assignment.Lane);
    }

    /// <summary>A lane has computed what it had begun.</summary>
    public void Finished(int lane, TimeSpan elapsed, IReadOnlyList<ReplicationRecord> records, IReadOnlyList<FailedReplication> failures)
    {
        var done = Done(lane);
        _computed += records.Count;
        Outbox.Add(new Result(run, session, lane, done.Item, done.Job, done.From, elapsed, records, failures));
        Next(lane);
    }

    /// <summary>A replication took the lane down, or never ended; the caller has made the lane anew.</summary>
    public void Failed(int lane, int index, string reason, string? detail)
    {
        Outbox.Add(new Trouble(run, session, lane, Done(lane).Item, index, reason, detail));
        Next(lane);
    }

    /// <summary>To be told a few times a second.</summary>
    public void Tick(TimeSpan now)
    {
        if (now - _pulsed < Pulse)
            return;
        _pulsed = now;
        Outbox.Add(new Holding(run, session, _computed, [.. _queues.SelectMany(queue => queue).Select(assignment => assignment.Item)]));
    }

    /// <summary>The member wants to leave: what has begun is ended, the rest is the coordinator's again.</summary>
    public void Leave()
    {
        _leaving = true;
        for (var lane = 0; lane < lanes; lane++)
            _queues[lane].RemoveRange(_busy[lane] ? 1 : 0, _queues[lane].Count - (_busy[lane] ? 1 : 0));
        Outbox.Add(new Leaving(run, session));
    }

    private Assignment Done(int lane)
    {
        var done = _queues[lane][0];
        _queues[lane].RemoveAt(0);
        _busy[lane] = false;
        return done;
    }

    private void Next(int lane)
    {
        if (_busy[lane] || _queues[lane].Count == 0)
            return;
        _busy[lane] = true;
        Begin.Add(_queues[lane][0]);
    }
}
