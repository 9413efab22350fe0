using System.Diagnostics;
using Akka.Actor;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Plans;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Members;

/// <summary>
/// A member's part in one session of one run: its lanes, each a <see cref="SimulationWorker"/> on a thread of its own, under
/// the orders of a <see cref="MemberDuty"/>.
/// </summary>
internal sealed class MemberRun : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly object Tick = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IActorRef _coordinator;
    private readonly SchemeLibrary _schemes;
    private readonly ExperimentPlan _plan;
    private readonly string _folder;
    private readonly Offer _offer;
    private readonly TimeSpan _hangAfter;
    private readonly (CellPlan Cell, CellMetrics Metrics)[] _jobs;
    private readonly LaneState[] _lanes;
    private readonly MemberDuty _duty;
    private bool _leaving;

    /// <param name="folder">Of the plan's files; it goes with the session.</param>
    public MemberRun(IActorRef coordinator, Offer offer, ExperimentPlan plan, string folder, SchemeLibrary schemes, ClusterSettings settings)
    {
        (_coordinator, _offer, _plan, _folder, _schemes, _hangAfter) = (coordinator, offer, plan, folder, schemes, settings.HangAfter);
        _jobs = [.. MonteCarloRun.JobsOf(plan).Select(cells => (cells[0], CellMetrics.Of(cells[0], schemes)))];
        _lanes = [.. Enumerable.Range(0, settings.Lanes).Select(_ => new LaneState())];
        _duty = new MemberDuty(offer.Run, offer.Session, settings.Lanes);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        foreach (var lane in _lanes)
            Renew(lane);
        Timers.StartPeriodicTimer(Tick, Tick, TickInterval);
        _duty.Offered();
        Perform();
    }

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A lane that fails is made anew by its own message.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offer:
                _duty.Offered();
                break;
            case Assignment assignment when assignment.Job < _jobs.Length:
                _duty.Assigned(assignment);
                break;
            case SimulationWorker.Computed computed when Find(Sender) is >= 0 and var lane:
                _lanes[lane].Busy = false;
                _duty.Finished(lane, Stopwatch.GetElapsedTime(_lanes[lane].Began), computed.Records, computed.Failures);
                break;
            case SimulationWorker.Broken broken when Find(Sender) is >= 0 and var lane:
                Fail(lane, broken.Cause.Message.ReplaceLineEndings(" "), broken.Cause.ToString());
                break;
            case LeaveRun:
                _leaving = true;
                _duty.Leave();
                break;
            default:
                if (ReferenceEquals(message, Tick))
                    Look();
                else if (message is not SimulationWorker.Ready)
                    Unhandled(message);
                break;
        }

        Perform();
    }

    private void Look()
    {
        _duty.Tick(Stopwatch.GetElapsedTime(0));
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            var state = _lanes[lane];
            if (state.Busy && Stopwatch.GetElapsedTime(state.Began) > _hangAfter && state.Watch.Elapsed > _hangAfter)
                Fail(lane, $"it had not ended after {_hangAfter.TotalSeconds:0} s", null);
        }
    }

    private void Fail(int lane, string reason, string? detail)
    {
        var state = _lanes[lane];
        state.Busy = false;
        state.Worker!.Tell(SimulationWorker.Retire.Instance, Self);
        var index = state.Watch.Index;
        Renew(state);
        _duty.Failed(lane, index, reason, detail);
    }

    private void Renew(LaneState lane)
    {
        lane.Watch = new ReplicationWatch();
        lane.Worker = Context.ActorOf(SimulationWorker.Props(Self, _plan.Seed, _schemes, _offer.Partitions, lane.Watch, _stop.Token));
    }

    private int Find(IActorRef worker) => Array.FindIndex(_lanes, lane => lane.Busy && worker.Equals(lane.Worker));

    private void Perform()
    {
        foreach (var message in _duty.Outbox)
            _coordinator.Tell(message, Context.Parent);
        _duty.Outbox.Clear();
        foreach (var assignment in _duty.Begin)
        {
            var lane = _lanes[assignment.Lane];
            (lane.Busy, lane.Began) = (true, Stopwatch.GetTimestamp());
            var (cell, metrics) = _jobs[assignment.Job];
            lane.Worker!.Tell(new SimulationWorker.Work(assignment.Job, cell, metrics, assignment.From, assignment.Count), Self);
        }

        _duty.Begin.Clear();
        if (_leaving && _duty.IsIdle)
        {
            _leaving = false;
            Context.Parent.Tell(new LeftRun(), Self);
        }
    }

    private sealed class LaneState
    {
        public IActorRef? Worker { get; set; }

        public ReplicationWatch Watch { get; set; } = new();

        public bool Busy { get; set; }

        public long Began { get; set; }
    }

    /// <summary>The member leaves: end what has begun.</summary>
    internal sealed record LeaveRun;

    /// <summary>What had begun when the member was to leave has ended.</summary>
    internal sealed record LeftRun;
}
