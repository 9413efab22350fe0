using Actors.Kernel;
using Actors.Security;
using Akka.Actor;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Network;

/// <summary>
/// The shell of a node: it translates packets, timers and finished computations into inputs of the node's role machine and
/// performs the effects. Packets for other nodes it forwards along the route of their destination's prefix.
/// </summary>
internal class NodeActor : UntypedActor, IHasState
{
    private readonly int _cell;
    private readonly RunContext _run;
    private readonly IReadOnlyList<Restart>? _restarts;

    /// <summary>Null for a node that computes everything at once.</summary>
    private readonly Cores? _cores;
    private int _epoch;
    private int _life;

    protected NodeActor(ProcessContext process, NodeId id, RoleMachine? machine)
    {
        Process = process;
        Id = id;
        Machine = machine;
        _cell = this is MobileNodeActor ? -1 : process.Network.CellOf(id);
        _run = process.Run;
        if (this is not MobileNodeActor && process.Network.Plan[id].Restarts is { Count: > 0 } restarts)
            _restarts = restarts;
        if (process.Network.Plan[id].Cores is { } cores)
            _cores = new Cores(cores);
        Me = Self;
        Scheduler = Context.System.Scheduler;
    }

    protected ProcessContext Process { get; }

    protected NodeId Id { get; }

    /// <summary>Null for a node that only forwards.</summary>
    protected RoleMachine? Machine { get; }

    /// <summary>This actor; Akka's own property looks itself up in the context at each use.</summary>
    protected IActorRef Me { get; }

    protected IScheduler Scheduler { get; }

    protected SimTime Now => new(Scheduler.MonotonicClock.Ticks);

    public static Props Props(ProcessContext process, NodeId id, RoleMachine? machine) =>
        Akka.Actor.Props.CreateBy(new Producer(process, id, machine));

    public virtual void FetchState()
    {
        if (Machine is not null)
            PrefetchHint.Touch(Machine, lines: 2);
    }

    protected sealed override void OnReceive(object message)
    {
        if (_epoch != _run.Epoch)
        {
            _epoch = _run.Epoch;
            _life = 0;
            _cores?.Clear();
            Reset();
        }

        if (_restarts is not null && IsDown())
        {
            if (message is Packet lost)
                Lose(lost);
            return;
        }

        switch (message)
        {
            case Packet packet:
                Receive(packet);
                break;
            case ProtocolTimer timer when timer.Life != _life:
                break;
            case ProtocolTimer timer:
                Process.Observer?.TimerExpired(Now, Id, timer);
                Machine!.OnTimer(timer, Begin());
                Perform();
                break;
            case Computed computed when computed.Task != Task:
                break;
            case Computed computed:
                Machine!.OnComputed(computed.Continuation, Begin());
                Perform();
                break;
            default:
                ReceiveOther(message);
                break;
        }
    }

    /// <summary>Whose computations its own are counted among. A plan may have to make up a mobile node's entry at each look.</summary>
    protected virtual NodeRole Role => Process.Network.Plan[Id].Role;

    /// <summary>What computations are done for: of the results, only those of the present task are of use to anyone.</summary>
    protected virtual int Task => _life;

    /// <summary>Back to the start of a run.</summary>
    protected virtual void Reset() => Machine?.Reset(Process.Run);

    /// <summary>A packet that a link has brought.</summary>
    protected virtual void Receive(Packet packet)
    {
        Process.Observer?.Received(Now, Id, packet);
        var destination = packet.Destination;
        if (destination.PrefixOwner != Id)
            Relay(packet);
        else if (Process.Wire is not null)
            ReceiveBytes(Process.Wire, packet);
        else if (destination.Host == Id)
            Handle(packet);
        else if (!IsTaken(packet))
            DeliverOnLink(packet);
    }

    protected virtual void ReceiveOther(object message) => Unhandled(message);

    /// <summary>Send a packet of this node's own, or one it forwards, towards its destination.</summary>
    protected virtual void Send(Packet packet)
    {
        var destination = packet.Destination;
        if (destination.PrefixOwner != Id)
            Forward(packet);
        else if (destination.Host == Id)
            Loop(packet);
        else
            DeliverOnLink(packet);
    }

    protected void Handle(Packet packet)
    {
        if (Machine is null)
            return;
        Machine.OnPacket(packet, Begin());
        Perform();
        if (Process.Observer is null)
            Process.Effects.Pool?.TakeBack(packet);
    }

    protected void Transmit(IActorRef link, NodeId nextHop, Packet packet)
    {
        Process.Observer?.Sent(Now, Id, nextHop, packet);
        link.Tell(packet, Me);
    }

    protected void Lose(Packet packet)
    {
        Process.Lose(packet);
        Process.Observer?.Lost(Now, Id, packet);
    }

    protected Effects Begin()
    {
        Process.Effects.Begin(Now);
        return Process.Effects;
    }

