using Actors;
using Actors.Kernel;
using Actors.Network;
using Akka.Actor;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>
/// The packets of replication 0 of a cell. The replication is simulated again, with every packet kept: replications that are only
/// measured keep none.
/// </summary>
internal sealed class PacketRuns(ulong seed, SchemeLibrary schemes) : IDisposable
{
    private readonly Lazy<ActorSystem> _system = new(LaboratorySystem.Create);
    private readonly Dictionary<string, IReadOnlyList<PacketRecord>> _known = [];

    /// <summary>None where the replication breaks off.</summary>
    public IReadOnlyList<PacketRecord> Of(CellPlan cell)
    {
        if (_known.TryGetValue(cell.Key, out var known))
            return known;
        using var simulation = new Simulation(_system.Value, CellScenario.Of(cell, schemes, partitions: 1) with { RecordsPackets = true });
        IReadOnlyList<PacketRecord> packets;
        try
        {
            packets = simulation.Run(seed, 0).Streams!.Packets;
        }
        catch (SimulationFailedException)
        {
            packets = [];
        }

        _known.Add(cell.Key, packets);
        return packets;
    }

    public void Dispose()
    {
        if (_system.IsValueCreated)
            _system.Value.Dispose();
    }
}
