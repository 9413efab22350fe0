using System.Globalization;
using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Captures;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Reports.SequenceCharts;
using Topology.Plans;

namespace Experiments.Cli;

/// <summary>One stored replication, simulated again: its steps, or the bytes of its packets with the keys that they are made with.</summary>
/// <param name="Failure">One line, where the replication broke off; else null.</param>
internal sealed record TracedRun(string Title, NetworkPlan Network, string? Failure)
{
    public IReadOnlyList<TraceStep> Steps { get; private init; } = [];

    public PacketCapture? Capture { get; private init; }

    public KeyRing? Keys { get; private init; }

    /// <param name="share">Of the mobile nodes whose handovers are written down; 1 for everything.</param>
    public static TracedRun WithSteps(Laboratory laboratory, ExperimentPlan plan, CellPlan cell, int replication, double share = 1)
    {
        var scenario = CellScenario.Of(cell, laboratory.Schemes, partitions: 1);
        var recorder = new TraceRecorder(scenario.Network);
        INetworkObserver observer = share < 1 ? new SampledObserver(recorder, scenario.Network, plan.Seed, share) : recorder;
        return Run(plan, cell, scenario, replication, observer) with { Steps = [.. recorder.Steps.OrderBy(step => step.At)] };
    }

    public static TracedRun WithCapture(Laboratory laboratory, ExperimentPlan plan, CellPlan cell, int replication)
    {
        var scenario = CellScenario.Of(cell, laboratory.Schemes, partitions: 1);
        var network = scenario.Network;
        var keys = new KeyRing(plan.Seed, replication, network.Domains.Count, node => network[node].Domain);
        var capture = new PacketCapture(new PacketCodec(network, SchemeForms.Of(scenario.Scheme), keys));
        return Run(plan, cell, scenario, replication, capture) with { Capture = capture, Keys = keys };
    }

    private static TracedRun Run(ExperimentPlan plan, CellPlan cell, Scenario scenario, int replication, INetworkObserver observer)
    {
        using var system = LaboratorySystem.Create();
        using var simulation = new Simulation(system, scenario);
        simulation.Observer = observer;
        string? failure = null;
        try
        {
            simulation.Run(plan.Seed, replication);
        }
        catch (SimulationFailedException failed)
        {
            failure = $"{CellStatistics.NameOf(cell)}: {Codes.ReplicationFailed} {failed.Message.ReplaceLineEndings(" ")}";
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number}: {CellStatistics.NameOf(cell)}, seed {plan.Seed}, replication {replication}");
        return new TracedRun(title, scenario.Network, failure);
    }
}
