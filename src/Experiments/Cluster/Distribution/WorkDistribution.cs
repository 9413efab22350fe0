using System.Globalization;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Results;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Distribution;

/// <summary>
/// The coordinator's mind: which replications which lane of which member computes, and what becomes of the results. It knows
/// no clock, no network and no thread: what happens is told to it with the time, and what it wants sent stands in
/// <see cref="Outbox"/>. Members may vanish, stall, come back and answer twice, and messages be lost; each replication still
/// counts once, in the order of its index, since the jobs fold by index and an item leaves the books with its first result.
/// </summary>
internal sealed partial class WorkDistribution(IReadOnlyList<CellJob> jobs, DistributionTerms terms)
{
    private const int Split = 32;
    private readonly SortedDictionary<string, DistributionMember> _members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, WorkItem> _open = [];
    private readonly SortedSet<(int Job, int From, long Id)> _returned = [];
    private readonly SortedSet<(int Job, int From, long Id)> _suspects = [];
    private readonly double?[] _secondsEach = new double?[jobs.Count];
    private long _lastSession;
    private long _lastItem;
    private TimeSpan _aloneSince;

    /// <summary>What is to be sent, and to which member; the caller takes it out.</summary>
    public List<(string To, ClusterMessage Message)> Outbox { get; } = [];

    /// <summary>What the user should know, a line each; the caller takes it out.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Replications that came in and counted.</summary>
    public long Computed { get; private set; }

    /// <summary>Assignments that were handed out more than once.</summary>
    public int Reissued { get; private set; }

    public bool IsComplete => jobs.All(job => job.IsComplete);

    /// <summary>Nobody has computed for as long as the terms allow.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>The members at work.</summary>
    public IReadOnlyList<MemberProgress> Members(TimeSpan now) =>
        [.. _members.Values.Where(member => member.Works).Select(member => new MemberProgress(member.Address, member.Lanes.Length, member.Rate(now)))];

    /// <summary>The cluster has a member that computes.</summary>
    public void MemberSeen(string address, TimeSpan now)
    {
        if (_members.ContainsKey(address))
            return;
        var member = new DistributionMember(address);
        _members.Add(address, member);
        Offer(member, now);
    }

    /// <summary>The member cannot be reached; it may come back. Others get its work at once.</summary>
    public void MemberLost(string address, TimeSpan now)
    {
        if (!_members.TryGetValue(address, out var member) || !member.Reachable)
            return;
        member.Reachable = false;
        Withdraw(member);
        Assign(now);
    }

    /// <summary>A member that could not be reached can be again: it starts over.</summary>
    public void MemberBack(string address, TimeSpan now)
    {
        if (!_members.TryGetValue(address, out var member) || member.Reachable)
            return;
        member.Reachable = true;
        Offer(member, now);
    }

    /// <summary>The member is no longer one. If it was lost, then with what its lanes computed: one of that may be why.</summary>
    public void MemberGone(string address, TimeSpan now)
    {
        if (!_members.Remove(address, out var member))
            return;
        Withdraw(member);
        foreach (var item in member.Retired ? [] : member.LostWith)
            Suspect(item, $"{member.Address} was lost while it computed it");

        Assign(now);
    }

    public void Receive(string from, ClusterMessage message, TimeSpan now)
    {
        if (message is ClusterMessage.Result result)
        {
            // Results count whatever became of their member meanwhile.
            if (result.Run == terms.Run)
                Receive(from, result, now);
            return;
        }

        if (!_members.TryGetValue(from, out var member))
            return;
        switch (message)
        {
            case Enlisted enlisted when IsPresent(enlisted.Run, enlisted.Session) && member is { Lanes.Length: 0, Retired: false }:
                member.Lanes = [.. Enumerable.Range(0, enlisted.Lanes).Select(_ => new Lane())];
                break;
            case Declined declined when IsPresent(declined.Run, declined.Session) && !member.Retired:
                member.Retired = true;
                Notes.Add($"{from} takes no part: {declined.Reason}");
                break;
            case Holding holding when IsPresent(holding.Run, holding.Session):
                Reconcile(member, holding, now);
                break;
            case Trouble trouble when IsPresent(trouble.Run, trouble.Session):
                Receive(member, trouble);
                break;
            case Leaving leaving when IsPresent(leaving.Run, leaving.Session) && !member.Retired:
                member.Retired = true;
                foreach (var lane in member.Lanes)
                    Release(lane, (place, _) => place > 0);
                break;
            default:
                return;
        }

        member.Heard = now;
        Assign(now);

        bool IsPresent(long run, long session) => run == terms.Run && session == member.Session;
    }

