using System.Diagnostics;
using Experiments.MonteCarlo;
using Experiments.Results;

namespace Experiments.Cluster.Span;

/// <summary>The replications of an experiment as networks over several members: one after the other, in the order of the jobs.</summary>
/// <param name="budget">Real time for the run; null for any.</param>
/// <param name="tell">Takes what the user should know, a line each.</param>
internal sealed class ExperimentSpan(IReadOnlyList<CellJob> jobs, MonteCarloRun run, TimeSpan? budget, Action<string> tell) : ISpanSource, SpanCoordinator.IEnds
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private SpanCost _cost = SpanCost.None;
    private int _members;
    private long _computed;

    public bool IsStopping
    {
        get
        {
            if (Stopwatch.GetElapsedTime(_started) > budget)
                run.Stop(RunEnd.BudgetSpent);
            return run.Stopping.IsCancellationRequested;
        }
    }

    public (int Job, int Index)? Next()
    {
        run.Progress = RunProgress.Of(jobs, _computed);
        return jobs.FirstOrDefault(job => job.HasWork) is { } job ? (job.Number, job.Take(1).From) : null;
    }

    public void Begins(IEnumerable<string> members)
    {
        foreach (var member in members)
            run.Note(member);
    }

    public void Fold(int job, int index, IReadOnlyList<SpanResult> results)
    {
        var (together, fault) = results.Together();
        var metrics = jobs[job].Metrics;
        var (record, failure) = together is not null
            ? SimulationWorker.Measured(metrics, index, together)
            : (metrics.OfBroken(index, 0), new FailedReplication(index, fault!.At, fault.Node, fault.Reason, fault.Detail));
        Fold(job, index, record, failure);
        _cost = _cost.Then(SpanCost.Of(results.Select(result => result.Cost)));
        _members = Math.Max(_members, results.Count(result => result.Cost.Windows > 0));
    }

    public void Quarantine(int job, int index, string reason) =>
        Fold(job, index, jobs[job].Metrics.OfBroken(index, 0), new FailedReplication(index, "start", "mn", reason, null));

    public void Finished() => Tell();

    public void Interrupted()
    {
        Tell();
        Save();
    }

    public void Alone()
    {
        run.Stop(RunEnd.QuorumLost);
        Save();
    }

    public void Failed(Exception cause)
    {
        run.Fail(cause);
        Save();
    }

    public void Stopped() => run.Complete();

    private void Fold(int job, int index, ReplicationRecord record, FailedReplication? failure)
    {
        jobs[job].Fold(index, [record], failure is null ? [] : [failure]);
        _computed++;
    }

    private void Save()
    {
        try
        {
            foreach (var job in jobs.Where(job => !job.IsComplete))
            {
                if (run.End == RunEnd.BudgetSpent)
                    job.StopByBudget();
                else
                    job.Save();
            }
        }
        catch (Exception cause)
        {
            run.Fail(cause);
        }
    }

    private void Tell()
    {
        if (_cost.Windows > 0)
            tell(_cost.Text(_members));
    }
}
