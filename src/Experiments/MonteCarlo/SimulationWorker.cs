using System.Globalization;
using Actors;
using Actors.Kernel;
using Akka.Actor;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.MonteCarlo;

/// <summary>
/// Runs replications on a thread of its own. It keeps the network of the cell it works at, so that replications of a cell
/// share one, and gives it up when it is sent to another.
/// </summary>
internal sealed class SimulationWorker(
    IActorRef coordinator, ulong seed, SchemeLibrary schemes, int partitions, ReplicationWatch watch, CancellationToken stop) : UntypedActor
{
    /// <summary>Kept, because running a simulation on this thread leaves no current actor behind.</summary>
    private readonly IUntypedActorContext _context = Context;
    private Simulation? _simulation;
    private int _job = -1;

    public static Props Props(
        IActorRef coordinator, ulong seed, SchemeLibrary schemes, int partitions, ReplicationWatch watch, CancellationToken stop) =>
        Akka.Actor.Props.Create(() => new SimulationWorker(coordinator, seed, schemes, partitions, watch, stop))
            .WithDispatcher(LaboratorySystem.WorkerDispatcher);

    protected override void PreStart() => coordinator.Tell(Ready.Instance, _context.Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Work work:
                try
                {
                    coordinator.Tell(Compute(work), _context.Self);
                }
                catch (Exception cause)
                {
                    coordinator.Tell(new Broken(cause), _context.Self);
                }

                break;
            case Retire:
                Release();
                _context.Stop(_context.Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Computed Compute(Work work)
    {
        if (work.Job != _job)
            Release();
        var records = new List<ReplicationRecord>(work.Count);
        var failures = new List<FailedReplication>();
        for (var index = work.From; index < work.From + work.Count && !stop.IsCancellationRequested; index++)
        {
            watch.Begin(index);
            _simulation ??= new Simulation(_context.System, CellScenario.Of(work.Cell, schemes, work.Cell.Partitions ?? partitions));
            _job = work.Job;
            var (record, failure) = Replicate(work.Metrics, index);
            records.Add(record);
            if (failure is not null)
                failures.Add(failure);
        }

        return new Computed(work.Job, work.From, [.. records], failures);
    }

    private (ReplicationRecord Record, FailedReplication? Failure) Replicate(CellMetrics metrics, int index)
    {
        try
        {
            return Measured(metrics, index, _simulation!.Run(seed, index));
        }
        catch (SimulationFailedException failed)
        {
            // Its actors are in the middle of things: the next replication gets new ones.
            Release();
            var fault = failed.Fault;
            return (metrics.OfBroken(index, 0), new FailedReplication(
                index, fault.At.ToString(), fault.Node[(fault.Node.LastIndexOf('/') + 1)..], fault.Cause.Message, fault.Cause.ToString()));
        }
    }

    /// <summary>The record of a run that came to its end; one in which a handover did not has failed.</summary>
    internal static (ReplicationRecord Record, FailedReplication? Failure) Measured(CellMetrics metrics, int index, RunRecord run) =>
        run.NeverEnded == 0
            ? (metrics.Of(index, run), null)
            : (metrics.OfBroken(index, run.Digest), new FailedReplication(index, run.End.ToString(), "mn", NeverEnded(run), null));

    private static string NeverEnded(RunRecord run) => run.Begun == 1
        ? "the handover never ended"
        : string.Create(CultureInfo.InvariantCulture, $"{run.NeverEnded} of {run.Begun} handovers never ended");

    private void Release()
    {
        _simulation?.Dispose();
        _simulation = null;
        _job = -1;
    }

    /// <summary>A worker has nothing to do.</summary>
    internal sealed record Ready
    {
        public static readonly Ready Instance = new();
    }

    /// <summary>Replications to compute.</summary>
    internal sealed record Work(int Job, CellPlan Cell, CellMetrics Metrics, int From, int Count);

    /// <summary>The replications of a <see cref="Work"/> in order, fewer when the run was stopped.</summary>
    internal sealed record Computed(
        int Job, int From, ReplicationRecord[] Records, IReadOnlyList<FailedReplication> Failures);

    /// <summary>Something other than a simulated node failed.</summary>
    internal sealed record Broken(Exception Cause);

    /// <summary>There is no more work.</summary>
    internal sealed record Retire
    {
        public static readonly Retire Instance = new();
    }
}
