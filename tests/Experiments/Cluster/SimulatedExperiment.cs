using Actors.Mobility;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;
using Tests.Experiments.Cli;
using Topology.Randomness;

namespace Tests.Experiments.Cluster;

/// <summary>An experiment whose replications are made up, the same for the same job and index, and what it gives without faults.</summary>
internal static class SimulatedExperiment
{
    private static readonly SchemeLibrary Schemes = new(HandoverSchemes.All);

    private static readonly ExperimentPlan Plan = ReadPlan();

    public static int Jobs { get; } = MonteCarloRun.JobsOf(Plan).Count();

    public static IReadOnlyList<CellJob> Open(IResultStore store) =>
        [.. MonteCarloRun.JobsOf(Plan).Select((cells, number) => new CellJob(number, cells, Plan, Schemes, store))];

    /// <summary>Count and digest of every job, one replication after the other.</summary>
    /// <param name="poison">A replication that cannot be computed; null for none.</param>
    public static IReadOnlyList<(int Count, ulong Digest)> Expected((int Job, int Index)? poison)
    {
        using var store = new MemoryStore();
        return [.. Open(store).Select(job =>
        {
            while (!job.IsComplete)
            {
                var (from, count) = job.Take(1);
                Assert.Equal(1, count);
                var broken = poison == (job.Number, from);
                job.Fold(from, [broken ? job.Metrics.OfBroken(from, 0) : Record(job.Number, from, job.Metrics.Definitions.Count)], []);
            }

            return (job.Samples.Count, job.Samples.Digest);
        })];
    }

    /// <summary>Totals between 33 and 113 ms, and as many metrics as the job has.</summary>
    public static ReplicationRecord Record(int job, int index, int metrics)
    {
        var hash = RandomStream.Mix((ulong)index + 1 + ((ulong)job << 32));
        return new ReplicationRecord(index, [.. Enumerable.Repeat(330_000 + (long)(hash % 800_000), metrics)], hash);
    }

    private static ExperimentPlan ReadPlan()
    {
        using var work = new Workspace("schemes = [fmipv6, famipv6, mipv6]\nstop { precision = 5 %, batch = 32, max-replications = 1000 }");
        return ExperimentReader.Read(work.File, ReaderOptions.None, Schemes).Plan!;
    }
}
