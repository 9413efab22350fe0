using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// What a move costs besides signalling, and how early it is foreseen. Each is drawn once for each handover, by purpose, so
/// that all schemes meet the same moves.
/// </summary>
public sealed record MovementDelays
{
    /// <summary>No time at all, and the link stays until the mobile node leaves it: the paper's sums (assumption A8).</summary>
    public static readonly MovementDelays None = new();

    /// <summary>t_L2: from link-down to link-up.</summary>
    public DelayDistribution LinkSwitch { get; init; } = new ConstantDelay(TimeSpan.Zero);

    /// <summary>
    /// T_ant: from the trigger until the old link fails by itself; null where it outlasts the preparation. A mobile node that
    /// is prepared leaves earlier.
    /// </summary>
    public DelayDistribution? Anticipation { get; init; }

    /// <summary>How long before the trigger the next access point is in sight, for schemes that make use of it.</summary>
    public DelayDistribution Discovery { get; init; } = new ConstantDelay(TimeSpan.FromSeconds(1));

    /// <summary>MD: from link-up until the mobile node knows that it is on another link.</summary>
    public DelayDistribution MovementDetection { get; init; } = new ConstantDelay(TimeSpan.Zero);

    /// <summary>DAD: until a new care-of address may be used; zero for an optimistic node (RFC 4429).</summary>
    public DelayDistribution DuplicateAddressDetection { get; init; } = new ConstantDelay(TimeSpan.Zero);

    /// <summary>The draw of a delay for one handover; a constant draws nothing.</summary>
    internal static TimeSpan Of(DelayDistribution delay, RunContext run, StreamPurpose purpose, HandoverKey handover)
    {
        if (delay is ConstantDelay constant)
            return constant.Value;
        var stream = run.Stream((ulong)handover.Mobile.Index, purpose, handover.Number);
        return delay.Sample(ref stream);
    }
}
