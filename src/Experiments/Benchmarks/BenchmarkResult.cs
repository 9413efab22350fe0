namespace Experiments.Benchmarks;

/// <summary>What one run of an engine benchmark measured.</summary>
/// <param name="Entities">Mobile nodes of HANDOFF-22, actors of PHOLD.</param>
/// <param name="Events">Counted events.</param>
/// <param name="Seconds">Wall time of the run after set-up and warm-up.</param>
public sealed record BenchmarkResult(string Name, int Entities, int Partitions, double Events, double Seconds)
{
    public double EventsPerSecond => Events / Seconds;

    /// <summary>Completed handovers; absent from PHOLD.</summary>
    public long? Handovers { get; init; }

    /// <summary>Mean of the completed handovers.</summary>
    public double? MeanMs { get; init; }

    /// <summary>Managed bytes allocated during the run, for each counted event.</summary>
    public double BytesPerEvent { get; init; }

    /// <summary>Processor time of the run: on a machine with other work it is nearer the truth than <see cref="Seconds"/>.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>Part of the run that the garbage collector took, 0 to 1.</summary>
    public double CollectorShare { get; init; }

    /// <summary>Live managed bytes at the end less those before set-up, for each entity.</summary>
    public double BytesPerEntity { get; init; }

    public double RssPerEntity { get; init; }

    public double SetUpSeconds { get; init; }

    public long Windows { get; init; }

    public ulong Digest { get; init; }

    /// <summary>Members that ran it as one network; 1 in this process.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Part of the members' time that they waited for one another, 0 to 1; null in one process.</summary>
    public double? WaitingShare { get; init; }

    /// <summary>Bytes that went from member to member.</summary>
    public long MemberBytes { get; init; }

    /// <summary>Median time of an exchange between members with nothing in it, in milliseconds.</summary>
    public double RoundTripMs { get; init; }

    /// <summary>Handovers per second of ipsec-fmipv6 on the same topology.</summary>
    public double? SchemeHandoversPerSecond { get; init; }
}

internal static class Memory
{
    /// <summary>Live managed bytes after a full collection.</summary>
    public static long Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