    /// <summary>Perform the effects of the step just made, in order.</summary>
    protected void Perform()
    {
        var effects = Process.Effects;
        for (var i = 0; i < effects.Count; i++)
        {
            ref readonly var effect = ref effects[i];
            switch (effect.Kind)
            {
                case EffectKind.Send:
                    Send(Outgoing((Packet)effect.Subject!));
                    break;
                case EffectKind.StartTimer:
                    var timer = (ProtocolTimer)effect.Subject!;
                    timer.Life = _life;
                    Scheduler.ScheduleTellOnce(TimeSpan.FromTicks(effect.Ticks), Me, timer, Me, timer);
                    break;
                case EffectKind.CancelTimer:
                    ((ProtocolTimer)effect.Subject!).Cancel();
                    break;
                case EffectKind.Compute:
                    Compute(effect.Operation!, effect.Subject!);
                    break;
                case EffectKind.Deliver:
                    DeliverOnLink(Outgoing((Packet)effect.Subject!));
                    break;
                case EffectKind.CountData:
                    CountData((DataEvent)effect.Ticks, (DataPacket)effect.Subject!);
                    break;
                case EffectKind.ReceiveData:
                    Process.Receive((DataPacket)effect.Subject!, Now);
                    break;
                default:
                    PerformOther(effect);
                    break;
            }
        }
    }

    /// <summary>Effects that only a mobile node's machine may ask for.</summary>
    protected virtual void PerformOther(in Effect effect) =>
        throw new InvalidOperationException($"{effect.Kind} is an effect of a mobile node");

    /// <summary>Whether the node is down; one that has been since it was looked at last knows nothing any more.</summary>
    private bool IsDown()
    {
        var now = Now - SimTime.Zero;
        while (_life < _restarts!.Count && now >= _restarts[_life].At)
        {
            _life++;
            _cores?.Clear();
            Machine?.Reset(_run.InLife(_life));
        }

        return _life > 0 && now < _restarts[_life - 1].At + _restarts[_life - 1].Down;
    }

    private void CountData(DataEvent what, DataPacket packet)
    {
        if (what == DataEvent.Sent)
            Process.Data.Sent(packet);
        else
            Process.Data.Counters.Count(what, packet.Direction);
    }

    /// <summary>A packet on its way to elsewhere; in a run with data, the machine sees first what comes from this node's own cell.</summary>
    private void Relay(Packet packet)
    {
        if (Process.Traffic is not null && _cell >= 0 && Machine is not null && Process.Network.Plan.IsMobile(packet.Source.Host))
        {
            var passing = packet;
            if (Process.Wire is not null && !Process.Wire.TryReadTransit(Id, packet, Now, out passing))
                return;
            var taken = Machine.OnUplink(passing, Begin());
            Perform();
            if (taken)
                return;
        }

        Forward(packet);
    }

    private void Forward(Packet packet)
    {
        var link = Process.Network.Routes.NextLink(Id, packet.Destination.PrefixOwner);
        if (link < 0)
            throw new InvalidOperationException($"{Process.Network.Plan[Id].Name} has no route for {packet}");

        // Only an observer needs to know where the link leads, and the plan lies far away.
        Transmit(Process.Network.Links[link], Process.Observer is null ? default : Process.Network.Plan.Links[link].To, packet);
    }

    /// <summary>A packet of a node to itself takes its link to itself, where the plan has one.</summary>
    private void Loop(Packet packet)
    {
        var link = Process.Network.Plan.LinkBetween(Id, Id);
        if (link < 0)
            Me.Tell(packet, Me);
        else
            Transmit(Process.Network.Links[link], Id, packet);
    }

    /// <summary>A packet as it leaves: in wire mode, as bytes.</summary>
    private Packet Outgoing(Packet packet) => Process.Wire is null ? packet : Process.Wire.Write(Id, packet, Now);

    /// <summary>Bytes for this node or a host of its prefix: only what holds goes to the machine.</summary>
    private void ReceiveBytes(WireShell wire, Packet packet)
    {
        if (packet.Destination.Host == Id)
        {
            if (wire.TryRead(Id, packet, Now, out var read))
                Handle(read);
        }
        else if (wire.TryReadTransit(Id, packet, Now, out var passing) && !IsTaken(passing))
        {
            // Protection that has ended here is this node's own from here on; all else goes on as it came.
            DeliverOnLink(passing.EspBytes > 0 ? Outgoing(passing) : packet);
        }
    }

    /// <summary>Whether the machine takes a packet on its way to a host of this node's prefix.</summary>
    private bool IsTaken(Packet packet)
    {
        if (Machine is null)
            return false;
        var taken = Machine.OnTransit(packet, Begin());
        Perform();
        return taken;
    }

    /// <summary>A packet for a mobile node, mostly one with this node's prefix, goes out on the cell; else there is nobody to give it to.</summary>
    private void DeliverOnLink(Packet packet)
    {
        if (_cell >= 0 && Process.Network.Plan.IsMobile(packet.Destination.Host))
            Transmit(Process.Network.Downlinks[_cell], packet.Destination.Host, packet);
        else
            Lose(packet);
    }

    private void Compute(CryptoOperation operation, object continuation)
    {
        var cost = Process.Costs[operation];
        var wait = _cores?.WaitFor(cost, Now) ?? TimeSpan.Zero;
        Process.Observer?.Computing(Now + wait, Id, operation, cost);
        Process.Computations.Count(Role, cost.Ticks, wait.Ticks);
        Process.Execution?.Execute(operation);
        Scheduler.ScheduleTellOnce(wait + cost, Me, new Computed(continuation, Task), Me);
    }

    private sealed record Computed(object Continuation, int Task);

    private sealed class Producer(ProcessContext process, NodeId id, RoleMachine? machine) : IIndirectActorProducer
    {
        public Type ActorType => typeof(NodeActor);

        public ActorBase Produce() => new NodeActor(process, id, machine);

        public void Release(ActorBase actor)
        {
        }
    }
}
