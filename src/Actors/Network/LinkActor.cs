using Actors.Kernel;
using Akka.Actor;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// One direction of a link as an actor: it takes a packet and schedules its arrival. The receiver's processing time t_p is
/// part of the same event, so a hop is one event; where t_p differs for packets that the receiver passes on, each packet's
/// destination decides. Lives in its sender's process. A link with a rate transmits one packet at a time and drops what finds
/// its queue full.
/// </summary>
internal sealed class LinkActor : UntypedActor
{
    private readonly ProcessContext _process;
    private readonly LinkSpec _spec;
    private readonly IActorRef? _receiver;
    private readonly IActorRef _self;
    private readonly Impairments? _impairments;
    private readonly IScheduler _scheduler;
    private readonly TimeSpan? _constant;
    private readonly TimeSpan _processing;
    private readonly TimeSpan? _forwarding;
    private readonly ulong _variable;
    private readonly LinkClass _class;
    private readonly bool _countsLostOnly;
    private int _epoch;
    private RandomStream _delays;

    private LinkActor(ProcessContext process, LinkSpec spec, IActorRef? receiver, TimeSpan processing, TimeSpan? forwarding, bool countsLostOnly)
    {
        _process = process;
        _spec = spec;
        _receiver = receiver;
        _processing = processing;
        _forwarding = forwarding;
        _countsLostOnly = countsLostOnly;
        _scheduler = Context.System.Scheduler;
        _self = Self;
        _variable = spec.Delay.PerHandover is { } name ? StableIdentity.Of(name) : 0;
        _class = spec.Class;
        if (spec.Delay.Distribution is ConstantDelay constant && forwarding is null)
            _constant = constant.Value + processing;
        if (Impairments.Has(spec))
            _impairments = new Impairments(spec);
    }

    /// <param name="receiver">Null for a cell's downlink, whose receiver is each packet's destination host.</param>
    /// <param name="processing">t_p of the receiver.</param>
    /// <param name="forwarding">Its time on packets that it passes on; null for <paramref name="processing"/>.</param>
    /// <param name="countsLostOnly">True for the medium of an uplink, whose packets the sender's own link has counted.</param>
    public static Props Props(
        ProcessContext process, LinkSpec spec, IActorRef? receiver, TimeSpan processing, TimeSpan? forwarding = null, bool countsLostOnly = false) =>
        Akka.Actor.Props.CreateBy(new Producer(process, spec, receiver, processing, forwarding, countsLostOnly));

    protected override void OnReceive(object message)
    {
        if (message is not Packet packet)
        {
            Unhandled(message);
            return;
        }

        if (_epoch != _process.Run.Epoch)
            Reset();
        if (!_countsLostOnly && !_process.IsData(packet))
            _process.Counters.Count(_class, packet);
        var delay = _constant ?? Draw(packet);
        if (_impairments is null)
            Schedule(packet, delay);
        else
            Pass(_impairments, packet, delay);
    }

    private void Pass(Impairments impairments, Packet packet, TimeSpan delay)
    {
        var now = new SimTime(_scheduler.MonotonicClock.Ticks);
        if (!impairments.TryPass(packet, now, out var extra))
        {
            _process.Lose(packet);
            _process.Observer?.Lost(now, _spec.From, packet);
            return;
        }

        Arrive(impairments, packet, delay + extra, now);
        if (!impairments.IsDoubled(packet))
            return;

        // It arrives at two instants, and is to be the same at both.
        packet.IsLent = false;
        _process.Counters.CountDuplicated();
        Arrive(impairments, packet, delay + extra, now);
    }

    private void Arrive(Impairments impairments, Packet packet, TimeSpan delay, SimTime now)
    {
        delay += impairments.Lateness(packet);
        if (!impairments.IsDamaged(packet))
        {
            Schedule(packet, delay);
            return;
        }

        // The receiver's checksum or ICV would discard it before any of its protocols sees it; in wire mode it does.
        if (_process.Wire is not null)
            Schedule(WireShell.Damaged(packet, impairments.NextBit), delay);
        _process.Counters.CountCorrupted();
        if (_process.IsData(packet))
            _process.Lose(packet);
        _process.Observer?.Corrupted(now, _spec.From, packet);
    }

    private void Schedule(Packet packet, TimeSpan delay)
    {
        if (_receiver is not null)
        {
            _scheduler.ScheduleTellOnce(delay, _receiver, packet, _self);
            return;
        }

        var host = packet.Destination.Host;
        _scheduler.ScheduleTellOnce(delay + _process.Network.ExtraProcessing(host), _process.Network.Nodes[host.Index], packet, _self);
    }

    private TimeSpan Draw(Packet packet)
    {
        var processing = _forwarding is { } forwarding && packet.Destination.Host != _spec.To ? forwarding : _processing;
        if (_spec.Delay.PerHandover is null)
            return _spec.Delay.Distribution.Sample(ref _delays) + processing;

        // A variable of the network: the same draw on every link that a handover crosses, in both directions.
        var shared = _process.Run.Stream(
            _variable ^ (ulong)packet.Handover.Mobile.Index, StreamPurpose.SharedDelay, packet.Handover.Number);
        return _spec.Delay.Distribution.Sample(ref shared) + processing;
    }

    private void Reset()
    {
        _epoch = _process.Run.Epoch;
        var identity = Partition.Current!.CurrentIdentity;
        _delays = _process.Run.Stream(identity, StreamPurpose.LinkDelay);
        _impairments?.Reset(_process.Run, identity);
    }

    private sealed class Producer(
        ProcessContext process, LinkSpec spec, IActorRef? receiver, TimeSpan processing, TimeSpan? forwarding, bool countsLostOnly)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(LinkActor);

        public ActorBase Produce() => new LinkActor(process, spec, receiver, processing, forwarding, countsLostOnly);

        public void Release(ActorBase actor)
        {
        }
    }
}
