using System.Globalization;
using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.TrafficModels;
using Tests.Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Network;

/// <summary>Whole runs with data: both directions, buffers, and each packet's delay.</summary>
public sealed class StreamTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private SimTime _linkDown;

    private static readonly Traffic Both = new(Ms(2), 160, Ms(600)) { IsUp = true };

    [Theory]
    [InlineData("fmipv6")]
    [InlineData("ipsec-fmipv6")]
    public void A_packet_that_reaches_the_buffer_x_after_link_down_leaves_it_so_much_sooner(string scheme)
    {
        var run = Run(scheme, new Traffic(Ms(1), 160, Ms(600)));
        var held = run.Streams!.Packets.Where(packet => packet.Path.HasFlag(DataPath.Buffered)).ToArray();
        Assert.InRange(held.Length, 50, 65);

        // CN > HA 3, HA > PAR 20, PAR > NAR 2 ms, each with t_p; the switch takes 50 ms, a = 4 ms.
        var toBuffer = Ms(3.5 + 20.5 + 2.5);
        foreach (var packet in held)
        {
            var x = packet.SentAt + toBuffer - _linkDown;
            Assert.Equal(toBuffer + Ms(50) + 2 * Ms(4) + 2 * Ms(0.5) - x, packet.Delay);
        }
    }

    [Theory]
    [InlineData("mipv6")]
    [InlineData("mipv6-rr")]
    [InlineData("hmipv6")]
    [InlineData("fmipv6")]
    [InlineData("ipsec-fmipv6-hmipv6")]
    [InlineData("pmipv6")]
    [InlineData("fpmipv6")]
    public void What_the_mobile_node_sends_arrives_except_while_it_is_between_links_or_unknown(string scheme)
    {
        var run = Run(scheme, Both);
        var up = run.Streams!.Packets.Where(packet => packet.Direction == DataDirection.Up).ToArray();
        Assert.Equal(300, up.Length);
        var lost = up.Where(packet => packet.Arrival is null).Select(packet => packet.SentAt).ToArray();
        Assert.InRange(lost.Length, 25, 75);
        Assert.True(lost[0] >= _linkDown);
        Assert.Equal(Enumerable.Range(0, lost.Length).Select(i => lost[0] + i * Ms(2)), lost);
        Assert.Equal(lost.Length, run.Data![DataEvent.Dropped, DataDirection.Up]);
    }

    /// <summary>Up to the first handover: through the home agent a + c + f, straight a + g.</summary>
    [Theory]
    [InlineData("mipv6", 4 + 20 + 3 + 3 * 0.5)]
    [InlineData("mipv6-rr", 4 + 5 + 2 * 0.5)]
    [InlineData("pmipv6", 4 + 20 + 3 + 3 * 0.5)]
    [InlineData("hmipv6", 4 + 2 + 20 + 3 + 4 * 0.5)]
    public void Data_of_the_mobile_node_takes_the_way_of_its_scheme(string scheme, double delayMs)
    {
        var up = Run(scheme, Both).Streams!.Packets.First(packet => packet.Direction == DataDirection.Up);
        Assert.Equal(Ms(delayMs), up.Delay);
        Assert.Equal(scheme == "mipv6-rr", up.IsRouteOptimised);
    }

    [Fact]
    public void A_router_without_a_buffer_loses_what_comes_in_the_switch_and_no_more()
    {
        var traffic = new Traffic(Ms(2), 160, Ms(600));
        var (with, without) = (Run("fmipv6", traffic), Run("fmipv6", traffic, 0));
        Assert.Equal((0, 0), (with.Data!.Lost, without.Data![DataEvent.Buffered]));
        Assert.Equal(with.Data[DataEvent.Buffered], without.Data[DataEvent.Overflowed]);
        Assert.Equal(without.Data[DataEvent.Overflowed], without.Data.Lost);
        Assert.Equal(5, Run("fmipv6", traffic, 5).Data![DataEvent.Buffered]);
        Assert.Equal(without.Data.Lost, Assert.Single(without.Streams!.Handovers).Lost);
    }

    [Theory]
    [InlineData("voice")]
    [InlineData("video")]
    [InlineData("cbr")]
    public void Streams_are_the_same_on_any_number_of_partitions_and_in_every_scheme(string model)
    {
        TrafficModel of = model switch
        {
            "voice" => new OnOffVoice(ConstantBitRate.G711, Ms(100), Ms(60)),
            "video" => Video.Usual,
            _ => ConstantBitRate.G711,
        };
        var traffic = new Traffic(of, Ms(900)) { IsUp = true };
        var reference = Run("ipsec-fmipv6", traffic);
        foreach (var partitions in new[] { 2, 4 })
        {
            var other = Run("ipsec-fmipv6", traffic, partitions: partitions);
            Assert.Equal(reference.Digest, other.Digest);
            Assert.Equal(reference.Streams!.Packets, other.Streams!.Packets);
        }

        Assert.Equal(
            reference.Streams!.Packets.Select(packet => (packet.Direction, packet.SentAt)),
            Run("mipv6", traffic).Streams!.Packets.Select(packet => (packet.Direction, packet.SentAt)));
        Assert.True(reference.Data![DataEvent.Received, DataDirection.Up] > 10);
    }

    [Fact]
    public void Packets_are_kept_only_where_they_are_asked_for()
    {
        using var simulation = new Simulation(system.System, Scenario("fmipv6", Both) with { RecordsPackets = false });
        var run = simulation.Run(1, 0);
        Assert.Empty(run.Streams!.Packets);
        Assert.Equal(run.Data![DataEvent.Received, DataDirection.Up], run.Streams.Delay(DataDirection.Up).Count);
    }

    private static Scenario Scenario(string name, Traffic traffic)
    {
        var scheme = Scheme(name);
        return new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), Costs, new SingleHandover(Paper.Find("nar")!.Value, Ms(200.3)))
        {
            Delays = new MovementDelays { LinkSwitch = new ConstantDelay(Ms(50)), MovementDetection = new ConstantDelay(Ms(10)) },
            Traffic = traffic,
            RecordsPackets = true,
        };
    }

    private RunRecord Run(string scheme, Traffic traffic, int? buffer = null, int partitions = 1)
    {
        using var simulation = new Simulation(system.System, Scenario(scheme, traffic) with { BufferPackets = buffer, Partitions = partitions });
        var notes = new Notes(Paper);
        if (partitions == 1)
            simulation.Observer = notes;
        var run = simulation.Run(1, 0);
        if (partitions == 1)
            _linkDown = SimTime.Zero + Ms(double.Parse(notes.Lines.First(line => line.EndsWith("mark link-down", StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture));
        return run;
    }
}