    /// <summary>To be told a few times a second.</summary>
    public void Tick(TimeSpan now)
    {
        foreach (var member in _members.Values.Where(member => member is { Reachable: true, Retired: false }))
        {
            if (member.Lanes.Length > 0 && now - member.Heard > terms.Silence)
            {
                Withdraw(member);
                Offer(member, now);
            }
            else if (member.Lanes.Length == 0 && now - member.Offered > terms.OfferAgain)
            {
                member.Offered = now;
                SendOffer(member);
            }
        }

        if (_members.Values.Any(member => member.Works))
            _aloneSince = now;
        IsAbandoned = now - _aloneSince > terms.Alone;
        Assign(now);
    }

    /// <summary>The run is over, for whatever reason: members need not compute any more.</summary>
    public void Dismiss()
    {
        foreach (var member in _members.Values)
            Outbox.Add((member.Address, new Dismissed(terms.Run)));
    }

    private void Offer(DistributionMember member, TimeSpan now)
    {
        member.Session = ++_lastSession;
        member.Offered = member.Heard = now;
        member.LostWith = [];
        SendOffer(member);
    }

    private void SendOffer(DistributionMember member) => Outbox.Add((member.Address,
        new Offer(terms.Run, member.Session, terms.Facts, terms.Experiment, terms.Files, terms.Fingerprint, terms.Partitions)));

    private void Receive(string from, ClusterMessage.Result result, TimeSpan now)
    {
        if (result.Job >= jobs.Count || result.Records.Any(record => record.Metrics.Length != jobs[result.Job].Metrics.Definitions.Count))
            return;
        if (_members.TryGetValue(from, out var member) && result.Session == member.Session && result.Lane < member.Lanes.Length)
        {
            Release(member.Lanes[result.Lane], (_, held) => held.Item.Id == result.Item);
            member.Computed(result.Records.Count, now);
            member.Heard = now;
        }

        var job = jobs[result.Job];
        if (_open.TryGetValue(result.Item, out var item) && (item.Job, item.From, item.Count) == (result.Job, result.From, result.Records.Count))
        {
            Close(item);
            var each = result.Elapsed.TotalSeconds / item.Count;
            _secondsEach[item.Job] = _secondsEach[item.Job] is { } known ? (known + each) / 2 : each;
            if (!job.IsComplete)
            {
                Computed += item.Count;
                job.Fold(item.From, [.. result.Records], result.Failures);
                if (job.IsComplete)
                    CloseAll(job);
            }
        }
        else
        {
            Compare(from, job, result.Records);
        }

        Assign(now);
    }

    /// <summary>A replication that has come in before must be the same to the last bit.</summary>
    private static void Compare(string from, CellJob job, IReadOnlyList<ReplicationRecord> records)
    {
        foreach (var record in records)
        {
            if (job.Find(record.Index) is { } known && !known.Agrees(record))
            {
                throw new NonDeterminismException(string.Create(CultureInfo.InvariantCulture,
                    $"{CellStatistics.NameOf(job.Cell)}: replication {record.Index} came out in two ways, digests {known.Digest:x16} and {record.Digest:x16} (the latter from {from}). Do not trust this run; compare the machines of its members."));
            }
        }
    }

    /// <summary>Work that the member should have and does not say it has was lost under way.</summary>
    private void Reconcile(DistributionMember member, Holding holding, TimeSpan now)
    {
        var said = holding.Items.ToHashSet();
        foreach (var lane in member.Lanes)
            Release(lane, (_, held) => !said.Contains(held.Item.Id) && now - held.Issued > terms.UnderWay);
    }

