namespace Actors.Kernel;

/// <summary>What made a run fail: an actor threw, or broke a rule of the kernel.</summary>
/// <param name="Node">The actor, as `process/name`.</param>
/// <param name="At">Virtual time of the failure.</param>
public sealed record SimulationFault(string Node, SimTime At, Exception Cause);

/// <summary>Thrown when a run has failed.</summary>
public sealed class SimulationFailedException(SimulationFault fault, string run = "")
    : Exception($"{fault.Node} failed at {fault.At}{run}: {fault.Cause.Message}", fault.Cause)
{
    public SimulationFault Fault { get; } = fault;

    /// <summary>The same failure, with what it takes to reproduce it.</summary>
    public SimulationFailedException InRun(ulong seed, long replication) =>
        new(Fault, $" (seed {seed}, replication {replication})");
}
