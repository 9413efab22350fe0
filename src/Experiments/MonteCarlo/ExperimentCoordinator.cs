using Akka.Actor;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>
/// Shares the replications of all simulated cells out to workers, on demand, and folds what they bring back. A worker stays
/// at its cell while that has work, then takes one that nobody has begun, then helps where most is left to do.
/// </summary>
internal sealed class ExperimentCoordinator : UntypedActor
{
    private static readonly object BudgetSpent = new();
    private readonly IReadOnlyList<CellJob> _jobs;
    private readonly MonteCarloRun _run;
    private readonly HashSet<IActorRef> _workers = [];
    private readonly Dictionary<IActorRef, int> _jobOf = [];
    private readonly List<IActorRef> _idle = [];
    private long _computed;

    public ExperimentCoordinator(IReadOnlyList<CellJob> jobs, ExperimentPlan plan, SchemeLibrary schemes, RunSettings settings, MonteCarloRun run)
    {
        _jobs = jobs;
        _run = run;
        Report();
        if (jobs.All(job => job.IsComplete))
        {
            Context.Stop(Self);
            return;
        }

        for (var i = 0; i < settings.Workers; i++)
        {
            var worker = Context.ActorOf(SimulationWorker.Props(Self, plan.Seed, schemes, settings.Partitions, new ReplicationWatch(), run.Stopping), $"worker-{i}");
            _workers.Add(Context.Watch(worker));
        }

        if (plan.Budget is { } budget)
            Context.System.Scheduler.ScheduleTellOnce(budget, Self, BudgetSpent, Self);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(cause =>
        {
            _run.Fail(cause);
            return Directive.Stop;
        });

    protected override void OnReceive(object message)
    {
        try
        {
            switch (message)
            {
                case SimulationWorker.Ready:
                    Assign(Sender);
                    break;
                case SimulationWorker.Computed computed:
                    Fold(computed);
                    break;
                case SimulationWorker.Broken broken:
                    _run.Fail(broken.Cause);
                    RetireIdle(Sender);
                    break;
                case Terminated terminated:
                    _workers.Remove(terminated.ActorRef);
                    if (_workers.Count == 0)
                        Context.Stop(Self);
                    break;
                default:
                    if (ReferenceEquals(message, BudgetSpent))
                        _run.Stop(RunEnd.BudgetSpent);
                    else
                        Unhandled(message);
                    break;
            }
        }
        catch (Exception cause)
        {
            // The store cannot be written, for one: the run ends, and says why.
            _run.Fail(cause);
            RetireIdle(Sender);
        }
    }

    protected override void PostStop()
    {
        _run.Leave();

        _run.Complete();
    }

    private void Fold(SimulationWorker.Computed computed)
    {
        var job = _jobs[computed.Job];
        job.Workers--;
        if (!job.IsComplete)
            job.Fold(computed.From, computed.Records, computed.Failures);
        _computed += computed.Records.Length;
        Report();
        Assign(Sender);

        // What was folded may have opened work, or ended it, for those who found none.
        foreach (var worker in _idle.ToArray())
        {
            _idle.Remove(worker);
            Assign(worker);
        }
    }

    private void Assign(IActorRef worker)
    {
        if (_run.Stopping.IsCancellationRequested || _jobs.All(job => job.IsComplete))
        {
            RetireIdle(worker);
            return;
        }

        if (Choose(worker) is not { } job)
        {
            _idle.Add(worker);
            return;
        }

        var (from, count) = job.Take();
        job.Workers++;
        _jobOf[worker] = job.Number;
        worker.Tell(new SimulationWorker.Work(job.Number, job.Cell, job.Metrics, from, count), Self);
    }

    private CellJob? Choose(IActorRef worker)
    {
        if (_jobOf.TryGetValue(worker, out var own) && _jobs[own].HasWork)
            return _jobs[own];
        return _jobs.FirstOrDefault(job => job is { HasWork: true, Workers: 0 })
            ?? _jobs.Where(job => job.HasWork).MaxBy(job => job.Remaining);
    }

    private void RetireIdle(IActorRef worker)
    {
        worker.Tell(SimulationWorker.Retire.Instance, Self);
        foreach (var idle in _idle)
            idle.Tell(SimulationWorker.Retire.Instance, Self);
        _idle.Clear();
    }

    private void Report() => _run.Progress = RunProgress.Of(_jobs, _computed);
}
