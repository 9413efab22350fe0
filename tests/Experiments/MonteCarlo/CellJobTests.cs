using Actors.Mobility;
using CsCheck;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Experiments.Plans;
using Experiments.Results;
using Tests.Experiments.Cli;
using Topology.Randomness;

namespace Tests.Experiments.MonteCarlo;

public sealed class CellJobTests
{
    private static readonly SchemeLibrary Schemes = new(HandoverSchemes.All);

    [Fact]
    public void Chunks_may_come_back_in_any_order() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 300], Gen.Int[1, 20], Gen.ULong).Sample((workers, batch, percent, seed) =>
        {
            var alone = Outcome(1, batch, percent, 0);
            var shared = Outcome(workers, batch, percent, seed);
            Assert.Equal(alone, shared);
        }, iter: 40);

    [Fact]
    public void What_was_stored_ends_where_a_fresh_cell_does() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[2, 10]).Sample((batch, first, percent) =>
        {
            using var work = new Workspace();
            using var folder = ResultsFolder.Open(work.Folder());
            using var store = ResultStore.Open(folder);
            Complete(new CellJob(0, [.. Plan(work, first, 20).Cells], Plan(work, first, 20), Schemes, store), 1, 0);
            var plan = Plan(work, batch, percent);
            Assert.Equal(Outcome(1, batch, percent, 0), Complete(new CellJob(0, [.. plan.Cells], plan, Schemes, store), 3, 1));
        }, iter: 25);

    private static (int Count, ulong Digest) Outcome(int workers, int batch, int percent, ulong seed)
    {
        using var work = new Workspace();
        using var folder = ResultsFolder.Open(work.Folder());
        using var store = ResultStore.Open(folder);
        var plan = Plan(work, batch, percent);
        var outcome = Complete(new CellJob(0, [.. plan.Cells], plan, Schemes, store), workers, seed);
        var stored = store.Find(plan.Cells.Single().Key)!;
        Assert.Equal(outcome, (stored.Replications, stored.Digest));
        return outcome;
    }

    private static ExperimentPlan Plan(Workspace work, int batch, int percent) => ExperimentReader.Read(
        work.File, new ReaderOptions([$"stop.batch={batch}", $"stop.precision={percent}%", "stop.max-replications=3000"]), Schemes).Plan!;

    /// <summary>As many workers as asked for hold a chunk each; a drawn one brings its back next.</summary>
    private static (int Count, ulong Digest) Complete(CellJob job, int workers, ulong seed)
    {
        var draw = RandomStream.For(seed, 0, 0, StreamPurpose.Bench);
        var held = new List<(int From, int Count)>();
        while (!job.IsComplete)
        {
            while (held.Count < workers && job.HasWork)
            {
                job.Workers++;
                held.Add(job.Take());
            }

            var (from, count) = held[draw.NextInt32(held.Count)];
            held.Remove((from, count));
            job.Workers--;
            job.Fold(from, [.. Enumerable.Range(from, count).Select(index => Record(index, job.Metrics.Definitions.Count))], []);
        }

        var (_, samples, decision, _) = job.Results().Single();
        Assert.Equal(decision!.Replications, samples.Count);
        return (samples.Count, samples.Digest);
    }

    /// <summary>Totals between 33 and 113 ms, the same for the same index.</summary>
    private static ReplicationRecord Record(int index, int metrics)
    {
        var hash = RandomStream.Mix((ulong)index + 1);
        return new ReplicationRecord(index, [.. Enumerable.Repeat(330_000 + (long)(hash % 800_000), metrics)], hash);
    }
}
