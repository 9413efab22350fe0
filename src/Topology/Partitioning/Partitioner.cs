namespace Topology.Partitioning;

/// <summary>
/// Which processes run on one thread: a trade of balance, since the largest partition decides, against lookahead, since each window costs a
/// meeting of all threads, and against cuts, which events have to be copied across.
/// </summary>
internal static class Partitioner
{
    /// <summary>What a window costs, in events of one thread (docs/performance.md: 1.6 times on two threads wants about 800 events a window).</summary>
    private const double WindowEvents = 100;

    /// <summary>What it costs if every link between processes is cut, as a share of all events.</summary>
    private const double CutCost = 0.05;

    /// <summary>Against one partition, with a core for each.</summary>
    public static double SpeedUp(double largestShare, TimeSpan? lookahead, double eventsPerSecond)
    {
        if (lookahead is not { } window)
            return 1 / largestShare;

        // Windows without events are skipped.
        var windows = Math.Min(1 / window.TotalSeconds, eventsPerSecond);
        return eventsPerSecond <= 0 ? 1 : eventsPerSecond / (largestShare * eventsPerSecond + WindowEvents * windows);
    }

    /// <summary>The partition of each process; partitions are numbered in order of their first process.</summary>
    /// <param name="blocks">A first answer, as many partitions as wanted.</param>
    /// <param name="load">Of each process.</param>
    public static int[] Best(int[] blocks, long[] load, SortedDictionary<(int Low, int High), TimeSpan> least, double eventsPerSecond)
    {
        var partitions = blocks.Max() + 1;
        var (best, cost) = (blocks, Cost(blocks));
        foreach (var threshold in least.Values.Distinct().Order().Prepend(TimeSpan.Zero))
        {
            var groups = Joined(load.Length, least, threshold);
            if (groups.Distinct().Count() < partitions)
                break;
            var packed = Pack(groups, load, partitions);
            if (Cost(packed) < cost * (1 - 1e-9))
                (best, cost) = (packed, Cost(packed));
        }

        return Renumbered(best);

        double Cost(int[] partitionOf)
        {
            var loads = new long[partitions];
            for (var process = 0; process < load.Length; process++)
                loads[partitionOf[process]] += load[process];
            var cuts = least.Where(pair => partitionOf[pair.Key.Low] != partitionOf[pair.Key.High]).ToList();
            var share = (double)loads.Max() / Math.Max(1, loads.Sum());
            return 1 / SpeedUp(share, cuts.Count == 0 ? null : cuts.Min(pair => pair.Value), eventsPerSecond) + CutCost * cuts.Count / Math.Max(1, least.Count);
        }
    }

    /// <summary>Processes that no more than the threshold lies between are of one group, which its least one names.</summary>
    private static int[] Joined(int processes, SortedDictionary<(int Low, int High), TimeSpan> least, TimeSpan threshold)
    {
        var sets = new Generation.DisjointSets(processes);
        foreach (var (pair, _) in least.Where(entry => entry.Value <= threshold))
            sets.Join(pair.Low, pair.High);
        return [.. Enumerable.Range(0, processes).Select(sets.Root)];
    }

    /// <summary>The heaviest group first, each to the partition that has least so far.</summary>
    private static int[] Pack(int[] groups, long[] load, int partitions)
    {
        var loads = new long[partitions];
        var partitionOf = new int[groups.Length];
        var byWeight = Enumerable.Range(0, groups.Length).GroupBy(process => groups[process])
            .OrderByDescending(group => group.Sum(process => load[process])).ThenBy(group => group.Key);
        var placed = 0;
        foreach (var group in byWeight)
        {
            // The first ones fill a partition each, so that none stays empty.
            var lightest = placed < partitions ? placed : Array.IndexOf(loads, loads.Min());
            placed++;
            foreach (var process in group)
            {
                partitionOf[process] = lightest;
                loads[lightest] += load[process];
            }
        }

        return partitionOf;
    }

    private static int[] Renumbered(int[] partitionOf)
    {
        var order = partitionOf.Distinct().ToList();
        return [.. partitionOf.Select(partition => order.IndexOf(partition))];
    }
}
