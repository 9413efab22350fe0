using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Results;
using Topology.Randomness;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Tests.Experiments.Cluster;

/// <summary>
/// The coordinator's and the members' minds in virtual time, on a network and in processes that fail as a script says. Messages
/// travel as their bytes. Membership is what the cluster would tell: unreachable after four seconds, gone after ten.
/// </summary>
internal sealed class SimulatedCluster
{
    public const string Coordinator = "coordinator";
    private static readonly TimeSpan UnreachableAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JoinsAfter = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly MemberFacts Facts = new(1, "1", "1", [], "0");
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private RandomStream _draw;
    private readonly SortedDictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly MemoryStore _store = new();
    private readonly (int Job, int Index)? _poison;
    private readonly bool _poisonKills;
    private IReadOnlyList<CellJob> _jobs = [];
    private WorkDistribution? _distribution;
    private int[] _stored = [];
    private TimeSpan _now;
    private TimeSpan _jump;
    private long _number;
    private long _run;

    public SimulatedCluster(ulong seed)
    {
        _draw = RandomStream.For(seed, 0, 0, StreamPurpose.Bench);
        Poisoned = _draw.NextInt32(8) == 0;
        if (Poisoned)
            (_poison, _poisonKills) = ((_draw.NextInt32(SimulatedExperiment.Jobs), _draw.NextInt32(64)), _draw.NextInt32(2) == 0);
        for (var i = 0; i < 2 + _draw.NextInt32(3); i++)
            _members.Add($"member-{i}", new Member($"member-{i}", 1 + _draw.NextInt32(2), TimeSpan.FromMilliseconds(0.3 * (1 + _draw.NextInt32(10)))));
    }

    public bool Poisoned { get; }

    public (int Job, int Index)? Poison => _poison;

    /// <summary>Share of the messages that are lost, sent twice, or held back for up to three seconds: 0 to 1, each.</summary>
    public (double Lost, double Twice, double Late) Network { get; set; }

    public IReadOnlyList<string> Members => [.. _members.Keys];

    public int Draw(int below) => _draw.NextInt32(below);

    public void At(TimeSpan time, Action act) => _events.Enqueue(act, (time, _number++));

    /// <summary>Runs to the end of the experiment; count and digest of every job.</summary>
    /// <exception cref="TimeoutException">It does not come to its end.</exception>
    public IReadOnlyList<(int Count, ulong Digest)> Run()
    {
        StartCoordinator();
        foreach (var member in _members.Values)
            Start(member);
        At(TimeSpan.Zero, Tick);
        while (_distribution is null || !_distribution.IsComplete)
        {
            if (!_events.TryDequeue(out var act, out var when) || when.At > Longest)
                throw new TimeoutException("the run does not end");
            _now = when.At;
            act();
        }

        foreach (var job in _jobs)
        {
            var stored = _store.Find(job.Cell.Key)!;
            Assert.Equal((job.Samples.Count, job.Samples.Digest), (stored.Replications, stored.Digest));
        }

        return [.. _jobs.Select(job => (job.Samples.Count, job.Samples.Digest))];
    }

    public void CrashCoordinator(TimeSpan restartAfter)
    {
        if (_distribution is null)
            return;
        _distribution = null;
        var run = _run;
        At(_now + GoneAfter, () =>
        {
            foreach (var member in _members.Values)
            {
                if (member.Duty?.Run == run)
                    member.Duty = null;
            }
        });
        At(_now + restartAfter, StartCoordinator);
    }

    /// <summary>kill -9 and a new start.</summary>
    public void Crash(string name, TimeSpan restartAfter)
    {
        var member = _members[name];
        if (!member.Runs)
            return;
        member.Runs = false;
        member.Life++;
        member.Duty = null;
        Unreachable(member, _now);
        At(_now + restartAfter, () => Start(member));
    }

