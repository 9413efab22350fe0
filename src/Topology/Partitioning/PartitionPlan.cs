using Topology.Plans;

namespace Topology.Partitioning;

/// <summary>
/// Which domains run together. A logical process is a domain, or several that zero lookahead joins; a partition is a
/// set of logical processes, which one thread runs. A pure function of the plan and the number asked for.
/// </summary>
public sealed class PartitionPlan
{
    private readonly int[] _processOf;
    private readonly int[] _partitionOf;

    private PartitionPlan(NetworkPlan plan, DomainCrossings crossings, int requested, int[] processOf, long[] load, int[] partitionOfProcess)
    {
        Requested = requested;
        Partitions = partitionOfProcess.Max() + 1;
        var loads = new long[Partitions];
        for (var process = 0; process < load.Length; process++)
            loads[partitionOfProcess[process]] += load[process];
        LargestShare = (double)loads.Max() / Math.Max(1, loads.Sum());
        LogicalProcesses = partitionOfProcess.Length;
        _processOf = processOf;
        _partitionOf = [.. processOf.Select(process => partitionOfProcess[process])];
        Distances = new Distances(Partitioning.Lookahead.BetweenEach(crossings, _partitionOf));
        ProcessLookahead = Partitioning.Lookahead.Between(crossings, _processOf);
        Notes = [.. Remarks(plan)];
    }

    /// <summary>The number of partitions asked for.</summary>
    public int Requested { get; }

    /// <summary>The number there are: at most one per logical process.</summary>
    public int Partitions { get; }

    public int LogicalProcesses { get; }

    /// <summary>Least time from one partition into another; null when nothing crosses, as with one partition.</summary>
    public TimeSpan? Lookahead => Distances.LeastDirect;

    /// <summary>Between partitions.</summary>
    public Distances Distances { get; }

    /// <summary>Least time from one logical process into another, the same for any number of partitions; null when nothing crosses.</summary>
    public TimeSpan? ProcessLookahead { get; }

    /// <summary>The part of all nodes, mobile ones included, that the largest partition has: 1 / <see cref="Partitions"/> at best.</summary>
    public double LargestShare { get; }

    /// <summary>
    /// How many times faster than one partition it should be, with a core for each: the largest one's share of the events, and the windows.
    /// </summary>
    /// <param name="eventsPerSecond">Of virtual time, in all partitions.</param>
    public double ExpectedSpeedUp(double eventsPerSecond) => Partitioner.SpeedUp(LargestShare, Lookahead, eventsPerSecond);

    /// <summary>What a user should know: fewer partitions than asked for, domains joined. One sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    public int PartitionOf(DomainId domain) => _partitionOf[domain.Index];

    /// <summary>Logical processes are numbered from 0 in order of their first domain.</summary>
    public int ProcessOf(DomainId domain) => _processOf[domain.Index];

    /// <summary>The domains of a partition, in order.</summary>
    public IReadOnlyList<DomainId> DomainsOf(int partition) =>
        [.. Enumerable.Range(0, _partitionOf.Length).Where(domain => _partitionOf[domain] == partition).Select(domain => new DomainId(domain))];

    /// <summary>
    /// Contracts domains that zero lookahead joins, then cuts their sequence so that the largest partition has as few
    /// nodes, mobile ones included, as possible.
    /// </summary>
    /// <param name="plan">A valid plan of at least one domain.</param>
    /// <param name="partitions">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one partition.</exception>
    public static PartitionPlan Create(NetworkPlan plan, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        var crossings = new DomainCrossings(plan);
        var processOf = Contract(plan, crossings);
        var load = Loads(plan, processOf);
        return new PartitionPlan(plan, crossings, partitions, processOf, load, Blocks(load, Math.Min(partitions, load.Length)));
    }

    /// <summary>
    /// The same logical processes, put together so that the run should be fastest: besides blocks it tries what is left when ways below some
    /// lookahead are never cut, packed by load.
    /// </summary>
    /// <param name="eventsPerSecond">Of virtual time, as far as is known: the more, the less a window costs, and the more balance counts.</param>
    public static PartitionPlan Balanced(NetworkPlan plan, int partitions, double eventsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        var crossings = new DomainCrossings(plan);
        var processOf = Contract(plan, crossings);
        var load = Loads(plan, processOf);
        var blocks = Blocks(load, Math.Min(partitions, load.Length));
        return new PartitionPlan(
            plan, crossings, partitions, processOf, load, Partitioner.Best(blocks, load, crossings.LeastBetween(processOf), eventsPerSecond));
    }

