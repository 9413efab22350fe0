using Akka.Actor;
using Experiments.Plans;
using Experiments.Results;
using Experiments.Statistics;

namespace Experiments.MonteCarlo;

/// <param name="Workers">Threads that run replications, each on its own network; at least 1.</param>
/// <param name="Partitions">Threads that share one replication; at least 1.</param>
public sealed record RunSettings(int Workers, int Partitions);

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    Finished,

    /// <summary>The time budget was spent; undecided cells end at their last whole batch.</summary>
    BudgetSpent,

    /// <summary>The user stopped it; running it again goes on.</summary>
    Interrupted,

    /// <summary>The cluster could not go on with it; running it again goes on.</summary>
    QuorumLost,
}

/// <summary>How far a run is.</summary>
/// <param name="Computed">Replications computed by this run.</param>
/// <param name="Remaining">Replications still needed, as far as can be told; null before the first cell was tested.</param>
public sealed record RunProgress(int CellsDone, int Cells, long Computed, long? Remaining)
{
    /// <summary>The members that compute; null where the run is in this process alone.</summary>
    public IReadOnlyList<MemberProgress>? Members { get; init; }

    internal static RunProgress Of(IReadOnlyList<CellJob> jobs, long computed)
    {
        var known = jobs.Where(job => job.Predicted is not null).ToList();
        var typical = known.Count == 0 ? 0 : (long)known.Average(job => job.Predicted!.Value);
        return new RunProgress(
            jobs.Count(job => job.IsComplete),
            jobs.Count,
            computed,
            known.Count == 0 ? null : jobs.Sum(job => Math.Max(0, (job.Predicted ?? typical) - job.Samples.Count)));
    }
}

/// <summary>A member of a cluster at work.</summary>
/// <param name="Address"><c>host:port</c></param>
/// <param name="Lanes">Replications that it computes at a time.</param>
/// <param name="PerSecond">Replications, of late.</param>
public sealed record MemberProgress(string Address, int Lanes, double PerSecond);

/// <summary>What came out for one simulated cell.</summary>
/// <param name="Samples">The replications that count.</param>
/// <param name="Decision">Null when the cell was cut short.</param>
/// <param name="Failed">How many of the replications broke off.</param>
/// <param name="Failures">Those that broke off in this run.</param>
public sealed record CellOutcome(
    CellPlan Cell, CellSamples Samples, StopDecision? Decision, int Failed, IReadOnlyList<FailedReplication> Failures);

/// <summary>
/// One execution of a plan's simulated cells on workers of an ActorSystem (see <see cref="LaboratorySystem"/>). What it
/// yields is a function of the plan alone; only an interruption or a spent budget make it less.
/// </summary>
public sealed class MonteCarloRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<CellJob> _jobs;
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _members = new(StringComparer.Ordinal);
    private volatile RunProgress _progress = new(0, 0, 0, null);
    private Exception? _failure;

    private MonteCarloRun(IReadOnlyList<CellJob> jobs) => _jobs = jobs;

    /// <summary>The latest state; may be read from any thread.</summary>
    public RunProgress Progress
    {
        get => _progress;
        internal set => _progress = value;
    }

    /// <summary>Addresses of the members that have had work of this run; none where it is in this process alone.</summary>
    public IReadOnlyList<string> Members
    {
        get
        {
            lock (_lock)
                return [.. _members];
        }
    }

    public RunEnd End { get; private set; }

    internal CancellationToken Stopping => _stop.Token;

    /// <summary>A member has work of this run.</summary>
    internal void Note(string member)
    {
        lock (_lock)
            _members.Add(member);
    }

    /// <summary>Starts the plan's cells where the store has left them.</summary>
    /// <exception cref="ResultsException">The store cannot be read.</exception>
    public static MonteCarloRun Start(
        ActorSystem system, ExperimentPlan plan, SchemeLibrary schemes, IResultStore store, RunSettings settings) =>
        Start(system, plan, schemes, store, (jobs, run) => Props.Create(() => new ExperimentCoordinator(jobs, plan, schemes, settings, run)), name: null);

    /// <param name="coordinator">Shares the jobs out, and ends when the run does.</param>
    /// <param name="name">Of the coordinator; null for any.</param>
    internal static MonteCarloRun Start(
        ActorSystem system, ExperimentPlan plan, SchemeLibrary schemes, IResultStore store, Func<IReadOnlyList<CellJob>, MonteCarloRun, Props> coordinator, string? name)
    {
        CellJob[] jobs =
        [
            .. JobsOf(plan).Select((cells, number) => new CellJob(number, cells, plan, schemes, store)),
        ];
        var run = new MonteCarloRun(jobs);
        system.ActorOf(coordinator(jobs, run), name);
        return run;
    }

    /// <summary>The simulated cells of a plan, those of one key together: a job each, in the order of their numbers.</summary>
    internal static IEnumerable<IReadOnlyList<CellPlan>> JobsOf(ExperimentPlan plan) =>
        plan.Cells.Where(cell => cell.Engine == Engine.Simulation).GroupBy(cell => cell.Key).Select(cells => cells.ToList());

    /// <summary>What becomes of the cells that are not complete when nobody works on them any more.</summary>
    internal void Leave()
    {
        try
        {
            foreach (var job in _jobs.Where(job => !job.IsComplete))
            {
                if (End == RunEnd.BudgetSpent)
                    job.StopByBudget();
                else
                    job.Save();
            }
        }
        catch (Exception cause)
        {
            Fail(cause);
        }
    }

    /// <summary>Stops after the replications that are being computed; everything folded is stored.</summary>
    public void Interrupt() => Stop(RunEnd.Interrupted);

    /// <summary>True when the run has ended within the time.</summary>
    public bool Wait(TimeSpan time) => _completed.Task.Wait(time);

    /// <summary>Outcomes by number of the cell, once the run has ended.</summary>
    /// <exception cref="ResultsException">The results could not be stored.</exception>
    public IReadOnlyDictionary<int, CellOutcome> Outcomes()
    {
        _completed.Task.Wait();
        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        var outcomes = new Dictionary<int, CellOutcome>();
        foreach (var job in _jobs)
        {
            foreach (var (cell, samples, decision, failures) in job.Results())
                outcomes.Add(cell.Number, new CellOutcome(cell, samples, decision, samples.Broken, failures));
        }

        return outcomes;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>The first reason counts.</summary>
    internal void Stop(RunEnd reason)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested || _completed.Task.IsCompleted)
                return;
            End = reason;
            _stop.Cancel();
        }
    }

    internal void Fail(Exception cause)
    {
        lock (_lock)
            _failure ??= cause;
        Stop(RunEnd.Interrupted);
    }

    internal void Complete() => _completed.TrySetResult();
}