    /// <summary>The member and the coordinator do not hear one another for a while.</summary>
    public void Cut(string name, TimeSpan duration)
    {
        var member = _members[name];
        if (member.Cut || !member.Runs)
            return;
        member.Cut = true;
        Unreachable(member, _now);
        At(_now + duration, () => Mend(member, () => member.Cut = false));
    }

    /// <summary>SIGSTOP and SIGCONT: nothing happens in the member meanwhile, then everything at once.</summary>
    public void Stop(string name, TimeSpan duration)
    {
        var member = _members[name];
        if (member.StoppedUntil > _now || !member.Runs)
            return;
        member.StoppedUntil = _now + duration;
        Unreachable(member, _now);
        At(member.StoppedUntil, () => Mend(member, () => { }));
    }

    /// <summary>The coordinator's clock leaps ahead.</summary>
    public void Jump(TimeSpan by) => _jump += by;

    private void StartCoordinator()
    {
        _run++;
        _jobs = SimulatedExperiment.Open(_store);
        _stored = [.. _jobs.Select(job => job.Samples.Count)];
        _distribution = new WorkDistribution(_jobs, new DistributionTerms(_run, Facts, "text", [], "f", 1) { Alone = null });
        foreach (var member in _members.Values.Where(member => member.IsKnown && !member.IsUnreachable))
            Tell(distribution => distribution.MemberSeen(member.Name, Now));
    }

    private TimeSpan Now => _now + _jump;

    private void Start(Member member)
    {
        member.Runs = true;
        var life = ++member.Life;
        At(_now + JoinsAfter, () =>
        {
            if (member.Life != life)
                return;
            if (member.IsKnown)
                Gone(member);
            member.Fault++;
            (member.IsKnown, member.IsUnreachable) = (true, false);
            if (member.Cut || member.StoppedUntil > _now)
                Unreachable(member, _now);
            Tell(distribution => distribution.MemberSeen(member.Name, Now));
        });
    }

    private void Unreachable(Member member, TimeSpan since)
    {
        var fault = ++member.Fault;
        At(since + UnreachableAfter, () =>
        {
            if (member.Fault != fault || !member.IsKnown)
                return;
            member.IsUnreachable = true;
            Tell(distribution => distribution.MemberLost(member.Name, Now));
        });
        At(since + GoneAfter, () =>
        {
            if (member.Fault == fault && member.IsKnown)
                Gone(member);
        });
    }

    /// <summary>The fault is over. A member that the others have put out starts anew, as handover node does.</summary>
    private void Mend(Member member, Action mend)
    {
        mend();
        member.Fault++;
        if (!member.Runs)
        {
            Unreachable(member, _now);
        }
        else if (!member.IsKnown)
        {
            member.Duty = null;
            Start(member);
        }
        else if (member.IsUnreachable)
        {
            member.IsUnreachable = false;
            Tell(distribution => distribution.MemberBack(member.Name, Now));
        }
    }

    private void Gone(Member member)
    {
        (member.IsKnown, member.IsUnreachable) = (false, false);
        Tell(distribution => distribution.MemberGone(member.Name, Now));
    }

    private void Tick()
    {
        Tell(distribution => distribution.Tick(Now));
        foreach (var member in _members.Values.Where(member => member.Runs && member.StoppedUntil <= _now))
        {
            member.Duty?.Tick(_now);
            Flush(member);
        }

        At(_now + TimeSpan.FromMilliseconds(200), Tick);
    }

    private void Tell(Action<WorkDistribution> tell)
    {
        if (_distribution is not { } distribution)
            return;
        tell(distribution);
        foreach (var (to, message) in distribution.Outbox)
        {
            if (message is Assignment assignment)
                Assert.True(assignment.From >= _stored[assignment.Job], $"replication {assignment.From} of job {assignment.Job} was stored and is computed again");
            var member = _members[to];
            Send(message, member, read => Deliver(member, read));
        }

        distribution.Outbox.Clear();
    }

