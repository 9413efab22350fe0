using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.FHmipv6;
using Tests.Actors.Kernel;
using Tests.Topology;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>F-HMIPv6 where one anchor point does not cover every router: ar0 and ar1 are map0's, ar2 and ar3 map1's.</summary>
public sealed class FHmipv6Tests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NetworkPlan TwoDomains = Build(new HmipTopology { Domains = 2, RoutersPerMap = 2 });
    private static readonly NetworkPlan OneDomain = Build(new HmipTopology { Domains = 1, MapsPerDomain = 2, RoutersPerMap = 2 });

    public static TheoryData<string> Plans => ["two domains", "one domain"];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Only_a_move_out_of_the_area_of_an_anchor_point_is_registered_at_home_and_the_next_one_is_prepared_by_the_new_anchor_point(string name)
    {
        var plan = Plan(name);
        var network = new ProtocolNetwork(plan, Scheme("f-hmipv6"), Costs);
        string[] Messages(string router)
        {
            network.Sent.Clear();
            Assert.Equal("predictive", network.HandOver("mn0", router).Outcome.Name);
            Assert.Equal(0, network.PendingTimers);
            return [.. network.Sent];
        }

        static string[] Local(string by, string router, string at) =>
        [
            $"mn0>{by} RtSolPr", $"{by}>mn0 PrRtAdv", $"mn0>{by} FBU", $"{by}>{router} HI", $"{router}>{by} HAck", $"{by}>mn0 FBack",
            $"mn0>{router} UNA", $"mn0>{at} LBU", $"{at}>mn0 BA",
        ];

        static string[] Home(string at) => [$"mn0>{at} BU in tunnel", $"{at}>ha0 BU", "ha0>mn0 BA", $"{at}>mn0 BA in tunnel"];

        Address? AtHome() => network.Machine<HomeAgent>("ha0").Bindings.Find(network.Machine<MobileNode>("mn0").HomeAddress, network.Now)?.CareOfAddress;

        Assert.Equal(Local("map0", "ar1", "map0"), Messages("ar1"));
        Assert.Null(AtHome());
        Assert.Equal([.. Local("map0", "ar2", "map1"), .. Home("map1")], Messages("ar2"));
        Assert.Equal(Address.On(plan.Node("map1"), plan.Node("mn0")), AtHome());
        Assert.Equal(Local("map1", "ar3", "map1"), Messages("ar3"));
        Assert.Equal([.. Local("map1", "ar0", "map0"), .. Home("map0")], Messages("ar0"));
        Assert.Equal(Address.On(plan.Node("map0"), plan.Node("mn0")), AtHome());
    }

    [Fact]
    public void The_loss_of_any_one_message_of_a_move_to_another_anchor_point_is_made_good()
    {
        for (var lost = 0; lost < 13; lost++)
        {
            var network = new ProtocolNetwork(TwoDomains, Scheme("f-hmipv6"), Costs);
            var sent = 0;
            network.Fate = packet => sent++ == lost ? [] : [packet];
            Assert.False(network.HandOver("mn0", "ar2").Outcome.IsFailure);
            Assert.True(sent >= 13);
            var mobile = network.Machine<MobileNode>("mn0");
            var regional = network.Machine<HomeAgent>("ha0").Bindings.Find(mobile.HomeAddress, network.Now)!.Value.CareOfAddress;
            Assert.Equal(Address.On(TwoDomains.Node("map1"), TwoDomains.Node("mn0")), regional);
            Assert.Equal(mobile.CareOfAddress, network.Machine<AnchorPoint>("map1").Registrations.Bindings.Find(regional, network.Now)?.CareOfAddress);
            Assert.Equal(0, network.PendingTimers);
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_node_that_goes_to_and_fro_between_anchor_points_loses_nothing_that_is_sent_to_it(string name)
    {
        var plan = Plan(name);
        RunRecord? reference = null;
        foreach (var partitions in new[] { 1, 2, 3 })
        {
            var run = Run(plan, Ms(700), partitions, MovementDelays.None with { LinkSwitch = new ConstantDelay(Ms(20)) });
            Assert.Equal((8, 0), (run.Handovers.Count, run.Pending));
            Assert.All(run.Handovers, handover => Assert.Equal("predictive", handover.Outcome.Name));
            var packets = run.Streams!.Packets;
            Assert.All(packets, packet => Assert.True(packet.Arrival is not null || packet.Direction == DataDirection.Up));

            // What the node sends is taken again when both are told where it is.
            Assert.InRange(packets.Count(packet => packet.Arrival is null), 1, packets.Count / 10);
            Assert.NotNull(packets.Last(packet => packet.Direction == DataDirection.Up).Arrival);
            reference ??= run;
            Assert.Equal(reference.Digest, run.Digest);
            Assert.True(reference.Streams!.Packets.SequenceEqual(packets));
        }
    }

    [Fact]
    public void When_the_link_fails_early_the_former_anchor_point_is_asked_from_the_new_link()
    {
        var early = MovementDelays.None with { Anticipation = new ConstantDelay(Ms(1)), LinkSwitch = new ConstantDelay(Ms(200)) };
        var run = Run(TwoDomains, Ms(3000), 1, early);
        Assert.All(run.Handovers, handover => Assert.Equal("reactive", handover.Outcome.Name));

        // From ar1 to ar2, FBU and FBack cross a, and with HI and HAck both anchor points' links to their gateways, the core, and the one to the router.
        var recovery = HandoverSchemes.Find("f-hmipv6")!.Phases.ToList().FindIndex(phase => phase.Name == "recovery");
        Assert.Equal((2 * Ms(4) + 12 * Ms(2) + 4 * Ms(3) + 18 * Ms(0.5)).Ticks, run.Handovers[1].PhaseTicks[recovery]);
        Assert.NotNull(run.Streams!.Packets.Last(packet => packet.Direction == DataDirection.Down).Arrival);
        Assert.NotNull(run.Streams.Packets[^1].Arrival);
    }

    [Fact]
    public void Both_registrations_are_refreshed_and_the_former_one_runs_out()
    {
        var scheme = new WatchedScheme(Scheme("f-hmipv6"));
        using var simulation = new Simulation(system.System, Scenario(TwoDomains, scheme, new SingleHandover(TwoDomains.Node("ar2"))));
        var run = simulation.Run(1, 0, SimTime.Zero + TimeSpan.FromSeconds(3000));
        Assert.Equal("predictive", Assert.Single(run.Handovers).Outcome.Name);
        var mobile = scheme.Machines.OfType<MobileNode>().Single();
        var anchors = scheme.Machines.OfType<AnchorPoint>().Select(anchor => anchor.Registrations.Bindings).ToArray();
        var regional = Address.On(TwoDomains.Node("map1"), TwoDomains.Node("mn0"));
        Assert.Equal(regional, scheme.Machines.OfType<HomeAgent>().Single().Bindings.Find(mobile.HomeAddress, run.End)?.CareOfAddress);
        Assert.Equal(mobile.CareOfAddress, anchors[1].Find(regional, run.End)?.CareOfAddress);
        Assert.Null(anchors[0].Find(Address.On(TwoDomains.Node("map0"), TwoDomains.Node("mn0")), run.End));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Among_many_domains_every_handover_ends_with_an_outcome_and_the_run_is_the_same_on_any_number_of_partitions(double loss)
    {
        var plan = Build(new HmipTopology { Domains = 7, MapsPerDomain = 2, RoutersPerMap = 2, HomeDomains = 2, Correspondents = 2, Core = new GridCore() }, 30);
        if (loss > 0)
            plan = plan.With(Faults.Impaired(loss));
        var moves = new ManyMoves(TimeSpan.FromSeconds(1), [.. plan.Cells.Select(cell => cell.Router)], 8, headless: loss > 0);
        var runs = new[] { 1, 2, 3, 7 }.Select(partitions =>
        {
            var scenario = Scenario(plan, Scheme("f-hmipv6"), moves) with
            {
                Traffic = new Traffic(Ms(10), 160, TimeSpan.FromSeconds(5)) { IsUp = true },
                Partitions = partitions,
            };
            using var simulation = new Simulation(system.System, scenario);
            return simulation.Run(3, 1);
        }).ToArray();
        Assert.All(runs, run => Assert.Equal((240, 240, 0), (run.Begun, run.Handovers.Count, run.Pending)));
        Assert.All(runs[0].Handovers, handover => Assert.True(!handover.Outcome.IsFailure || (loss > 0 && handover.Outcome.Reason is { Length: > 0 }), handover.Outcome.ToString()));
        Assert.Single(runs.Select(run => (run.Digest, run.Events, run.End, run.Data!.Lost)).Distinct());
    }

    private static NetworkPlan Plan(string name) => name == "two domains" ? TwoDomains : OneDomain;

    private static NetworkPlan Build(HmipTopology topology, int mobiles = 1) => topology.Build(
        ProtocolNetworks.Delays(Ms(4), Ms(2), Ms(20), Ms(3), Ms(0.5)), 1, TopologyOverrides.None, mobiles).Plan!;

    private static Scenario Scenario(NetworkPlan plan, IHandoverScheme scheme, IMovement movement) =>
        new(plan, scheme, new SchemeOptions(scheme.Options), Costs, movement);

    /// <summary>Through both areas and back at once, with data in both directions.</summary>
    private RunRecord Run(NetworkPlan plan, TimeSpan stay, int partitions, MovementDelays delays)
    {
        string[] path = ["ar0", "ar1", "ar2", "ar1", "ar2", "ar3", "ar2", "ar0", "ar3"];
        var scenario = Scenario(plan, Scheme("f-hmipv6"), new Waypoints([.. path.Select(router => plan.Node(router))], new ConstantDelay(stay))) with
        {
            Delays = delays,
            Traffic = new Traffic(Ms(2), 160, path.Length * (stay + Ms(250))) { IsUp = true },
            Partitions = partitions,
            RecordsPackets = true,
        };
        using var simulation = new Simulation(system.System, scenario);
        return simulation.Run(1, 0);
    }
}
