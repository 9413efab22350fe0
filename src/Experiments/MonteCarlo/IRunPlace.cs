using Akka.Actor;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.MonteCarlo;

/// <summary>Where replications are computed: results are the same everywhere.</summary>
internal interface IRunPlace : IDisposable
{
    /// <exception cref="ResultsException">The store cannot be read.</exception>
    MonteCarloRun Start(ExperimentPlan plan, SchemeLibrary schemes, IResultStore store);
}

/// <summary>In this process.</summary>
internal sealed class RunHere(RunSettings settings) : IRunPlace
{
    private readonly ActorSystem _system = LaboratorySystem.Create();

    public MonteCarloRun Start(ExperimentPlan plan, SchemeLibrary schemes, IResultStore store) =>
        MonteCarloRun.Start(_system, plan, schemes, store, settings);

    public void Dispose() => _system.Dispose();
}
