using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Topology.Plans;
using Topology.Randomness;
using Topology.Routing;

namespace Tests.Actors;

/// <summary>
/// Role machines of a network joined by a sorted list of inputs in virtual time: no Akka, one thread, every packet in reach of
/// the test. Links delay, receivers add t_p, computations and timers take their time; nothing else happens.
/// </summary>
internal sealed class ProtocolNetwork
{
    private readonly NetworkPlan _plan;
    private readonly CryptoCosts _costs;
    private readonly RoutingTable _routes;
    private readonly RoleMachine?[] _machines;
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _inputs = new();
    private readonly Dictionary<ProtocolTimer, long> _timers = [];
    private readonly Dictionary<NodeId, NodeId?> _attached = [];
    private readonly Dictionary<NodeId, int> _handovers = [];
    private readonly Dictionary<NodeId, HandoverTimeline> _timelines = [];
    private readonly Effects _effects = new();
    private long _order;

    public ProtocolNetwork(NetworkPlan plan, IHandoverScheme scheme, CryptoCosts costs, SchemeOptions? options = null)
    {
        _plan = plan;
        _costs = costs;
        _routes = new RoutingTable(plan);
        var facts = new NetworkFacts(plan);
        var run = new RunContext();
        run.Begin(1, 0);
        _machines = [.. plan.Nodes.Select(node => scheme.CreateMachine(new RoleContext(
            node,
            plan.IsMobile(node.Id) ? plan.Mobiles[node.Id.Index - plan.WiredCount] : null,
            facts,
            options ?? new SchemeOptions(scheme.Options))))];
        foreach (var machine in _machines)
            machine?.Reset(run);
        foreach (var mobile in plan.Mobiles)
            _attached[mobile.Node] = mobile.FirstRouter;
    }

    /// <summary>What becomes of a packet that a node sends: the packets that really leave.</summary>
    public Func<Packet, IEnumerable<Packet>> Fate { get; set; } = packet => [packet];

    public SimTime Now { get; private set; }

    /// <summary>Every packet sent, in order, retransmissions included, as `from>to name`.</summary>
    public List<string> Sent { get; } = [];

    public List<string> Computed { get; } = [];

    public List<(NodeId Mobile, Outcome Outcome, HandoverTimeline Timeline, SimTime At)> Completed { get; } = [];

    public int PendingTimers => _timers.Count;

    public T Machine<T>(string name)
        where T : RoleMachine => (T)_machines[_plan.Find(name)!.Value.Index]!;

    public IEnumerable<T> Machines<T>()
        where T : RoleMachine => _machines.OfType<T>();

    public NodeId? RouterOf(string mobile) => _attached[_plan.Find(mobile)!.Value];

    /// <summary>Let a mobile node foresee its move to a router.</summary>
    public void Trigger(string mobile, string router)
    {
        var id = _plan.Find(mobile)!.Value;
        var number = _handovers[id] = _handovers.GetValueOrDefault(id) + 1;
        _timelines[id] = new HandoverTimeline();
        _timelines[id].Add(Mark.Trigger, Now);
        Step(id, effects => ((MobileNodeMachine)_machines[id.Index]!).OnTrigger(new HandoverKey(id, number), _plan.Find(router)!.Value, effects));
    }

    /// <summary>A packet that comes from nowhere.</summary>
    public void Inject(Packet packet) => At(Now, () => Deliver(packet.Destination.Host, packet));

    public void Run()
    {
        while (_inputs.TryDequeue(out var input, out var key))
        {
            Now = new SimTime(key.Ticks);
            input();
        }
    }

    public void Wait(TimeSpan time) => Now += time;

    /// <summary>A whole handover.</summary>
    public (Outcome Outcome, HandoverTimeline Timeline) HandOver(string mobile, string router)
    {
        var before = Completed.Count;
        Trigger(mobile, router);
        Run();
        Assert.Equal(before + 1, Completed.Count);
        return (Completed[^1].Outcome, Completed[^1].Timeline);
    }

