using System.Diagnostics;
using Actors;
using Actors.Kernel;
using Experiments.Plans;
using Experiments.Reports;
using Engine = Experiments.Plans.Engine;

namespace Experiments.MonteCarlo;

/// <summary>
/// How fast replication 0 of a cell runs. It is simulated again, alone, on a new network, after everything that decides a result is
/// done: times and memory are of this machine, differ from run to run, and stand in no summary.
/// </summary>
internal static class SpeedRuns
{
    /// <summary>A line for each simulated cell, in plan order; none for one that breaks off.</summary>
    public static IReadOnlyList<SpeedLine> Of(StudyPlan study, ulong seed, SchemeLibrary schemes, int partitions)
    {
        var lines = new List<SpeedLine>();
        foreach (var cell in study.Cells.Where(cell => cell.Engine == Engine.Simulation))
        {
            if (Measure(cell, seed, schemes, cell.Partitions ?? partitions) is not { } line)
                continue;
            var alone = lines.Find(other => other.Cell.Key == cell.Key && other.Partitions == 1);
            lines.Add(line with { SpeedUp = line.Partitions == 1 ? 1 : alone?.Seconds / line.Seconds });
        }

        return lines;
    }

    private static SpeedLine? Measure(CellPlan cell, ulong seed, SchemeLibrary schemes, int partitions)
    {
        // What cells before this one have left would be counted as its own.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProcessMemory.ForgetPeak();
        using var system = LaboratorySystem.Create();
        var setUp = Stopwatch.StartNew();
        using var simulation = new Simulation(system, CellScenario.Of(cell, schemes, partitions));
        setUp.Stop();
        try
        {
            var clock = Stopwatch.StartNew();
            var run = simulation.Run(seed, 0);
            return new SpeedLine(
                cell, CellStatistics.SweptOf(cell), CellScenario.NetworkOf(cell).Plan!.Mobiles.Count, partitions,
                run.Events, run.Windows, setUp.Elapsed.TotalSeconds, clock.Elapsed.TotalSeconds, ProcessMemory.PeakMib());
        }
        catch (SimulationFailedException)
        {
            return null;
        }
    }
}

/// <summary>What this process holds in memory.</summary>
internal static class ProcessMemory
{
    private const string Forget = "/proc/self/clear_refs";

    /// <summary>Starts the peak anew, where the system can.</summary>
    public static void ForgetPeak()
    {
        try
        {
            if (File.Exists(Forget))
                File.WriteAllText(Forget, "5");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The peak is then that of the process so far.
        }
    }

    public static double PeakMib()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
