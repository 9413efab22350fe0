using Actors;
using Experiments.Benchmarks;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Plans;

namespace Experiments.Cluster.Span;

/// <summary>What members compute together: replications of jobs, each a network of its own.</summary>
internal abstract class SpanWork
{
    /// <summary>The experiment's, or the benchmark's.</summary>
    public abstract string Name { get; }

    /// <summary>The number of a job's cell in the plan, from 1.</summary>
    public abstract int CellOf(int job);

    public abstract Scenario ScenarioOf(int job);

    /// <summary>Whether it is worth some milliseconds to learn how long an exchange of empty batches takes.</summary>
    public virtual bool WantsRoundTrip(int job) => false;

    /// <summary>This member's part of a replication.</summary>
    /// <exception cref="Actors.Kernel.SimulationFailedException">A node failed.</exception>
    /// <exception cref="Actors.Kernel.MemberLostException">Another member is lost.</exception>
    public abstract (RunRecord Run, (long Handovers, long Ticks) Totals) Run(Simulation simulation, int job, int index);

    /// <summary>The simulated cells of an experiment.</summary>
    public sealed class Experiment(ExperimentPlan plan, SchemeLibrary schemes) : SpanWork
    {
        private readonly CellPlan[] _cells = [.. MonteCarloRun.JobsOf(plan).Select(cells => cells[0])];

        public override string Name => plan.Name;

        public override int CellOf(int job) => _cells[job].Number;

        public override Scenario ScenarioOf(int job) => CellScenario.Of(_cells[job], schemes, partitions: 1);

        public override (RunRecord Run, (long Handovers, long Ticks) Totals) Run(Simulation simulation, int job, int index) =>
            (simulation.Run(plan.Seed, index), default);
    }

    /// <summary>HANDOFF-22: job 0 warms up, job 1 is measured.</summary>
    public sealed class Benchmark(SpanBenchmark benchmark) : SpanWork
    {
        public override string Name => "handoff22";

        public override int CellOf(int job) => job + 1;

        public override Scenario ScenarioOf(int job) => Handoff22.Scenario(new Handoff22Scheme(), Mobiles(job), partitions: 1);

        public override bool WantsRoundTrip(int job) => job == 1;

        public override (RunRecord Run, (long Handovers, long Ticks) Totals) Run(Simulation simulation, int job, int index)
        {
            var (run, totals) = Handoff22.Measure(simulation, benchmark.Seed, Handoff22.End(Mobiles(job), job == 0 ? Handoff22.WarmUpEvents(benchmark.Events) : benchmark.Events));
            return (run, (totals.Count, totals.Ticks));
        }

        private int Mobiles(int job) => job == 0 ? Handoff22.WarmUpMobiles(benchmark.Mobiles) : benchmark.Mobiles;
    }
}
