using System.Globalization;
using Experiments.Configuration;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>What memory a run takes at most, estimated without running anything.</summary>
internal static class Footprint
{
    /// <summary>Runtime, libraries, results.</summary>
    private const long BaseBytes = 100L << 20;

    /// <summary>Of a mobile node: its actor, its machine, and what routers and home agent keep of it.</summary>
    private const long BytesPerMobile = 2400;

    /// <summary>Of a mobile node that hands over now and then: what is new since the collector came by, up to <see cref="MostFreshBytes"/>.</summary>
    private const long FreshBytesPerMobile = 4000;

    /// <summary>For each core's heap, however many mobile nodes there are: the collector's largest budget.</summary>
    private const long MostFreshBytes = 200L << 20;

    /// <summary>Of a router or server, with the links to it.</summary>
    private const long BytesPerRouter = 6000;

    /// <summary>Of a handover that is over, until its replication is.</summary>
    private const long BytesPerHandover = 400;

    /// <summary>In MiB.</summary>
    public static long Mib(ExperimentPlan plan, int workers) => (BaseBytes + workers * Largest(plan)) >> 20;

    /// <summary>One line, when the machine has not so much; null when it has.</summary>
    public static string? Refusal(ExperimentPlan plan, int workers)
    {
        var (needed, there) = (Mib(plan, workers), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20);
        return needed <= there ? null : string.Create(CultureInfo.InvariantCulture,
            $"{plan.Name}: {Codes.DoesNotFit} the run needs about {needed} MiB with {workers} workers; the machine has {there} MiB. Write {(workers > 1 ? "--workers 1, or " : "")}fewer mobiles or a shorter run.");
    }

    private static long Largest(ExperimentPlan plan) =>
        plan.Cells.Where(cell => cell.Engine == Engine.Simulation).Select(BytesOf).DefaultIfEmpty(0).Max();

    private static long BytesOf(CellPlan cell)
    {
        var mobiles = CellScenario.NetworkOf(cell).Plan!.Mobiles.Count;
        var routers = CellScenario.NetworkOf(cell).Plan!.WiredCount;
        var fresh = Math.Min(mobiles * FreshBytesPerMobile, Environment.ProcessorCount * MostFreshBytes);
        return mobiles * BytesPerMobile + fresh + routers * BytesPerRouter + (cell.RecordsDistribution ? 0 : (long)(HandoversOf(cell, mobiles) * BytesPerHandover));
    }

    /// <summary>Of nodes that move: by the rate of fluid flow through hexagonal cells, 4 v / (pi s).</summary>
    private static double HandoversOf(CellPlan cell, int mobiles) => cell is { Mobility: { Duration: { } duration } mobility, Topology.Generated: { } generated }
        ? mobiles * duration.TotalSeconds * 4 * mobility.Speed.Mean / (Math.PI * generated.Shape.Layout.Spacing)
        : mobiles;
}
