using Actors;
using Actors.Kernel;
using Actors.Network;
using Tests.Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Network;

/// <summary>Streams of data in a run: what is counted, and when a handover is recorded.</summary>
public sealed class DataTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;

    [Fact]
    public void Late_and_repeated_packets_are_told_apart()
    {
        var (reception, measurement) = (new DataReception(), new DataMeasurement());
        foreach (var sequence in new[] { 0, 2, 1, 2, 130, 129, 130 })
            reception.Take(new DataPacket(Mn, sequence, SimTime.Zero, 160), SimTime.Zero, measurement);
        var counters = measurement.Counters;
        Assert.Equal((5, 2, 2), (counters[DataEvent.Received], counters[DataEvent.Duplicated], counters[DataEvent.Reordered]));
    }

    [Fact]
    public void A_packet_is_its_payload_in_RTP_UDP_and_IPv6()
    {
        var packet = new Packet(default, default, new DataPacket(Mn, 0, SimTime.Zero, 160), default);
        Assert.Equal(220, packet.SizeBytes);
    }

    [Fact]
    public void Fast_handover_loses_nothing_that_plain_Mobile_IPv6_loses()
    {
        var fast = Run("fmipv6", new Traffic(Ms(2), 160, Ms(1000))).Data!;
        Assert.Equal((500, 500, 0), (fast[DataEvent.Sent], fast[DataEvent.Received], fast.Lost));
        Assert.InRange(fast[DataEvent.Buffered], 25, 30);
        Assert.True(fast[DataEvent.Forwarded] >= fast[DataEvent.Buffered]);
        var plain = Run("mipv6", new Traffic(Ms(2), 160, Ms(1000))).Data!;
        Assert.InRange(plain.Lost, 50, 60);
        Assert.Equal((0, 0, 0), (plain[DataEvent.Buffered], plain[DataEvent.Forwarded], plain[DataEvent.Duplicated]));
    }

    [Fact]
    public void A_handover_is_recorded_when_its_first_packet_has_come()
    {
        var handover = Assert.Single(Run("fmipv6", new Traffic(Ms(400), 160, Ms(1000))).Handovers);
        Assert.True(handover.FullTicks > handover.TotalTicks);
        Assert.Equal(handover.CompletedAt, SimTime.Zero + Ms(200) + TimeSpan.FromTicks(handover.FullTicks));
        Assert.InRange(handover.InterruptionTicks, Ms(400).Ticks - Ms(50).Ticks, Ms(400).Ticks);
    }

    [Fact]
    public void A_handover_after_the_end_of_the_stream_is_recorded_with_its_own_end()
    {
        var run = Run("fmipv6", new Traffic(Ms(10), 160, Ms(50)));
        var handover = Assert.Single(run.Handovers);
        Assert.Equal((-1, 0, 5), (handover.FullTicks, run.Pending, run.Data!.Lost + run.Data[DataEvent.Received]));
        Assert.True(handover.CompletedAt < SimTime.Zero + Ms(400));
    }

    [Fact]
    public void A_used_network_repeats_its_digest_and_its_counts()
    {
        using var simulation = new Simulation(system.System, Scenario("ipsec-fmipv6", new Traffic(Ms(3), 160, Ms(700))));
        var (first, second) = (simulation.Run(1, 0), simulation.Run(1, 0));
        Assert.Equal(first.Digest, second.Digest);
        foreach (var what in Enum.GetValues<DataEvent>())
            Assert.Equal(first.Data![what], second.Data![what]);
    }

    private static Scenario Scenario(string name, Traffic traffic)
    {
        var scheme = Scheme(name);
        return new Scenario(
            Paper, scheme, new global::Actors.Mobility.SchemeOptions(scheme.Options), Costs, new SingleHandover(Paper.Find("nar")!.Value, Ms(200)))
        {
            Delays = new MovementDelays { LinkSwitch = new ConstantDelay(Ms(50)) },
            Traffic = traffic,
        };
    }

    private RunRecord Run(string scheme, Traffic traffic)
    {
        using var simulation = new Simulation(system.System, Scenario(scheme, traffic));
        return simulation.Run(1, 0);
    }
}
