using Actors;
using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Tests.Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

/// <summary>The radio of a mobile node: one cell or none, a shared uplink, a downlink that only those attached hear.</summary>
public sealed class MobileNodeActorTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NodeId Par = Paper.Node("par");
    private static readonly NodeId Nar = Paper.Node("nar");

    [Fact]
    public void A_switch_tells_of_link_down_then_of_link_up_after_its_time_and_nothing_is_sent_between()
    {
        var lines = Run(
            Paper,
            linkSwitchMs: 30,
            onTrigger: (me, effects) =>
            {
                effects.SwitchLink(Nar);
                effects.Send(me.To(Par, 1));
            },
            onLinkDown: (me, effects) => effects.Send(me.To(Par, 2)),
            onLinkUp: (me, effects) => effects.Send(me.To(Nar, 3)));
        Assert.Equal(
            [
                "0 mn mark trigger", "0 mn mark link-down", "0 mn loses Datagram", "0 mn hears link-down", "0 mn loses Datagram",
                "30 mn mark link-up", "30 mn hears link-up", "30 mn sends Datagram to nar", "34.5 nar receives Datagram",
            ],
            lines);
    }

    [Fact]
    public void A_switch_without_delay_happens_within_the_instant() =>
        Assert.Equal(
            ["0 mn mark trigger", "0 mn mark link-down", "0 mn hears link-down", "0 mn mark link-up", "0 mn hears link-up"],
            Run(Paper, onTrigger: (_, effects) => effects.SwitchLink(Nar)));

    [Fact]
    public void A_link_that_is_foreseen_to_fail_fails_by_itself() =>
        Assert.Equal(
            ["0 mn mark trigger", "20 mn mark link-down", "20 mn hears link-down", "50 mn mark link-up", "50 mn hears link-up"],
            Run(Paper, linkSwitchMs: 30, anticipationMs: 20));

    [Fact]
    public void A_node_that_leaves_its_link_earlier_hears_of_no_failure()
    {
        var lines = Run(
            Paper,
            linkSwitchMs: 30,
            anticipationMs: 20,
            onTrigger: (me, effects) => effects.Start(me.Timer, Ms(19)),
            onTimer: (_, effects) => effects.SwitchLink(Nar));
        Assert.Equal(
            ["0 mn mark trigger", "19 mn timer timer", "19 mn mark link-down", "19 mn hears link-down", "49 mn mark link-up", "49 mn hears link-up"],
            lines);
    }

    [Fact]
    public void A_trigger_during_a_handover_ends_it_and_one_between_two_links_waits_for_the_link()
    {
        var lines = Run(
            Paper,
            linkSwitchMs: 30,
            movement: new PingPong(Ms(20), Nar, Par, 3),
            onTrigger: (me, effects) => effects.SwitchLink(me.Handover.Number == 2 ? Par : Nar),
            onLinkUp: (me, effects) =>
            {
                if (me.Handover.Number == 3)
                    effects.Complete(Outcome.Basic);
            });
        Assert.Equal(
            [
                "0 mn mark trigger", "0 mn mark link-down", "0 mn hears link-down", "30 mn mark link-up", "30 mn hears link-up",
                "30 mn completes failed", "30 mn mark trigger", "30 mn mark link-down", "30 mn hears link-down",
                "60 mn mark link-up", "60 mn hears link-up",
                "60 mn completes failed", "60 mn mark trigger", "60 mn mark link-down", "60 mn hears link-down",
                "90 mn mark link-up", "90 mn hears link-up", "90 mn completes basic",
            ],
            lines);
    }

    [Fact]
    public void A_packet_on_the_old_downlink_is_lost_to_a_node_that_has_left()
    {
        var lines = Run(
            Paper,
            onTrigger: (me, effects) =>
            {
                // To itself by way of the router: up 4.5, down 4.5; it leaves after 6.
                effects.Send(new Packet(Address.On(Par, me.Id), Address.On(Par, me.Id), new Datagram(1), me.Handover));
                effects.Start(me.Timer, Ms(6));
            },
            onTimer: (_, effects) => effects.SwitchLink(Nar));
        Assert.Equal("9 mn loses Datagram", lines[^1]);
        Assert.DoesNotContain(lines, line => line.Contains("mn receives", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nodes_of_a_cell_share_the_rate_of_its_uplink(int partitions)
    {
        // 100 bytes at 0.8 Mbit/s take 1 ms; both arrive at the router after 4 + 0.5 and then queue.
        var plan = WithMobiles(0.5, 0.5, 0.5) is var more ? more.With(cells: [.. more.Cells.Select(cell => cell with
        {
            Uplink = cell.Uplink with { Bandwidth = BitRate.FromMegabits(0.8), QueuePackets = 1 },
        })]) : null!;
        var run = RunRecord(plan, partitions, onTrigger: (me, effects) => effects.Send(me.To(Par, 1)));
        Assert.Equal((4, 2L), (run.Begun, run.Signalling.Lost));
        Assert.Equal((4L, 400L), (run.Signalling.Messages(LinkClass.Wireless), run.Signalling.Bytes(LinkClass.Wireless)));
        Assert.Equal(6.5, run.End.Milliseconds);
    }

    [Fact]
    public void The_uplink_of_a_roaming_node_reaches_another_domain_with_jitter_on_any_number_of_partitions()
    {
        // The uplink is the shortest way between domains, so that its jitter is part of the lookahead.
        var plan = Paper.With(
            links: [.. Paper.Links.Select(link => link with { Delay = Fixed(50) })],
            cells: [.. Paper.Cells.Select(cell => cell with
            {
                Uplink = cell.Uplink with { Delay = Fixed(1), Jitter = new UniformDelay(Ms(1), Ms(3)), Loss = 0.2 },
                Downlink = cell.Downlink with { Jitter = new UniformDelay(Ms(2), Ms(3)) },
            })]);
        var digests = new[] { 1, 2, 3 }.Select(partitions => RunRecord(
            plan,
            partitions,
            onTrigger: (_, effects) => effects.SwitchLink(Nar),
            onLinkUp: (me, effects) =>
            {
                for (var i = 0; i < 50; i++)
                    effects.Send(me.To(Nar, i));
            }).Digest);
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void Each_mobile_node_spends_its_own_processing_time()
    {
        var notes = new List<string>();
        var plan = WithMobiles(0.25, 1.75);
        Run(
            plan,
            onTrigger: (me, effects) => effects.Send(new Packet(Address.On(Par, me.Id), Address.On(Par, me.Id), new Datagram(1), me.Handover)),
            onPacket: (me, effects) => notes.Add($"{plan[me.Id].Name}@{effects.Now.Milliseconds}"));
        Assert.Equal(["mn1@8.75", "mn@9", "mn2@10.25"], notes);
    }

    [Fact]
    public void Only_the_first_completion_of_a_handover_counts()
    {
        var run = RunRecord(Paper, 1, onTrigger: (_, effects) =>
        {
            effects.Complete(Outcome.Basic);
            effects.Complete(Outcome.Failed("again"));
        });
        Assert.Equal(Outcome.Basic, Assert.Single(run.Handovers).Outcome);
    }

    /// <summary>The paper's network with further mobile nodes mn1, mn2, ... of these processing times at the previous router.</summary>
    internal static NetworkPlan WithMobiles(params double[] processingMs) => Paper.With(
        nodes:
        [
            .. Paper.Nodes,
            .. processingMs.Select((ms, i) => new NodeSpec(
                new NodeId(Paper.Nodes.Count + i), $"mn{i + 1}", Paper[Par].Domain, NodeRole.MobileNode, Ms(ms))),
        ],
        mobiles: [.. Paper.Mobiles, .. processingMs.Select((_, i) => Paper.Mobiles[0] with { Node = new NodeId(Paper.Nodes.Count + i) })]);

    private List<string> Run(
        NetworkPlan plan,
        Action<Radio, Effects>? onTrigger = null,
        Action<Radio, Effects>? onLinkDown = null,
        Action<Radio, Effects>? onLinkUp = null,
        Action<Radio, Effects>? onTimer = null,
        Action<Radio, Effects>? onPacket = null,
        double linkSwitchMs = 0,
        double? anticipationMs = null,
        IMovement? movement = null)
    {
        var notes = new Notes(plan);
        var scenario = TestScheme.Scenario(plan, Machines(onTrigger, Heard("link-down", onLinkDown), Heard("link-up", onLinkUp), onTimer, onPacket)) with
        {
            Delays = new MovementDelays
            {
                LinkSwitch = new ConstantDelay(Ms(linkSwitchMs)),
                Anticipation = anticipationMs is { } ms ? new ConstantDelay(Ms(ms)) : null,
            },
        };
        if (movement is not null)
            scenario = scenario with { Movement = movement };
        using var simulation = new Simulation(system.System, scenario) { Observer = notes };
        simulation.Run(1, 0);
        return notes.Lines;

        Action<Radio, Effects> Heard(string what, Action<Radio, Effects>? then) => (me, effects) =>
        {
            notes.Lines.Add($"{effects.Now.Milliseconds} {plan[me.Id].Name} hears {what}");
            then?.Invoke(me, effects);
        };
    }

    private RunRecord RunRecord(NetworkPlan plan, int partitions, Action<Radio, Effects> onTrigger, Action<Radio, Effects>? onLinkUp = null)
    {
        using var simulation = new Simulation(
            system.System, TestScheme.Scenario(plan, Machines(onTrigger, null, onLinkUp, null, null)) with { Partitions = partitions });
        return simulation.Run(1, 0);
    }

    private static Func<global::Actors.Mobility.RoleContext, RoleMachine?> Machines(
        Action<Radio, Effects>? onTrigger, Action<Radio, Effects>? onLinkDown, Action<Radio, Effects>? onLinkUp, Action<Radio, Effects>? onTimer, Action<Radio, Effects>? onPacket) =>
        context => context.Mobile is { } mobile ? new Radio(mobile.Node, onTrigger, onLinkDown, onLinkUp, onTimer, onPacket) : null;

    private sealed class Radio(
        NodeId id, Action<Radio, Effects>? onTrigger, Action<Radio, Effects>? onLinkDown, Action<Radio, Effects>? onLinkUp, Action<Radio, Effects>? onTimer, Action<Radio, Effects>? onPacket)
        : MobileNodeMachine
    {
        public NodeId Id => id;

        public HandoverKey Handover { get; private set; }

        public ProtocolTimer Timer { get; } = new NamedTimer("timer");

        public Packet To(NodeId router, int number) => new(Address.On(router, id), Address.Of(router), new Datagram(number), Handover);

        public override void Reset(RunContext run) => Handover = default;

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
        {
            Handover = handover;
            onTrigger?.Invoke(this, effects);
        }

        public override void OnPacket(Packet packet, Effects effects) => onPacket?.Invoke(this, effects);

        public override void OnTimer(ProtocolTimer timer, Effects effects) => onTimer?.Invoke(this, effects);

        public override void OnLinkDown(Effects effects) => onLinkDown?.Invoke(this, effects);

        public override void OnLinkUp(NodeId router, Effects effects) => onLinkUp?.Invoke(this, effects);
    }
}
