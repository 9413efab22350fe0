using Actors;
using Actors.Mobility;
using Actors.Network;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>From home to one foreign network and the next, or back, in every scheme that needs no more than a home agent.</summary>
public sealed class HomePlusTwoTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NetworkPlan Plan = HomePlusTwoTopology.Build(Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)));

    public static TheoryData<string> Names =>
        [.. HandoverSchemes.All.Where(scheme => scheme.RequiredRoles.All(role => role == NodeRole.HomeAgent)).Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_handovers_and_a_way_home_end_well_with_data_in_both_directions(string name)
    {
        foreach (var path in new[] { "home,fn1,fn2", "home,fn1,home", "home,fn2,fn1,fn2,home" })
        {
            var scenario = Scenario(name, path);
            RunRecord? reference = null;
            foreach (var partitions in new[] { 1, 2, 3 })
            {
                using var simulation = new Simulation(system.System, scenario with { Partitions = partitions });
                var run = simulation.Run(5, 0);
                var moves = path.Split(',').Length - 1;
                Assert.Equal((moves, moves, 0), (run.Begun, run.Handovers.Count(row => !row.Outcome.IsFailure), run.Pending));
                var data = run.Data!;
                Assert.Equal(data.Lost, data[DataEvent.Dropped] + data[DataEvent.Overflowed] + data.Held);
                Assert.NotNull(run.Streams!.Packets.Last(packet => packet.Direction == DataDirection.Down).Delay);
                Assert.NotNull(run.Streams.Packets[^1].Delay);
                reference ??= run;
                Assert.Equal((reference.Digest, true), (run.Digest, reference.Streams!.Packets.SequenceEqual(run.Streams.Packets)));
            }
        }
    }

    [Fact]
    public void At_home_data_is_in_no_tunnel()
    {
        using var simulation = new Simulation(system.System, Scenario("fmipv6", "home,fn1"));
        var packets = simulation.Run(5, 0).Streams!.Packets;

        // CN > HA 3, HA > MN 4 ms, each with t_p; 572 B at 11 Mbit/s.
        Assert.Equal(Ms(8) + HomePlusTwoTopology.CellRate.TransmissionTime(572), packets[0].Delay);
        Assert.Equal(packets[0].Delay, packets.First(packet => packet.Direction == DataDirection.Up).Delay);
    }

    /// <summary>The inner packet's 572 B in the home agent's tunnel are 612 B; ESP adds 36 B to either.</summary>
    [Fact]
    public void ESP_costs_26_to_36_us_on_a_hop_of_11_Mbit_per_second()
    {
        long[] Delays(string scheme)
        {
            using var simulation = new Simulation(system.System, Scenario(scheme, "home,fn1,fn2"));
            var packets = simulation.Run(5, 0).Streams!.Packets.Where(packet => packet.Path == DataPath.None).ToArray();
            return [packets[0].Delay!.Value.Ticks, packets.Last(packet => packet.Direction == DataDirection.Down).Delay!.Value.Ticks, packets[^1].Delay!.Value.Ticks];
        }

        var costs = Delays("ipsec-fmipv6").Zip(Delays("fmipv6"), (with, without) => TimeSpan.FromTicks(with - without).TotalMicroseconds).ToArray();
        Assert.Equal(3, costs.Length);
        Assert.All(costs, cost => Assert.InRange(cost, 26, 36));
    }

    private static Scenario Scenario(string name, string path)
    {
        var scheme = Scheme(name);
        return new Scenario(
            Plan, scheme, new SchemeOptions(scheme.Options), Costs,
            new Waypoints(WaypointPath.Resolve(Plan, path.Split(',')).Routers, new UniformDelay(Ms(1200), Ms(1300))))
        {
            Delays = new MovementDelays { LinkSwitch = new ConstantDelay(Ms(50)) },
            Traffic = new Traffic(Ms(10), 512, TimeSpan.FromSeconds(8)) { IsUp = true },
            RecordsPackets = true,
        };
    }
}
