using Actors;
using Actors.Network;
using Actors.Security.Keys;
using Actors.Security.Profiles;
using Experiments.Plans;
using Topology.Generation;
using Topology.Plans;

namespace Experiments.MonteCarlo;

/// <summary>From a planned cell to the scenario that is simulated: handovers from par to nar in the paper's network.</summary>
internal static class CellScenario
{
    private const string NewRouter = "nar";
    private const string MobileNode = "mn";

    /// <summary>The cell's network, or what is wrong with its overrides.</summary>
    public static PlanResult NetworkOf(CellPlan cell) => PaperTopology.Build(cell.Delays.OfTopology(), cell.Topology.Overrides(), cell.Mobiles?.Count ?? 1);

    /// <exception cref="InvalidOperationException">The cell's network is none; <see cref="PlanCheck"/> tells why beforehand.</exception>
    public static Scenario Of(CellPlan cell, SchemeLibrary schemes, int partitions)
    {
        var network = NetworkOf(cell).Plan ?? throw new InvalidOperationException($"cell {cell.Number} has no network");
        var router = network.Find(NewRouter)!.Value;
        var (crypto, delays) = (cell.Crypto, cell.Delays);
        var profile = crypto.Profile is { } name ? CryptoProfile.Find(name) : null;
        return new Scenario(
            network,
            schemes[cell.Scheme.Name],
            schemes.OptionsOf(cell.Scheme),
            crypto.Costs(),
            cell.Mobiles is { } mobiles
                ? new PoissonHandovers(network.Find(MobileNode)!.Value, mobiles.Count, mobiles.HandoversPerSecond, mobiles.Duration, router, cell.MovesAfter)
                : new SingleHandover(router, cell.MovesAfter))
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
            Traffic = cell.Traffic is { } traffic ? new Traffic(traffic.Interval, traffic.PayloadBytes, traffic.Duration) : null,
            Wire = cell.PacketsAreBytes ? KeyRing.DefaultProfile : null,
            Partitions = partitions,
        };
    }
}