    private void At(SimTime time, Action input) => _inputs.Enqueue(input, (time.Ticks, _order++));

    private void Step(NodeId node, Action<Effects> input)
    {
        _effects.Begin(Now);
        input(_effects);
        var effects = Enumerable.Range(0, _effects.Count).Select(i => _effects[i]).ToArray();
        foreach (var effect in effects)
            Perform(node, effect);
    }

    private void Perform(NodeId node, Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Send(node, (Packet)effect.Subject!);
                break;
            case EffectKind.StartTimer:
                var timer = (ProtocolTimer)effect.Subject!;
                var expiry = _timers[timer] = _order;
                At(Now + TimeSpan.FromTicks(effect.Ticks), () => Expire(node, timer, expiry));
                break;
            case EffectKind.CancelTimer:
                _timers.Remove((ProtocolTimer)effect.Subject!);
                break;
            case EffectKind.Compute:
                Computed.Add($"{_plan[node].Name} {effect.Operation}");
                At(Now + _costs[effect.Operation!], () => Step(node, effects => _machines[node.Index]!.OnComputed(effect.Subject!, effects)));
                break;
            case EffectKind.Mark:
                _timelines[node].Add(effect.Mark, new SimTime(effect.Ticks));
                break;
            case EffectKind.SwitchLink:
                _timelines[node].Add(Mark.LinkDown, Now);
                _timelines[node].Add(Mark.LinkUp, Now);
                _attached[node] = effect.Router;
                At(Now, () => Step(node, effects => ((MobileNodeMachine)_machines[node.Index]!).OnLinkUp(effect.Router, effects)));
                break;
            case EffectKind.Complete:
                Completed.Add((node, (Outcome)effect.Subject!, _timelines[node], Now));
                break;
        }
    }

    private void Expire(NodeId node, ProtocolTimer timer, long expiry)
    {
        if (_timers.GetValueOrDefault(timer, -1) != expiry)
            return;
        _timers.Remove(timer);
        Step(node, effects => _machines[node.Index]!.OnTimer(timer, effects));
    }

    private void Send(NodeId from, Packet packet)
    {
        Sent.Add($"{_plan[from].Name}>{_plan[packet.Destination.Host].Name} {packet.Message.Name}");
        foreach (var leaving in Fate(packet))
        {
            if (!_plan.IsMobile(from))
                Hop(from, leaving, Now);
            else if (_attached[from] is { } router)
                At(Now + Delay(_plan.CellOf(router)!.Uplink) + _plan[router].Processing, () => Hop(router, leaving, Now));
        }
    }

    /// <summary>A packet is at a node, processed: deliver it, or on to the next hop.</summary>
    private void Hop(NodeId at, Packet packet, SimTime now)
    {
        var owner = packet.Destination.PrefixOwner;
        var host = packet.Destination.Host;
        if (owner != at)
        {
            var link = _plan.Links[_routes.NextLink(at, owner)];
            At(now + Delay(link) + _plan[link.To].Processing, () => Hop(link.To, packet, Now));
        }
        else if (host == at)
        {
            Deliver(at, packet);
        }
        else if (!Takes(at, packet) && _plan.CellOf(at) is { } cell)
        {
            At(now + Delay(cell.Downlink) + _plan[host].Processing, () =>
            {
                if (_attached[host] == at)
                    Deliver(host, packet);
            });
        }
    }

    /// <summary>Whether the owner of a prefix takes a packet for a host of it.</summary>
    private bool Takes(NodeId node, Packet packet)
    {
        var taken = false;
        if (_machines[node.Index] is { } machine)
            Step(node, effects => taken = machine.OnTransit(packet, effects));
        return taken;
    }

    private void Deliver(NodeId node, Packet packet)
    {
        if (_machines[node.Index] is { } machine)
            Step(node, effects => machine.OnPacket(packet, effects));
    }

    private static TimeSpan Delay(LinkSpec link) => ((ConstantDelay)link.Delay.Distribution).Value;
}
