using Topology.Plans;

namespace Topology.Movement;

/// <summary>Where a node was at an instant.</summary>
/// <param name="Seconds">From the start of the trace.</param>
public readonly record struct TracePoint(double Seconds, string Node, PlanePoint Place);
