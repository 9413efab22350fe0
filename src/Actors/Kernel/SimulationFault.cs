namespace Actors.Kernel;

/// <summary>What made a run fail: an actor threw, or broke a rule of the kernel.</summary>
/// <param name="Node">Path of the actor.</param>
/// <param name="At">Virtual time of the failure.</param>
public sealed record SimulationFault(string Node, SimTime At, Exception Cause);

/// <summary>Thrown by <see cref="Engine.Run"/> when the run has failed.</summary>
public sealed class SimulationFailedException(SimulationFault fault)
    : Exception($"{fault.Node} failed at {fault.At}: {fault.Cause.Message}", fault.Cause)
{
    public SimulationFault Fault { get; } = fault;
}
