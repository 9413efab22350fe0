namespace Topology.Partitioning;

/// <summary>
/// Least virtual time, in ticks, from each part of a network into each other: what bounds how far one may run ahead of another, pair by
/// pair instead of by the least of all.
/// </summary>
public sealed class Distances
{
    private readonly long?[,] _direct;

    /// <summary>Made when it is asked for: a plan of very many parts need not be run.</summary>
    private readonly Lazy<long?[,]> _least;

    /// <param name="direct">By part that is left, then part that is entered: least time over one link; null where none leads there.</param>
    public Distances(TimeSpan?[,] direct)
    {
        Parts = direct.GetLength(0);
        _direct = new long?[Parts, Parts];
        for (var from = 0; from < Parts; from++)
        {
            for (var to = 0; to < Parts; to++)
                _direct[from, to] = direct[from, to]?.Ticks;
        }

        _least = new(OverAllWays);
    }

    public int Parts { get; }

    /// <summary>The least of all direct ones; null where no link leads from one part into another.</summary>
    public TimeSpan? LeastDirect => _direct.Cast<long?>().Min() is { } ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>All parts as far from one another.</summary>
    public static Distances Uniform(int parts, TimeSpan lookahead)
    {
        // Bounded, so that the way there and back does not overflow where nothing crosses.
        TimeSpan? bounded = TimeSpan.FromTicks(Math.Min(lookahead.Ticks, 1L << 50));
        var direct = new TimeSpan?[parts, parts];
        for (var from = 0; from < parts; from++)
        {
            for (var to = 0; to < parts; to++)
                direct[from, to] = from == to ? null : bounded;
        }

        return new Distances(direct);
    }

    /// <summary>Least ticks from a part into another over one link; null where no link leads there.</summary>
    public long? Direct(int from, int to) => _direct[from, to];

    /// <summary>
    /// Least ticks in which anything that happens in a part can be felt in another, by whatever way; for a part itself, by way of
    /// another. Null for never.
    /// </summary>
    public long? Least(int from, int to) => _least.Value[from, to];

    private long?[,] OverAllWays()
    {
        var least = (long?[,])_direct.Clone();
        for (var by = 0; by < Parts; by++)
        {
            for (var from = 0; from < Parts; from++)
            {
                for (var to = 0; to < Parts; to++)
                {
                    if (least[from, by] + least[by, to] is { } ticks && !(least[from, to] <= ticks))
                        least[from, to] = ticks;
                }
            }
        }

        return least;
    }
}
