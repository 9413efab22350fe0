using Topology.Plans;

namespace Actors.Network;

/// <summary>What the computations of nodes of one role amount to.</summary>
public sealed class ComputationCounter
{
    public long Operations { get; internal set; }

    /// <summary>Those of them that take time, and so may have to wait.</summary>
    public long TimedOperations { get; internal set; }

    /// <summary>Virtual time spent computing.</summary>
    public long Ticks { get; internal set; }

    /// <summary>Virtual time spent waiting for a free core.</summary>
    public long WaitTicks { get; internal set; }
}

/// <summary>Computations by role of the node; one object per logical process, summed at the end.</summary>
public sealed class ComputationCounters
{
    /// <summary>Few enough to be searched one by one.</summary>
    private readonly List<(NodeRole Role, ComputationCounter Counter)> _counters = [];

    public ComputationCounter this[NodeRole role]
    {
        get
        {
            foreach (var (known, counter) in _counters)
            {
                if (known == role)
                    return counter;
            }

            var made = new ComputationCounter();
            _counters.Add((role, made));
            return made;
        }
    }

    internal void Count(NodeRole role, long ticks, long waitTicks)
    {
        var counter = this[role];
        counter.Operations++;
        if (ticks > 0)
            counter.TimedOperations++;
        counter.Ticks += ticks;
        counter.WaitTicks += waitTicks;
    }

    internal void Clear() => _counters.Clear();

    internal void Add(ComputationCounters other)
    {
        foreach (var (role, counter) in other._counters)
        {
            var sum = this[role];
            sum.Operations += counter.Operations;
            sum.TimedOperations += counter.TimedOperations;
            sum.Ticks += counter.Ticks;
            sum.WaitTicks += counter.WaitTicks;
        }
    }
}
