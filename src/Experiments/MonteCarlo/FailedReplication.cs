namespace Experiments.MonteCarlo;

/// <summary>A replication whose handover did not complete, or that broke the run.</summary>
/// <param name="At">Virtual time of the failure.</param>
/// <param name="Detail">Stack of what was thrown; null where nothing was.</param>
public sealed record FailedReplication(int Index, string At, string Node, string Reason, string? Detail);
