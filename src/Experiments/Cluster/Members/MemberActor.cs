using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Experiments.Cluster.Distribution;
using Experiments.Cluster.Protocol;
using Experiments.Cluster.Span;
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

    /// <summary>Networks over several members, by their coordinator.</summary>
    private readonly Dictionary<Address, (long Run, IActorRef Actor, SpanStatus Status)> _spans = [];
    private BatchPort? _port;
    private bool _leaving;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

        // A worker that waits for another member would hold the system up.
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "networks over members end", () =>
        {
            self.Tell(EndSpans.Instance);
            return Task.FromResult(Akka.Done.Instance);
        });
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _port?.Dispose();
    }

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
            case SpanOffer offer:
                Receive(coordinator, offer);
                break;
            case Dismissed dismissed when _spans.TryGetValue(coordinator, out var span) && span.Run == dismissed.Run:
                EndSpan(coordinator);
                break;
            case EndSpans:
                foreach (var address in _spans.Keys.ToList())
                    EndSpan(address);
                break;
            case Dismissed dismissed when _runs.TryGetValue(coordinator, out var known) && known.Run == dismissed.Run:
                End(coordinator);
                break;
            case Progress progress when _runs.TryGetValue(coordinator, out var known) && known.Run == progress.Run:
                _runs[coordinator] = known with { Status = progress.Status };
                break;
            case RunsRequest:
                Sender.Tell(new Runs(_runs.Count + _spans.Count, [.. _runs.Values.Select(run => run.Status).OfType<RunStatus>()], [.. _spans.Values.Select(span => span.Status)]), Self);
                break;
            case SpanMember.Takes takes:
                foreach (var (address, span) in _spans.Where(span => span.Value.Actor.Equals(Sender)).ToList())
                    _spans[address] = span with { Status = span.Status with { Share = takes.Share } };
                break;
            case ClusterEvent.MemberRemoved removed:
                End(removed.Member.Address);
                EndSpan(removed.Member.Address);
                break;
            case LeaveCluster when !_leaving:
                _leaving = true;
                Self.Tell(EndSpans.Instance);
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

    private void Receive(Address coordinator, SpanOffer offer)
    {
        if (_spans.TryGetValue(coordinator, out var known) && known.Run == offer.Run)
        {
            known.Actor.Tell(offer, Sender);
            return;
        }

        EndSpan(coordinator);
        var reason = _leaving ? "it is leaving" : offer.Facts.Obstacle(facts, "the member") ?? PortObstacle();
        SpanWork? work = offer.Benchmark is { } benchmark ? new SpanWork.Benchmark(benchmark) : null;
        string? folder = null;
        if (reason is null && work is null)
        {
            folder = Directory.CreateTempSubdirectory("handover-member-").FullName;
            (var plan, reason) = MemberPlan.Read(offer.Experiment, offer.Files, offer.Fingerprint, schemes, folder);
            work = plan is null ? null : new SpanWork.Experiment(plan, schemes);
        }

        if (reason is not null)
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
            Sender.Tell(new Declined(offer.Run, 0, reason), Self);
            return;
        }

        var (to, threads, port, patience) = (Sender, offer.Partitions > 0 ? offer.Partitions : settings.Lanes, _port!, settings.HangAfter);
        var actor = Context.ActorOf(Props.Create(() => new SpanMember(to, offer.Run, work!, threads, port, patience, folder)));
        _spans.Add(coordinator, (offer.Run, actor, new SpanStatus(work!.Name, Gate.Text(coordinator), null)));
    }

    /// <summary>Why other members cannot call this one; null when they can.</summary>
    private string? PortObstacle()
    {
        try
        {
            _port ??= new BatchPort(settings.BoundHost, settings.BatchPort, settings.Authority);
            return null;
        }
        catch (SocketException problem)
        {
            return $"it cannot listen for the other members at {settings.BoundHost}:{settings.BatchPort} ({problem.Message.TrimEnd('.')}). Choose another batch-port in its settings.";
        }
    }

    private void EndSpan(Address coordinator)
    {
        if (_spans.Remove(coordinator, out var span))
            span.Actor.Tell(SpanMember.End.Instance);
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

    /// <summary>Whatever runs over several members goes on without this one.</summary>
    internal sealed record EndSpans
    {
        public static readonly EndSpans Instance = new();
    }

    /// <summary>Asks which runs the member has part in.</summary>
    internal sealed record RunsRequest
    {
        public static readonly RunsRequest Instance = new();
    }

    /// <param name="Count">Of all.</param>
    /// <param name="Items">Those that have told how far they are.</param>
    /// <param name="Spans">Those of networks over several members.</param>
    internal sealed record Runs(int Count, IReadOnlyList<RunStatus> Items, IReadOnlyList<SpanStatus> Spans);
}