    private void Receive(DistributionMember member, Trouble trouble)
    {
        if (trouble.Lane >= member.Lanes.Length
            || member.Lanes[trouble.Lane].Held.Find(held => held.Item.Id == trouble.Item).Item is not { } item)
            return;
        Release(member.Lanes[trouble.Lane], (_, held) => held.Item == item);
        if (!_open.ContainsKey(item.Id))
            return;
        var before = trouble.Index - item.From;
        if (before < 0 || before >= item.Count)
            return;
        if (item.Count == 1)
        {
            Blame(item, trouble.Reason, trouble.Detail);
            return;
        }

        Close(item);
        Reopen(item.Job, item.From, before);
        Blame(Reopen(item.Job, trouble.Index, 1)!, trouble.Reason, trouble.Detail);
        Reopen(item.Job, trouble.Index + 1, item.Count - before - 1);
    }

    /// <summary>A replication is to be tried again, or is quarantined when it has failed too often.</summary>
    private void Blame(WorkItem item, string reason, string? detail)
    {
        Close(item);
        if (item.Tries + 1 >= terms.Tries)
            Quarantine(item, string.Create(CultureInfo.InvariantCulture, $"quarantined after {item.Tries + 1} tries: {reason}"), detail);
        else
            Reopen(item.Job, item.From, 1, item.Tries + 1, item.IsSuspect);
    }

    /// <summary>
    /// A member was lost while it computed this item, perhaps because of it. The item is tried again in smaller pieces, in the end
    /// single replications, each alone on a member: what takes a member down there is to blame.
    /// </summary>
    private void Suspect(WorkItem item, string reason)
    {
        if (!_open.ContainsKey(item.Id))
            return;
        if (item.IsSuspect)
        {
            Blame(item, reason, null);
            return;
        }

        Close(item);
        var step = item.Count > Split ? Split : 1;
        for (var from = item.From; from < item.From + item.Count; from += step)
            Reopen(item.Job, from, Math.Min(step, item.From + item.Count - from), item.Count == 1 ? item.Tries : 0, isSuspect: step == 1);
    }

    private void Quarantine(WorkItem item, string reason, string? detail)
    {
        var job = jobs[item.Job];
        job.Fold(item.From, [job.Metrics.OfBroken(item.From, 0)], [new FailedReplication(item.From, "an unknown time", "unknown", reason, detail)]);
        if (job.IsComplete)
            CloseAll(job);
    }

    /// <summary>Takes a member's work back.</summary>
    private void Withdraw(DistributionMember member)
    {
        if (member.Lanes.Length == 0)
            return;
        member.LostWith = [.. member.Lanes.Where(lane => lane.Held.Count > 0).Select(lane => lane.Held[0].Item)];
        foreach (var lane in member.Lanes)
            Release(lane, (_, _) => true);
        member.Lanes = [];
    }

    /// <summary>Lets a lane go of what is asked for, by place and item; what nobody has any more is to be handed out again.</summary>
    private void Release(Lane lane, Func<int, (WorkItem Item, TimeSpan Issued), bool> which)
    {
        for (var place = lane.Held.Count - 1; place >= 0; place--)
        {
            if (!which(place, lane.Held[place]))
                continue;
            var item = lane.Held[place].Item;
            lane.Held.RemoveAt(place);
            if (--item.Holders == 0 && _open.ContainsKey(item.Id))
                Return(item);
        }
    }

    private void Return(WorkItem item) => (item.IsSuspect ? _suspects : _returned).Add((item.Job, item.From, item.Id));

    private void Close(WorkItem item)
    {
        if (!_open.Remove(item.Id))
            return;
        (item.IsSuspect ? _suspects : _returned).Remove((item.Job, item.From, item.Id));
        jobs[item.Job].Workers--;
    }

    private void CloseAll(CellJob job)
    {
        foreach (var item in _open.Values.Where(item => item.Job == job.Number).ToList())
            Close(item);
    }

    private WorkItem? Reopen(int job, int from, int count, int tries = 0, bool isSuspect = false)
    {
        if (count == 0)
            return null;
        var item = Open(job, from, count, tries, isSuspect);
        Return(item);
        return item;
    }

    private WorkItem Open(int job, int from, int count, int tries = 0, bool isSuspect = false)
    {
        var item = new WorkItem(++_lastItem, job, from, count) { Tries = tries, IsSuspect = isSuspect };
        _open.Add(item.Id, item);
        jobs[job].Workers++;
        return item;
    }
}
