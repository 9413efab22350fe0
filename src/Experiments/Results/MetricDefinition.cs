namespace Experiments.Results;

/// <summary>A metric that every replication of a cell records as one integer.</summary>
/// <param name="Unit"><c>ms</c> (recorded in ticks of 100 ns), <c>count</c>, <c>bytes</c> or <c>1</c> (recorded as they are).</param>
public sealed record MetricDefinition(string Name, string Unit)
{
    /// <summary>Recorded where a replication has no such quantity, for one the registration of a scheme that has none.</summary>
    public const long Absent = long.MinValue;

    /// <summary>Factor from the recorded integer to <see cref="Unit"/>.</summary>
    public double Scale => Unit == "ms" ? 1.0 / TimeSpan.TicksPerMillisecond : 1;
}

/// <summary>What one replication leaves behind.</summary>
/// <param name="Index">0 for the first of its cell.</param>
/// <param name="Metrics">In the order of the cell's definitions; not changed once recorded.</param>
/// <param name="Digest">Of the replication's event trajectory.</param>
public sealed record ReplicationRecord(int Index, long[] Metrics, ulong Digest);
