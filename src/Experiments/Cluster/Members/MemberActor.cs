using Akka.Actor;
using Akka.Cluster;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Members;

/// <summary>
/// Takes the offers of coordinators, makes the plan of each by itself, and passes on what concerns a run to its
/// <see cref="MemberRun"/>. Several coordinators may have the member at a time; its cores are then shared.
/// </summary>
internal sealed class MemberActor(SchemeLibrary schemes, MemberFacts facts, ClusterSettings settings) : UntypedActor
{
    public const string Name = "member";
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly Dictionary<Address, (long Run, long Session, IActorRef Actor, RunStatus? Status)> _runs = [];
    private readonly HashSet<IActorRef> _ending = [];
    private bool _leaving;

    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        var coordinator = Sender.Path.Address;
        switch (message)
        {
            case Offer offer:
                Receive(coordinator, offer);
                break;
            case Assignment assignment when _runs.TryGetValue(coordinator, out var known) && (known.Run, known.Session) == (assignment.Run, assignment.Session):
                known.Actor.Forward(assignment);
                break;
            case Dismissed dismissed when _runs.TryGetValue(coordinator, out var known) && known.Run == dismissed.Run:
                End(coordinator);
                break;
            case Progress progress when _runs.TryGetValue(coordinator, out var known) && known.Run == progress.Run:
                _runs[coordinator] = known with { Status = progress.Status };
                break;
            case RunsRequest:
                Sender.Tell(new Runs(_runs.Count, [.. _runs.Values.Select(run => run.Status).OfType<RunStatus>()]), Self);
                break;
            case ClusterEvent.MemberRemoved removed:
                End(removed.Member.Address);
                break;
            case LeaveCluster when !_leaving:
                _leaving = true;
                foreach (var (address, run) in _runs)
                {
                    _ending.Add(run.Actor);
                    run.Actor.Tell(new MemberRun.LeaveRun(), Self);
                }

                LeaveIfIdle();
                break;
            case MemberRun.LeftRun:
                _ending.Remove(Sender);
                LeaveIfIdle();
                break;
        }
    }

    private void Receive(Address coordinator, Offer offer)
    {
        if (_runs.TryGetValue(coordinator, out var known) && !MemberDuty.IsNewer(offer, known.Run, known.Session))
        {
            if (offer.Session == known.Session)
                known.Actor.Forward(offer);
            return;
        }

        End(coordinator);
        if (_leaving)
        {
            Sender.Tell(new Declined(offer.Run, offer.Session, "it is leaving"), Self);
            return;
        }

        var reason = offer.Facts.Obstacle(facts, "the member");
        var plan = default(Plans.ExperimentPlan);
        var folder = Directory.CreateTempSubdirectory("handover-member-").FullName;
        if (reason is null)
            (plan, reason) = MemberPlan.Read(offer.Experiment, offer.Files, offer.Fingerprint, schemes, folder);
        if (plan is null)
        {
            Directory.Delete(folder, recursive: true);
            Sender.Tell(new Declined(offer.Run, offer.Session, reason!), Self);
            return;
        }

        var (to, with) = (Sender, settings);
        var actor = Context.ActorOf(Props.Create(() => new MemberRun(to, offer, plan, folder, schemes, with)));
        _runs.Add(coordinator, (offer.Run, offer.Session, actor, null));
    }

    private void End(Address coordinator)
    {
        if (!_runs.Remove(coordinator, out var run))
            return;
        Context.Stop(run.Actor);
        _ending.Remove(run.Actor);
        if (_leaving)
            LeaveIfIdle();
    }

    private void LeaveIfIdle()
    {
        if (_ending.Count == 0)
            _cluster.Leave(_cluster.SelfAddress);
    }

    /// <summary>End what has begun, take nothing new, and leave.</summary>
    internal sealed record LeaveCluster
    {
        public static readonly LeaveCluster Instance = new();
    }

    /// <summary>Asks which runs the member has part in.</summary>
    internal sealed record RunsRequest
    {
        public static readonly RunsRequest Instance = new();
    }

    /// <param name="Count">Of all.</param>
    /// <param name="Items">Those that have told how far they are.</param>
    internal sealed record Runs(int Count, IReadOnlyList<RunStatus> Items);
}
