using System.Runtime.CompilerServices;
using Actors.Kernel;
using Actors.Observation;
using Akka.Actor;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// The shell of a mobile node: besides a node's, it has a radio that is attached to one cell or to none, it moves, and it
/// keeps the timeline of the handover that it is in. It lives all run in the process where it starts.
/// </summary>
internal sealed partial class MobileNodeActor : NodeActor
{
    private static readonly NodeId Nowhere = new(-1);

    private readonly NodeId _firstRouter;

    /// <summary>Of the handover in sight or under way; between handovers null, but in a run with data, where something may still come.</summary>
    private HandoverTimeline? _timeline;
    private NodeId _router;
    private IActorRef? _uplink;
    private IActorRef? _downlink;
    private int _handovers;
    private int _ended;
    private bool _pending;
    private bool _isSighted;

    /// <summary>Whose cell the radio goes to, between two links.</summary>
    private NodeId _joining;

    /// <summary>Null in a run without data.</summary>
    private DataReception? _reception;

    /// <summary>Until the present link fails, where moves are foreseen only so long.</summary>
    private VirtualTimer? _linkFailure;

    /// <summary>Whose cell the radio goes to when it fails.</summary>
    private NodeId _foreseen;

    private MobileNodeActor(ProcessContext process, MobileSpec mobile, MobileNodeMachine machine)
        : base(process, mobile.Node, machine) => _firstRouter = mobile.FirstRouter;

    private MobileNodeMachine MobileMachine => Unsafe.As<MobileNodeMachine>(Machine!);

    private HandoverKey Handover => new(Id, _handovers);

    private HandoverKey Next => new(Id, _handovers + 1);

    protected override NodeRole Role => NodeRole.MobileNode;

    /// <summary>A computation that outlasts its handover, superseded or failed, is done for nothing.</summary>
    protected override int Task => _ended;

    /// <summary>Shared props: each actor created with them takes the next entry of the queue.</summary>
    public static Props Props(ProcessContext process, Queue<(MobileSpec Mobile, MobileNodeMachine Machine)> next) =>
        Akka.Actor.Props.CreateBy(new Producer(process, next));

    protected override void Reset()
    {
        base.Reset();
        if (_timeline is not null)
            Process.Timelines.Push(_timeline);
        _timeline = null;
        _linkFailure = null;
        _handovers = _ended = 0;
        _pending = false;
        _isSighted = false;
        _isFollowing = false;
        _reception = Process.Traffic is null ? null : new DataReception();
        Attach(_firstRouter);
    }

    public override void FetchState()
    {
        base.FetchState();
        if (_timeline is { } timeline)
            PrefetchHint.Touch(timeline, lines: 1);
        if (_uplink is { } uplink)
            PrefetchHint.Touch(uplink, lines: 1);
    }

