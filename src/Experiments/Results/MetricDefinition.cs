namespace Experiments.Results;

/// <summary>A metric that every replication of a cell records as one integer.</summary>
/// <param name="Unit"><c>ms</c> (recorded in ticks of 100 ns), <c>count</c>, <c>bytes</c> or <c>1</c> (a share).</param>
/// <param name="Parts">Of a tick or of a unit, in which it is recorded: 1,000,000 for a share in millionths.</param>
public sealed record MetricDefinition(string Name, string Unit, int Parts = 1)
{
    /// <summary>Recorded where a replication has no such quantity, for one the registration of a scheme that has none.</summary>
    public const long Absent = long.MinValue;

    /// <summary>In which shares are recorded.</summary>
    public const int ShareParts = 1_000_000;

    /// <summary>Factor from the recorded integer to <see cref="Unit"/>.</summary>
    public double Scale => (Unit == "ms" ? 1.0 / TimeSpan.TicksPerMillisecond : 1) / Parts;

    public bool IsShare => Unit == "1";

    /// <summary>A metric between 0 and 1.</summary>
    public static MetricDefinition Share(string name) => new(name, "1", ShareParts);
}

/// <summary>What one replication leaves behind.</summary>
/// <param name="Index">0 for the first of its cell.</param>
/// <param name="Metrics">In the order of the cell's definitions; not changed once recorded.</param>
/// <param name="Digest">Of the replication's event trajectory.</param>
/// <param name="Outcomes">Of its handovers; null for a replication that broke off, or in which a handover never ended.</param>
/// <param name="Distribution">Of its handovers, as <see cref="HandoverHistograms"/> writes them; null where none is kept.</param>
public sealed record ReplicationRecord(int Index, long[] Metrics, ulong Digest, OutcomeCounts? Outcomes = null, byte[]? Distribution = null)
{
    /// <summary>Whether everything measured is the same to the last bit.</summary>
    public bool Agrees(ReplicationRecord other) => Index == other.Index && Digest == other.Digest && Outcomes?.Json == other.Outcomes?.Json
        && Metrics.AsSpan().SequenceEqual(other.Metrics) && Distribution.AsSpan().SequenceEqual(other.Distribution);
}