    private void Send(ClusterMessage message, Member member, Action<ClusterMessage> deliver)
    {
        for (var copies = Chance(Network.Twice) ? 2 : 1; copies > 0; copies--)
        {
            if (member.Cut || Chance(Network.Lost))
                continue;
            var delay = TimeSpan.FromMilliseconds(0.1 + (_draw.NextInt32(1000) / 500.0) + (Chance(Network.Late) ? _draw.NextInt32(3000) : 0));
            var bytes = MessageCodec.Bytes(message);
            At(_now + delay, () =>
            {
                if (!member.Cut)
                    deliver(MessageCodec.Read(MessageCodec.ManifestOf(message), bytes));
            });
        }
    }

    private bool Chance(double share) => share > 0 && _draw.NextInt32(1000) < share * 1000;

    /// <summary>What the actor around a member's mind does.</summary>
    private void Deliver(Member member, ClusterMessage message)
    {
        if (!member.Runs)
            return;
        if (member.StoppedUntil > _now)
        {
            var life = member.Life;
            At(member.StoppedUntil, () =>
            {
                if (member.Life == life)
                    Deliver(member, message);
            });
            return;
        }

        switch (message)
        {
            case Offer offer when member.Duty is null || MemberDuty.IsNewer(offer, member.Duty.Run, member.Duty.Session):
                if (member.Duty is { } known && offer.Run < known.Run)
                    return;
                member.Duty = new MemberDuty(offer.Run, offer.Session, member.Lanes);
                member.Duty.Offered();
                break;
            case Offer offer when offer.Session == member.Duty.Session:
                member.Duty.Offered();
                break;
            case Assignment assignment when member.Duty is { } duty && (duty.Run, duty.Session) == (assignment.Run, assignment.Session):
                duty.Assigned(assignment);
                break;
        }

        Flush(member);
    }

    private void Flush(Member member)
    {
        if (member.Duty is not { } duty)
            return;
        foreach (var message in duty.Outbox)
            Send(message, member, read => Tell(distribution => distribution.Receive(member.Name, read, Now)));
        duty.Outbox.Clear();
        foreach (var assignment in duty.Begin)
            Compute(member, duty, assignment);
        duty.Begin.Clear();
    }

    private void Compute(Member member, MemberDuty duty, Assignment assignment)
    {
        var (life, each) = (member.Life, member.Each);
        var poisoned = _poison is { } poison && poison.Job == assignment.Job && poison.Index >= assignment.From && poison.Index < assignment.From + assignment.Count;
        var count = poisoned ? _poison!.Value.Index - assignment.From + 1 : assignment.Count;
        At(_now + (each * count), Done);

        void Done()
        {
            if (member.Life != life || member.Duty != duty)
                return;
            if (member.StoppedUntil > _now)
            {
                At(member.StoppedUntil, Done);
                return;
            }

            if (poisoned && _poisonKills)
            {
                Crash(member.Name, TimeSpan.FromSeconds(1));
                return;
            }

            var width = _jobs[assignment.Job].Metrics.Definitions.Count;
            if (poisoned)
                duty.Failed(assignment.Lane, _poison!.Value.Index, "it throws", null);
            else
                duty.Finished(assignment.Lane, each * count, [.. Enumerable.Range(assignment.From, count).Select(index => SimulatedExperiment.Record(assignment.Job, index, width))], []);
            Flush(member);
        }
    }

    private sealed class Member(string name, int lanes, TimeSpan each)
    {
        public string Name => name;

        public int Lanes => lanes;

        /// <summary>What a replication takes it.</summary>
        public TimeSpan Each => each;

        public MemberDuty? Duty { get; set; }

        public bool Runs { get; set; }

        public bool Cut { get; set; }

        public TimeSpan StoppedUntil { get; set; }

        /// <summary>Counts its starts and ends.</summary>
        public int Life { get; set; }

        /// <summary>Counts its faults and their ends.</summary>
        public int Fault { get; set; }

        /// <summary>The cluster has it as a member.</summary>
        public bool IsKnown { get; set; }

        public bool IsUnreachable { get; set; }
    }
}