    protected override void ReceiveOther(object message)
    {
        switch (message)
        {
            case BeginRun:
                PlanNextMove();
                break;
            case Neighbor neighbor:
                OnNeighbor(neighbor.Router);
                break;
            case Trigger:
                OnTrigger();
                break;
            case LinkDown:
                MobileMachine.OnLinkDown(Begin());
                Perform();
                break;
            case LinkFailure:
                Detach(_foreseen);
                MobileMachine.OnLinkDown(Begin());
                Perform();
                break;
            case LinkUp:
                OnLinkUp(_joining);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The radio hears only the cell it is attached to.</summary>
    protected override void Receive(Packet packet)
    {
        if (!ReferenceEquals(Sender, _downlink))
        {
            Lose(packet);
            return;
        }

        Process.Observer?.Received(Now, Id, packet);
        if (Process.Wire is not null && !Process.Wire.TryRead(Id, packet, Now, out packet))
            return;
        if (_reception is not null && packet.Message.Data is { } data)
            OnData(_reception, data);
        else
            Handle(packet);
    }

    protected override void Send(Packet packet)
    {
        if (_uplink is not null)
            Transmit(_uplink, _router, packet);
        else
            Lose(packet);
    }

    protected override void PerformOther(in Effect effect)
    {
        switch (effect.Kind)
        {
            // With data, what the machine takes for the first packet is only the answer that announces it.
            case EffectKind.Mark when _reception is not null && effect.Mark == Observation.Mark.FirstPacket:
                break;
            case EffectKind.Mark:
                Mark(effect.Mark, new SimTime(effect.Ticks));
                break;
            case EffectKind.SwitchLink:
                SwitchLink(effect.Router);
                break;
            case EffectKind.Complete:
                Complete((Outcome)effect.Subject!);
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.Kind}");
        }
    }

    private void SwitchLink(NodeId router)
    {
        // The machine hears of it when the step that asked for it is performed.
        Self.Tell(LinkDown.Instance, Self);
        Detach(router);
    }

    /// <summary>The old link is gone; the new one follows.</summary>
    private void Detach(NodeId router)
    {
        _linkFailure?.Cancel();
        if (_reception?.LastOnLink is { } last)
            Mark(Observation.Mark.LastPacket, last);
        _reception?.LeaveLink();
        Mark(Observation.Mark.LinkDown);
        _router = Nowhere;
        _joining = router;
        _uplink = _downlink = null;
        var delay = MovementDelays.Of(Process.Delays.LinkSwitch, Process.Run, StreamPurpose.LinkSwitch, Handover);
        if (delay == TimeSpan.Zero)
            Me.Tell(LinkUp.Instance, Me);
        else
            Scheduler.ScheduleTellOnce(delay, Me, LinkUp.Instance, Me);
    }

    private void Attach(NodeId router)
    {
        var cell = Process.Network.CellOf(router);
        _router = router;
        _uplink = Process.Uplink(cell);
        _downlink = Process.Network.Downlinks[cell];
    }

    private void OnLinkUp(NodeId router)
    {
        Attach(router);
        Mark(Observation.Mark.LinkUp);
        MobileMachine.OnLinkUp(router, Begin());
        Perform();
        if (_isFollowing)
            OnTrigger();
    }

    private void OnData(DataReception reception, DataPacket packet)
    {
        var isFirst = reception.LastOnLink is null && _timeline?.Find(Observation.Mark.LinkUp) is not null;
        reception.Take(packet, Now, Process.Data);
        if (!isFirst)
            return;
        Mark(Observation.Mark.FirstPacket);
        RecordAwaiting();
    }

    private void Complete(Outcome outcome)
    {
        if (!_pending)
            return;
        End(outcome);
        if (!Process.Movement.IsHeadless)
            PlanNextMove();
    }

    private void End(Outcome outcome)
    {
        _pending = false;
        _ended++;
        Process.Observer?.Completed(Now, Handover, outcome);

        // With data, the record waits for the first packet: until it comes, the node moves on, or the run is over.
        if (_reception is not null && !outcome.IsFailure && _timeline!.Find(Observation.Mark.FirstPacket) is null)
            Process.AwaitingData.Add(Id.Index, (Now, Handover, outcome, _timeline));
        else
            Process.Recorder?.Record(Now, Handover, outcome, _timeline!);
        if (_reception is not null)
            return;
        Process.Timelines.Push(_timeline!);
        _timeline = null;
    }

    /// <summary>A handover is in sight, or begins unforeseen.</summary>
    private void BeginTimeline()
    {
        if (_timeline is null && !Process.Timelines.TryPop(out _timeline))
            _timeline = new HandoverTimeline();
        _timeline.Clear();
    }

    /// <summary>The handover before has got its first packet, or will not get it any more.</summary>
    private void RecordAwaiting()
    {
        if (_reception is not null && Process.AwaitingData.Remove(Id.Index, out var ended))
            Process.Recorder?.Record(Now, ended.Handover, ended.Outcome, ended.Timeline);
    }

    private void Mark(Mark mark) => Mark(mark, Now);

    private void Mark(Mark mark, SimTime at)
    {
        _timeline?.Add(mark, at);
        Process.Observer?.Marked(at, Id, mark);
    }

    /// <summary>The run starts: decide the first move.</summary>
    internal sealed record BeginRun
    {
        public static readonly BeginRun Instance = new();
    }

    private sealed record LinkDown
    {
        public static readonly LinkDown Instance = new();
    }

    /// <summary>The old link fails before the mobile node leaves it.</summary>
    private sealed record LinkFailure
    {
        public static readonly LinkFailure Instance = new();
    }

    private sealed record LinkUp
    {
        public static readonly LinkUp Instance = new();
    }

    /// <summary>Makes mobile nodes one after the other, so that a million of them share one Props.</summary>
    private sealed class Producer(ProcessContext process, Queue<(MobileSpec Mobile, MobileNodeMachine Machine)> next)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(MobileNodeActor);

        public ActorBase Produce()
        {
            var (mobile, machine) = next.Dequeue();
            return new MobileNodeActor(process, mobile, machine);
        }

        public void Release(ActorBase actor)
        {
        }
    }
}
