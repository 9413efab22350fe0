using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Members;

/// <summary>
/// Runs the replications of an experiment on the members of a cluster: tells a <see cref="WorkDistribution"/> what happens, and
/// sends what it wants sent. It alone writes to the store.
/// </summary>
internal sealed class ClusterCoordinator : UntypedActor, IWithTimers
{
    public const string Name = "coordinator";
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private static readonly object Tick = new();
    private static readonly object BudgetSpent = new();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly IReadOnlyList<CellJob> _jobs;
    private readonly MonteCarloRun _run;
    private readonly WorkDistribution _distribution;
    private readonly DistributionTerms _terms;
    private readonly string _experiment;
    private readonly TimeSpan? _budget;
    private readonly Action<string> _tell;
    private readonly Dictionary<string, Address> _addresses = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _told;
    private bool _ended;

    /// <param name="tell">Takes what the user should know, a line each.</param>
    public ClusterCoordinator(
        IReadOnlyList<CellJob> jobs, MonteCarloRun run, DistributionTerms terms, string experiment, TimeSpan? budget, Action<string> tell)
    {
        (_jobs, _run, _terms, _experiment, _budget, _tell) = (jobs, run, terms, experiment, budget, tell);
        _distribution = new WorkDistribution(jobs, terms);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    protected override void PreStart()
    {
        Report();
        if (_distribution.IsComplete)
        {
            End(RunEnd.Finished);
            return;
        }

        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(Tick, Tick, TickInterval);
        if (_budget is { } budget)
            Timers.StartSingleTimer(BudgetSpent, BudgetSpent, budget);
    }

    /// <summary>The cluster has put this member out, unless the run is over: what was folded is kept.</summary>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        if (!_ended)
            End(RunEnd.QuorumLost);
        _run.Complete();
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
            Perform();
        }
        catch (Exception cause)
        {
            // The store cannot be written, or two members disagree: the run ends, and says why.
            _run.Fail(cause);
            End(RunEnd.Interrupted);
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case ClusterMessage said:
                _distribution.Receive(Gate.Text(Sender.Path.Address), said, Now);
                break;
            case ClusterEvent.MemberWeaklyUp or ClusterEvent.MemberUp:
                var up = ((ClusterEvent.MemberStatusChange)message).Member;
                if (!up.HasRole(ClusterSettings.WorkerRole))
                    break;
                _addresses[Gate.Text(up.Address)] = up.Address;
                _distribution.MemberSeen(Gate.Text(up.Address), Now);
                break;
            case ClusterEvent.MemberRemoved removed:
                _distribution.MemberGone(Gate.Text(removed.Member.Address), Now);
                break;
            case ClusterEvent.UnreachableMember lost:
                _distribution.MemberLost(Gate.Text(lost.Member.Address), Now);
                break;
            case ClusterEvent.ReachableMember back:
                _distribution.MemberBack(Gate.Text(back.Member.Address), Now);
                break;
            default:
                if (ReferenceEquals(message, BudgetSpent))
                    _run.Stop(RunEnd.BudgetSpent);
                else if (ReferenceEquals(message, Tick))
                    Look();
                break;
        }
    }

    private void Look()
    {
        _distribution.Tick(Now);
        Report();
        if (_distribution.IsAbandoned)
            _run.Stop(RunEnd.QuorumLost);
        if (_run.Stopping.IsCancellationRequested)
            End(_run.End);
    }

    private void Perform()
    {
        foreach (var (to, message) in _distribution.Outbox)
            Context.ActorSelection(new RootActorPath(_addresses[to]) / "user" / MemberActor.Name).Tell(message, Self);
        _distribution.Outbox.Clear();
        foreach (var note in _distribution.Notes)
            _tell(note);
        _distribution.Notes.Clear();
        if (!_ended && _distribution.IsComplete)
            End(RunEnd.Finished);
    }

    private void End(RunEnd end)
    {
        if (_ended)
            return;
        _ended = true;
        if (end != RunEnd.Finished)
            _run.Stop(end);
        _run.Leave();

        Report();
        _distribution.Dismiss();
        Perform();
        Context.Stop(Self);
    }

    private void Report()
    {
        var members = _distribution.Members(Now);
        _run.Progress = RunProgress.Of(_jobs, _distribution.Computed) with { Members = members };
        foreach (var member in members)
            _run.Note(member.Address);
        if (Now - _told < ProgressInterval)
            return;
        _told = Now;
        var (done, cells, computed, remaining) = _run.Progress;
        var status = new RunStatus(_experiment, Gate.Text(_cluster.SelfAddress), done, cells, computed, remaining, members);
        foreach (var member in members)
            _distribution.Outbox.Add((member.Address, new Progress(_terms.Run, status)));
    }
}
