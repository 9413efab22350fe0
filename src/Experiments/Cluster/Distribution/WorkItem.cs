namespace Experiments.Cluster.Distribution;

/// <summary>Replications of a job that are handed out as one, until their results have come in.</summary>
internal sealed class WorkItem(long id, int job, int from, int count)
{
    public long Id => id;

    public int Job => job;

    public int From => from;

    public int Count => count;

    /// <summary>How often it, and nothing else, took a lane or a member down.</summary>
    public int Tries { get; init; }

    /// <summary>
    /// A single replication that was being computed when a member was lost, perhaps beside others: it is computed alone on a member
    /// from now on, so that a further loss tells.
    /// </summary>
    public bool IsSuspect { get; init; }

    /// <summary>Lanes that have it; more than one where it straggles, none while it waits to be handed out again.</summary>
    public int Holders { get; set; }

    /// <summary>When it was last handed out; null for not yet.</summary>
    public TimeSpan? Issued { get; set; }
}

/// <summary>A lane of a member: what it has been given and not yet answered, in order; it computes the first.</summary>
internal sealed class Lane
{
    public List<(WorkItem Item, TimeSpan Issued)> Held { get; } = [];

    /// <summary>Whose network it has; -1 for none yet.</summary>
    public int Job { get; set; } = -1;
}

/// <summary>A member as a coordinator sees it.</summary>
internal sealed class DistributionMember(string address)
{
    private const double Seconds = 5;
    private readonly Queue<(TimeSpan At, int Count)> _recent = new();

    public string Address => address;

    public long Session { get; set; }

    /// <summary>Empty until it has enlisted.</summary>
    public Lane[] Lanes { get; set; } = [];

    public bool Reachable { get; set; } = true;

    /// <summary>It takes part no more: it said so, or it cannot.</summary>
    public bool Retired { get; set; }

    public TimeSpan? Offered { get; set; }

    public TimeSpan Heard { get; set; }

    /// <summary>What its lanes computed when it was lost.</summary>
    public IReadOnlyList<WorkItem> LostWith { get; set; } = [];

    public bool IsIdle => Lanes.All(lane => lane.Held.Count == 0);

    public bool HasSuspect => Lanes.Any(lane => lane.Held.Exists(held => held.Item.IsSuspect));

    public bool Works => Lanes.Length > 0 && Reachable && !Retired;

    public void Computed(int count, TimeSpan now) => _recent.Enqueue((now, count));

    /// <summary>Replications a second over the last five.</summary>
    public double Rate(TimeSpan now)
    {
        while (_recent.TryPeek(out var oldest) && (now - oldest.At).TotalSeconds > Seconds)
            _recent.Dequeue();
        return _recent.Count == 0 ? 0 : _recent.Sum(entry => entry.Count) / Math.Clamp((now - _recent.Peek().At).TotalSeconds, 0.2, Seconds);
    }
}
