using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Tests.Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

/// <summary>The shells of nodes, seen from outside: what they do with packets, timers and computations.</summary>
public sealed class NodeActorTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NetworkPlan Plan = Paper.With(links: [.. Paper.Links.Select(link => link with { Delay = Fixed(2) })]);

    [Fact]
    public void A_packet_goes_hop_by_hop_along_the_routes_and_through_the_cell()
    {
        // The correspondent answers the mobile node's first packet; wireless 4, wires 2, t_p 0.5.
        var lines = Run(
            (_, effects, trigger) => effects.Send(Packet(Plan.Node("mn"), "cn", trigger)),
            ("cn", new Machine { OnPacketDo = (packet, effects) => effects.Send(Packet(Plan.Node("cn"), packet.Source, packet.Handover)) }));
        Assert.Equal(
            [
                "0 mn mark trigger",
                "0 mn sends Datagram to par",
                "4.5 par receives Datagram",
                "4.5 par sends Datagram to cn",
                "7 cn receives Datagram",
                "7 cn sends Datagram to par",
                "9.5 par receives Datagram",
                "9.5 par sends Datagram to mn",
                "14 mn receives Datagram",
            ],
            lines);
    }

    [Fact]
    public void A_machine_may_take_a_packet_on_its_way_to_a_host_of_its_prefix()
    {
        var taken = 0;
        var lines = Run(
            (_, effects, trigger) => effects.Send(Packet(Plan.Node("mn"), "cn", trigger)),
            ("cn", new Machine { OnPacketDo = (packet, effects) => effects.Send(Packet(Plan.Node("cn"), packet.Source, packet.Handover)) }),
            ("par", new Machine { OnTransitDo = (_, _) => ++taken > 0 }));
        Assert.Equal(1, taken);
        Assert.Equal("9.5 par receives Datagram", lines[^1]);
    }

    [Fact]
    public void A_computation_takes_its_time_and_comes_back_with_its_continuation()
    {
        var lines = Run(
            (_, effects, trigger) => effects.Send(Packet(Plan.Node("mn"), "cn", trigger)),
            ("cn", new Machine
            {
                OnPacketDo = (packet, effects) => effects.Compute(CryptoOperation.IdentityVerify, packet),
                OnComputedDo = (continuation, effects) => effects.Send(Packet(Plan.Node("cn"), ((Packet)continuation).Source, default)),
            }));
        Assert.Equal(["7 cn computes identity-verify for 40", "47 cn sends Datagram to par"], lines.Where(line => line.Contains(" cn ", StringComparison.Ordinal)).Skip(1));
    }

    [Fact]
    public void Timers_expire_restart_and_are_cancelled_at_their_instants()
    {
        var (first, second, third) = (new TestTimer("first"), new TestTimer("second"), new TestTimer("third"));
        var lines = Run(
            (_, effects, _) =>
            {
                effects.Start(first, Ms(10));
                effects.Start(second, Ms(20));
                effects.Start(third, Ms(12));
            },
            onTimer: (timer, effects) =>
            {
                if (timer != first)
                    return;
                effects.Start(second, Ms(20));
                effects.Cancel(third);
            });
        Assert.Equal(["0 mn mark trigger", "10 mn timer first", "30 mn timer second"], lines);
    }

    [Theory]
    [InlineData(false, "4.5 par receives Datagram")]
    [InlineData(true, "14.5 par receives Datagram")]
    public void A_packet_to_itself_takes_the_nodes_loopback_link_where_there_is_one(bool hasLoop, string arrival)
    {
        var par = Plan.Node("par");
        var plan = hasLoop ? Plan.With(links: [.. Plan.Links, new LinkSpec(par, par, LinkClass.InterDomain, Fixed(9.5))]) : Plan;
        var heard = 0;
        var lines = Run(
            (_, effects, trigger) => effects.Send(Packet(Plan.Node("mn"), "par", trigger)),
            plan,
            ("par", new Machine
            {
                OnPacketDo = (packet, effects) =>
                {
                    if (++heard == 1)
                        effects.Send(Packet(par, "par", packet.Handover));
                },
            }));
        Assert.Equal(2, heard);
        Assert.Equal(arrival, lines[^1]);
    }

    [Fact]
    public void A_node_without_a_cell_loses_what_is_for_a_host_of_its_prefix()
    {
        var lines = Run((mobile, effects, trigger) => effects.Send(
            new Packet(Address.On(Plan.Node("par"), mobile), Address.On(Plan.Node("ha"), mobile), new Datagram(1), trigger)));
        Assert.Equal("7 ha loses Datagram", lines[^1]);
    }

    [Fact]
    public void An_effect_of_a_mobile_node_fails_any_other()
    {
        var failure = Assert.Throws<SimulationFailedException>(() => Run(
            (_, effects, trigger) => effects.Send(Packet(Plan.Node("mn"), "cn", trigger)),
            ("cn", new Machine { OnPacketDo = (_, effects) => effects.SwitchLink(Plan.Node("par")) })));
        Assert.Equal("home/cn failed at 7 ms (seed 1, replication 2): SwitchLink is an effect of a mobile node", failure.Message);
    }

    private static Packet Packet(NodeId from, string to, HandoverKey handover) => Packet(from, Address.Of(Plan.Node(to)), handover);

    private static Packet Packet(NodeId from, Address to, HandoverKey handover) =>
        new(Plan.IsMobile(from) ? Address.On(Plan.Node("par"), from) : Address.Of(from), to, new Datagram(1), handover);

    private List<string> Run(Action<NodeId, Effects, HandoverKey> onTrigger, params (string Node, Machine Machine)[] machines) =>
        Run(onTrigger, Plan, machines);

    private List<string> Run(Action<NodeId, Effects, HandoverKey> onTrigger, NetworkPlan plan, params (string Node, Machine Machine)[] machines) =>
        Run(onTrigger, plan, null, machines);

    private List<string> Run(Action<NodeId, Effects, HandoverKey> onTrigger, Action<ProtocolTimer, Effects> onTimer) =>
        Run(onTrigger, Plan, onTimer);

    private List<string> Run(
        Action<NodeId, Effects, HandoverKey> onTrigger, NetworkPlan plan, Action<ProtocolTimer, Effects>? onTimer, params (string Node, Machine Machine)[] machines)
    {
        var notes = new Notes(plan);
        using var simulation = new Simulation(system.System, TestScheme.Scenario(plan, Create)) { Observer = notes };
        Assert.Equal(0, simulation.Run(1, 2).Pending);
        return notes.Lines;

        RoleMachine? Create(RoleContext context) => context.Mobile is { } mobile
            ? new Starter((handover, effects) => onTrigger(mobile.Node, effects, handover), onTimer)
            : machines.FirstOrDefault(entry => entry.Node == context.Node.Name).Machine;
    }

    private sealed class Machine : RoleMachine
    {
        public Action<Packet, Effects> OnPacketDo { get; init; } = (_, _) => { };

        public Action<object, Effects> OnComputedDo { get; init; } = (_, _) => { };

        public Func<Packet, Effects, bool> OnTransitDo { get; init; } = (_, _) => false;

        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects) => OnPacketDo(packet, effects);

        public override void OnComputed(object continuation, Effects effects) => OnComputedDo(continuation, effects);

        public override bool OnTransit(Packet packet, Effects effects) => OnTransitDo(packet, effects);
    }

    private sealed class Starter(Action<HandoverKey, Effects> onTrigger, Action<ProtocolTimer, Effects>? onTimer) : MobileNodeMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects) => onTrigger(handover, effects);

        public override void OnPacket(Packet packet, Effects effects)
        {
        }

        public override void OnTimer(ProtocolTimer timer, Effects effects) => onTimer?.Invoke(timer, effects);

        public override void OnLinkUp(NodeId router, Effects effects)
        {
        }
    }
}
