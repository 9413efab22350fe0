using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Security;
using Actors.Security.Profiles;
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

    /// <summary>Whose algorithms decide the bytes of messages; null for those of the paper's RSA-2048, which are never fragmented.</summary>
    public CryptoProfile? Profile { get; init; }

    /// <summary>Executes computations beside charging for them; null for charging only. Changes no result.</summary>
    public CryptoExecution? Execution { get; init; }

    /// <summary>Whether the record of a run holds every packet of data.</summary>
    public bool RecordsPackets { get; init; }

    /// <summary>Whether the record of a run holds the distribution of handovers instead of a row for each; changes no result.</summary>
    public bool RecordsDistribution { get; init; }

    /// <summary>
    /// Handovers triggered before this instant of virtual time are left out of the record of a run, which takes its course all the same: at
    /// least 0. Events, signalling, computations and data stay those of the whole run.
    /// </summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Packets of data that a router holds back for one mobile node at a time; null for no limit, 0 for none.</summary>
    public int? BufferPackets { get; init; }

    /// <summary>The algorithms by which packets cross links as bytes; null for model mode, in which they cross as objects. Not together with
    /// <see cref="Profile"/>, whose messages may come in pieces.</summary>
    public CryptoProfile? Wire { get; init; }

    /// <summary>Threads to run on; at most one for each domain is used.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Of virtual time, as far as is known, for the partitioner: some for each mobile node by default. It decides no result.</summary>
    public double EventsPerSecond { get; init; } = 20.0 * Math.Max(1, Network.Mobiles.Count);

    /// <summary>
    /// Whether packets and sessions that have done their service are written anew. Where not, a packet that a machine has kept beyond its
    /// step is found empty. Changes no result.
    /// </summary>
    public bool ReusesPackets { get; init; } = true;

    public DeliveryMode Delivery { get; init; } = DeliveryMode.Direct;
}
