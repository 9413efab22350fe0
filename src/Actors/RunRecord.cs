using Actors.Kernel;
using Actors.Network;
using Actors.Observation;

namespace Actors;

/// <summary>One ended handover, measured.</summary>
/// <param name="TotalTicks">`total`, in ticks of 100 ns; -1 where a phase of it is missing.</param>
/// <param name="PhaseTicks">In the order of the scheme's phases; -1 for one that did not take place.</param>
public sealed record HandoverRecord(
    HandoverKey Key, Outcome Outcome, SimTime CompletedAt, long TotalTicks, IReadOnlyList<long> PhaseTicks)
{
    /// <summary>`interruption`: from the last packet of data on the old link to the first on the new, in ticks; -1 where one is missing.</summary>
    public long InterruptionTicks { get; init; } = -1;

    /// <summary>`total.full`: from the trigger to the later of first packet and acknowledgement of the registration, in ticks; -1 where one is missing.</summary>
    public long FullTicks { get; init; } = -1;
}

/// <summary>What a run leaves: a pure function of scenario, seed and replication, whatever the number of partitions.</summary>
/// <param name="Handovers">Ended handovers, without those of the warm-up, in order of time, then mobile node; none where <see cref="Distribution"/> stands for them.</param>
/// <param name="Begun">Handovers that were triggered, those of the warm-up too.</param>
/// <param name="Signalling">Packets and bytes by class of link.</param>
/// <param name="Computations">By role of the node.</param>
/// <param name="Digest">Hash of the event trajectory.</param>
/// <param name="End">Virtual time of the last event, or the instant the run was stopped at.</param>
/// <param name="Pending">Events that were pending when the run ended; 0 for a run that came to its end.</param>
/// <param name="Windows">Synchronisation windows; depends on the partitioning and is no result.</param>
public sealed record RunRecord(
    IReadOnlyList<HandoverRecord> Handovers,
    int Begun,
    SignallingCounters Signalling,
    ComputationCounters Computations,
    ulong Digest,
    long Events,
    SimTime End,
    int Pending,
    long Windows)
{
    /// <summary>Of all handovers, where the scenario wants it instead of rows; else null.</summary>
    public HandoverDistribution? Distribution { get; init; }

    /// <summary>Handovers that ended, without those of the warm-up.</summary>
    public int Ended => Distribution?.Ended ?? Handovers.Count;

    /// <summary>Handovers that ended and stand nowhere else in here, since they were triggered before <see cref="Scenario.WarmUp"/>.</summary>
    public int LeftOut { get; init; }

    /// <summary>Handovers that were triggered and never ended, at whatever time.</summary>
    public int NeverEnded => Begun - Ended - LeftOut;

    /// <summary>Handovers back to the router that had been left shortly before; null where the movement does not count them.</summary>
    public long? PingPongs { get; init; }

    /// <summary>What was measured of the streams of data; null in a run without traffic.</summary>
    public DataMeasurement? Streams { get; init; }

    /// <summary>What receivers made of the bytes of packets; null in model mode.</summary>
    public WireCounters? Wire { get; init; }

    /// <summary>Packets of data; null in a run without traffic.</summary>
    public DataCounters? Data => Streams?.Counters;

    /// <summary>The run of a network over several members, of what each of them has of it; the same for any number of members.</summary>
    /// <param name="parts">At least one.</param>
    public static RunRecord Of(IReadOnlyList<RunRecord> parts)
    {
        var (signalling, computations) = (new SignallingCounters(), new ComputationCounters());
        var (streams, wire) = (parts[0].Streams is null ? null : new DataMeasurement(), parts[0].Wire is null ? null : new WireCounters());
        var distribution = parts[0].Distribution is { } first ? new HandoverDistribution(first.Phases.Count) : null;
        foreach (var part in parts)
        {
            distribution?.Add(part.Distribution!);
            signalling.Add(part.Signalling);
            computations.Add(part.Computations);
            streams?.Add(part.Streams!);
            wire?.Add(part.Wire!);
        }

        return new RunRecord(
            InOrder(parts.SelectMany(part => part.Handovers)),
            parts.Sum(part => part.Begun),
            signalling,
            computations,
            parts.Aggregate(0UL, (sum, part) => unchecked(sum + part.Digest)),
            parts.Sum(part => part.Events),
            parts.Max(part => part.End),
            parts.Sum(part => part.Pending),
            parts.Max(part => part.Windows))
        {
            Distribution = distribution,
            LeftOut = parts.Sum(part => part.LeftOut),
            Streams = streams,
            Wire = wire,
            PingPongs = parts[0].PingPongs is null ? null : parts.Sum(part => part.PingPongs),
        };
    }

    internal static IReadOnlyList<HandoverRecord> InOrder(IEnumerable<HandoverRecord> rows) =>
        [.. rows.OrderBy(row => row.CompletedAt).ThenBy(row => row.Key.Mobile.Index)];
}
