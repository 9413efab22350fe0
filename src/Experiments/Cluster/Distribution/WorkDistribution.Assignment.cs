using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Distribution;

/// <summary>Who gets what to do next, and how much of it.</summary>
internal sealed partial class WorkDistribution
{
    private const int FirstAssignment = 16;
    private const int LargestAssignment = 1024;
    private const int Prefetch = 2;

    /// <summary>Every lane gets something to do before any gets more to do next.</summary>
    private void Assign(TimeSpan now)
    {
        for (var depth = 1; depth <= Prefetch; depth++)
        {
            foreach (var member in _members.Values.Where(member => member.Works))
            {
                for (var i = 0; i < member.Lanes.Length; i++)
                {
                    var lane = member.Lanes[i];
                    if (lane.Held.Count >= depth || member.HasSuspect || Choose(member, lane, now) is not { } item)
                        continue;
                    if (item.Issued is not null)
                        Reissued++;
                    item.Holders++;
                    item.Issued = now;
                    lane.Held.Add((item, now));
                    lane.Job = item.Job;
                    Outbox.Add((member.Address, new Assignment(terms.Run, member.Session, i, item.Id, item.Job, item.From, item.Count)));
                }
            }
        }
    }

    private WorkItem? Choose(DistributionMember member, Lane lane, TimeSpan now)
    {
        if (_suspects.Count > 0)
        {
            if (member.IsIdle)
                return Next(_suspects);

            // It becomes idle, and so do others in their time.
            if (member == _members.Values.First(other => other.Works))
                return null;
        }

        if (_returned.Count > 0)
            return Next(_returned);

        var isIdle = lane.Held.Count == 0;
        var own = lane.Job >= 0 && Promises(jobs[lane.Job], isIdle) ? jobs[lane.Job] : null;
        var job = own
            ?? jobs.FirstOrDefault(job => job is { HasWork: true, Workers: 0 })
            ?? jobs.Where(job => Promises(job, isIdle)).MaxBy(job => job.Remaining)
            ?? (isIdle ? jobs.FirstOrDefault(job => job.HasWork) : null);
        if (job is null)
            return isIdle ? Straggler(member, now) : null;
        var (from, count) = job.Take(SizeFor(job.Number));
        return Open(job.Number, from, count);
    }

    private WorkItem Next(SortedSet<(int Job, int From, long Id)> waiting)
    {
        var first = waiting.Min;
        waiting.Remove(first);
        return _open[first.Id];
    }

    /// <summary>Whether more of a job is likely to be needed.</summary>
    private static bool Promises(CellJob job, bool isIdle) => job.HasWork && job.Remaining > 0 && (isIdle || job.Predicted is not null);

    /// <summary>The item that is overdue the longest, for one more member.</summary>
    private WorkItem? Straggler(DistributionMember member, TimeSpan now) => _open.Values
        .Where(item => item is { Holders: 1, IsSuspect: false } && now - item.Issued > Overdue(item) && !member.Lanes.Any(lane => lane.Held.Exists(held => held.Item == item)))
        .MinBy(item => (item.Issued!.Value, item.Id));

    private TimeSpan Overdue(WorkItem item)
    {
        var expected = TimeSpan.FromSeconds(4 * item.Count * (_secondsEach[item.Job] ?? 0));
        return expected > terms.Straggling ? expected : terms.Straggling;
    }

    private int SizeFor(int job)
    {
        var each = _secondsEach[job] ?? Array.Find(_secondsEach, known => known is not null);
        return each is not { } seconds ? FirstAssignment : Math.Clamp((int)Math.Min(LargestAssignment, terms.Assignment.TotalSeconds / Math.Max(seconds, 1e-9)), 1, LargestAssignment);
    }
}
