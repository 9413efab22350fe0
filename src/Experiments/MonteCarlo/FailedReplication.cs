namespace Experiments.MonteCarlo;

/// <summary>A replication that broke off, or in which a handover never ended. A handover that ended as failed is a result.</summary>
/// <param name="At">Virtual time of the failure.</param>
/// <param name="Detail">Stack of what was thrown; null where nothing was.</param>
public sealed record FailedReplication(int Index, string At, string Node, string Reason, string? Detail);
