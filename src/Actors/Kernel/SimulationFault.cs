namespace Actors.Kernel;

/// <summary>What made a run fail: an actor threw, or broke a rule of the kernel.</summary>
/// <param name="Node">The actor, as `process/name`.</param>
/// <param name="At">Virtual time of the failure.</param>
public sealed record SimulationFault(string Node, SimTime At, Exception Cause);

/// <summary>Thrown when a run has failed.</summary>
public sealed class SimulationFailedException : Exception
{
    internal SimulationFailedException(SimulationFault fault, EventKey at, string run = "")
        : base($"{fault.Node} failed at {fault.At}{run}: {fault.Cause.Message}", fault.Cause) => (Fault, At) = (fault, at);

    public SimulationFault Fault { get; }

    internal EventKey At { get; }

    /// <summary>Place of the event that failed in the order of events: of several members' failures, the least is the run's.</summary>
    public (long Time, ulong Source, uint Sequence) Order => (At.Time, At.Source, At.Sequence);

    /// <summary>The same failure, with what it takes to reproduce it.</summary>
    public SimulationFailedException InRun(ulong seed, long replication) =>
        new(Fault, At, $" (seed {seed}, replication {replication})");
}
