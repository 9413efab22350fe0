using Actors;
using Actors.Network;
using Actors.Security.Keys;
using Actors.Security.Profiles;
using Experiments.Plans;
using Topology.Generation;
using Topology.Plans;

namespace Experiments.MonteCarlo;

/// <summary>From a planned cell to the scenario that is simulated: handovers from par to nar in the paper's network, or along a path.</summary>
internal static class CellScenario
{
    private const string MobileNode = "mn";

    /// <summary>The cell's network, or what is wrong with its overrides.</summary>
    public static PlanResult NetworkOf(CellPlan cell) => CellNetwork.Of(cell).Result;

    /// <exception cref="InvalidOperationException">The cell's network is none; <see cref="PlanCheck"/> tells why beforehand.</exception>
    public static Scenario Of(CellPlan cell, SchemeLibrary schemes, int partitions)
    {
        var network = NetworkOf(cell).Plan ?? throw new InvalidOperationException($"cell {cell.Number} has no network");
        var (crypto, delays, scheme) = (cell.Crypto, cell.Delays, schemes[cell.Scheme.Name]);
        var profile = crypto.Profile is { } name ? CryptoProfile.Find(name) : null;
        return new Scenario(
            network,
            scheme,
            schemes.OptionsOf(cell.Scheme),
            crypto.Costs(),
            CellNetwork.Of(cell).Movement() ?? MovementOf(cell, network))
        {
            Delays = new MovementDelays
            {
                LinkSwitch = delays.LinkSwitch,
                Anticipation = delays.Anticipation,
                Discovery = delays.Discovery,
                MovementDetection = delays.MovementDetection,
                DuplicateAddressDetection = delays.DuplicateAddressDetection,
            },
            Profile = profile,
            Execution = crypto.Cost == CostModel.Real ? CryptoExecution.Of(profile!) : null,
            Traffic = cell.Traffic?.Stream(),
            BufferPackets = cell.Buffer is { IsByThePaper: true } && !scheme.CachesByThePaper ? 0 : cell.Buffer?.Packets,
            Wire = cell.PacketsAreBytes ? KeyRing.DefaultProfile : null,
            Partitions = partitions,
            WarmUp = cell.WarmUp,
            RecordsDistribution = cell.RecordsDistribution,
        };
    }

    public static bool IsHomePlusTwo(CellPlan cell) => cell.Topology.Generated is null && cell.Topology.Template == HomePlusTwoTopology.Name;

    private static IMovement MovementOf(CellPlan cell, NetworkPlan network)
    {
        if (cell.Waypoints is { } waypoints)
            return new Waypoints(WaypointPath.Resolve(network, waypoints.Path).Routers, waypoints.Dwell, cell.MovesAfter);

        // A lone mobile node of a generated network starts at the first router.
        var router = network.Find(IsHomePlusTwo(cell) || cell.Topology.Generated is not null ? "ar1" : "nar") ?? network.Cells[0].Router;
        return cell.Mobiles is { HandoversPerSecond: > 0 } mobiles
            ? new PoissonHandovers(network.Find(MobileNode)!.Value, mobiles.Count, mobiles.HandoversPerSecond, mobiles.Duration, router, cell.MovesAfter)
            : new SingleHandover(router, cell.MovesAfter);
    }
}