    /// <summary>
    /// One error (HO3002) for each pair of domains that no lookahead separates, for a caller whose file insists on a
    /// partition per domain; <see cref="Create"/> would contract them.
    /// </summary>
    public static IReadOnlyList<PlanError> ZeroLookaheadCuts(NetworkPlan plan) =>
    [
        .. from cut in new DomainCrossings(plan).WithoutLookahead()
           let low = Math.Min(cut.From.Index, cut.To.Index)
           let high = Math.Max(cut.From.Index, cut.To.Index)
           group cut.Link by (low, high) into pair
           orderby pair.Key
           select ZeroLookahead(plan, pair.Key.low, pair.Key.high, pair.First()),
    ];

    private static PlanError ZeroLookahead(NetworkPlan plan, int low, int high, LinkSpec link)
    {
        var name = link.From == link.To ? plan[link.From].Name : $"{plan[link.From].Name}>{plan[link.To].Name}";
        var place = link.From == link.To ? $"the cell of {name}" : $"link {name}";
        return new PlanError(
            "HO3002",
            name,
            $"zero lookahead between domains {plan.Domains[low].Name} and {plan.Domains[high].Name} ({place} may take 0 ms)",
            "Give the link a delay, or put both domains in one partition.");
    }

    /// <summary>Nodes of each process, mobile ones with their first routers.</summary>
    private static long[] Loads(NetworkPlan plan, int[] processOf)
    {
        var nodes = new long[processOf.Max() + 1];
        for (var index = 0; index < plan.WiredCount; index++)
            nodes[processOf[plan.Nodes[index].Domain.Index]]++;
        foreach (var mobile in plan.Mobiles)
            nodes[processOf[plan[mobile.FirstRouter].Domain.Index]]++;
        return nodes;
    }

    /// <summary>Union-find over the domains; the least domain of a set is its root.</summary>
    private static int[] Contract(NetworkPlan plan, DomainCrossings crossings)
    {
        var parent = Enumerable.Range(0, plan.Domains.Count).ToArray();
        int Root(int domain) => parent[domain] == domain ? domain : parent[domain] = Root(parent[domain]);

        foreach (var cut in crossings.WithoutLookahead())
        {
            var (from, to) = (Root(cut.From.Index), Root(cut.To.Index));
            parent[Math.Max(from, to)] = Math.Min(from, to);
        }

        var roots = parent.Select((_, domain) => Root(domain)).ToArray();
        var numbered = roots.Distinct().ToArray();
        return [.. roots.Select(root => Array.IndexOf(numbered, root))];
    }

    /// <summary>The least limit that so many blocks can keep, by bisection; then each block is filled up to it.</summary>
    private static int[] Blocks(long[] nodes, int blocks)
    {
        var (low, high) = (nodes.Max(), nodes.Sum());
        while (low < high)
        {
            var limit = low + (high - low) / 2;
            (low, high) = Fill(nodes, limit, 0)[^1] < blocks ? (low, limit) : (limit + 1, high);
        }

        return Fill(nodes, low, blocks);
    }

    /// <summary>Block of each process when a block takes what the limit allows, and leaves one process to each of <paramref name="blocks"/>.</summary>
    private static int[] Fill(long[] nodes, long limit, int blocks)
    {
        var blockOf = new int[nodes.Length];
        var (block, filled) = (0, 0L);
        for (var process = 0; process < nodes.Length; process++)
        {
            var mustLeave = process > 0 && nodes.Length - process <= blocks - 1 - block;
            if (process > 0 && (filled + nodes[process] > limit || mustLeave))
                (block, filled) = (block + 1, 0);
            blockOf[process] = block;
            filled += nodes[process];
        }

        return blockOf;
    }

    private IEnumerable<string> Remarks(NetworkPlan plan)
    {
        if (LogicalProcesses < plan.Domains.Count)
            yield return $"Zero lookahead joins the {plan.Domains.Count} domains into {LogicalProcesses}.";
        if (Partitions < Requested)
            yield return $"{Requested} partitions were asked for; one per domain makes {Partitions}.";
    }
}
