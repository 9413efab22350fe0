using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Tests.Actors.Kernel;
using Tests.Topology;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Mobility;

/// <summary>Nodes of all schemes for hierarchies, where anchor points cover two routers each.</summary>
public sealed class RegionalRegistrationTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NetworkPlan Plan = new HmipTopology { Domains = 2, RoutersPerMap = 2 }.Build(
        ProtocolNetworks.Delays(Ms(4), Ms(2), Ms(20), Ms(3), Ms(0.5)), 1, TopologyOverrides.None, 1).Plan!;

    public static TheoryData<string> Schemes => ["hmipv6", "f-hmipv6", "ipsec-fmipv6-hmipv6"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void What_a_node_sends_arrives_once_its_home_agent_knows_the_new_anchor_point(string name)
    {
        var scheme = Scheme(name);
        var scenario = new Scenario(Plan, scheme, new SchemeOptions(scheme.Options), Costs, new Waypoints([Plan.Node("ar0"), Plan.Node("ar2"), Plan.Node("ar3")], new ConstantDelay(Ms(1000)))) with
        {
            Delays = MovementDelays.None with { LinkSwitch = new ConstantDelay(Ms(20)) },
            Traffic = new Traffic(Ms(10), 160, Ms(4000)) { IsUp = true },
            RecordsPackets = true,
        };
        using var simulation = new Simulation(system.System, scenario);
        var run = simulation.Run(1, 0);
        Assert.Equal(2, run.Handovers.Count);
        Assert.All(run.Handovers, handover => Assert.False(handover.Outcome.IsFailure));
        var sent = run.Streams!.Packets.Where(packet => packet.Direction == DataDirection.Up).ToList();
        Assert.Equal(400, sent.Count);
        Assert.InRange(sent.Count(packet => packet.Arrival is null), 0, 40);
        Assert.All(sent[^100..], packet => Assert.NotNull(packet.Arrival));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_node_whose_home_agent_was_not_heard_of_registers_there_when_it_returns(string name)
    {
        var network = new ProtocolNetwork(Plan, Scheme(name), Costs) { Fate = packet => packet.Source == Address.Of(Plan.Node("ha0")) ? [] : [packet] };
        Assert.True(network.HandOver("mn0", "ar2").Outcome.IsFailure);
        Assert.Equal("map1", AnchorPointAtHome());
        network.Fate = packet => [packet];
        Assert.False(network.HandOver("mn0", "ar0").Outcome.IsFailure);
        Assert.Equal("map0", AnchorPointAtHome());

        string AnchorPointAtHome()
        {
            var home = network.Machine<RegisteringMobileNode>("mn0").HomeAddress;
            var binding = network.Machine<HomeAgent>("ha0").Bindings.Find(home, network.Now);
            return new[] { "map0", "map1" }.Single(map => Address.On(Plan.Node(map), Plan.Node("mn0")) == binding?.CareOfAddress);
        }
    }
}
