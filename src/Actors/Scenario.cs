using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Security;
using Topology.Plans;
using Topology.Randomness;

namespace Actors;

/// <summary>All that a simulation is built from. Equal scenarios give equal results.</summary>
/// <param name="Partitions">Threads wanted; one for each domain at most.</param>
public sealed record Scenario(
    NetworkPlan Network,
    IHandoverScheme Scheme,
    SchemeOptions Options,
    CryptoCosts Costs,
    IMovement Movement)
{
    public MovementDelays Delays { get; init; } = MovementDelays.None;

    /// <summary>Streams of data to all mobile nodes; null for signalling only, as in the paper's sums.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>Threads to run on; at most one for each domain is used.</summary>
    public int Partitions { get; init; } = 1;

    public DeliveryMode Delivery { get; init; } = DeliveryMode.Direct;
}
