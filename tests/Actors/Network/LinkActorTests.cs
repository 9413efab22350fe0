using Actors.Kernel;
using Actors.Network;
using CsCheck;
using Tests.Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.Network.LinkLab;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

public sealed class LinkActorTests(VirtualSystem system) : IClassFixture<VirtualSystem>, IDisposable
{
    private readonly LinkLab _lab = new(system.System);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_fixed_link_takes_its_delay_and_the_receivers_processing() =>
        Assert.Equal([(0, 2.9), (1, 4.9)], _lab.Send(_lab.Link(Spec(Fixed(2.4)), processingMs: 0.5), (0, Packet(0)), (2, Packet(1))));

    [Fact]
    public void A_random_link_draws_anew_for_each_packet()
    {
        var delays = _lab.Delays(_lab.Link(Spec(new LinkDelay(new UniformDelay(Ms(5), Ms(25)))), processingMs: 1), 4000);
        Assert.All(delays, delay => Assert.InRange(delay, 6, 26));
        Assert.True(delays.Distinct().Count() > 3900);

        // Within 4 standard errors of the mean of a uniform law on (6, 26).
        Assert.InRange(delays.Average(), 16 - 4 * 20 / Math.Sqrt(12 * 4000), 16 + 4 * 20 / Math.Sqrt(12 * 4000));
    }

    [Fact]
    public void Two_links_of_one_law_draw_independently()
    {
        var spec = Spec(new LinkDelay(new UniformDelay(Ms(5), Ms(25))));
        var first = _lab.Delays(_lab.Link(spec, "first"), 50);
        _lab.Begin();
        Assert.Empty(first.Intersect(_lab.Delays(_lab.Link(spec, "second"), 50)));
    }

    [Fact]
    public void A_variable_of_the_network_is_one_draw_for_every_link_of_a_handover()
    {
        var spec = Spec(new LinkDelay(new UniformDelay(Ms(0), Ms(40)), "home"));
        var there = _lab.Link(spec, "there");
        var back = _lab.Link(spec with { From = Nar, To = Par }, "back");
        double Delay(Akka.Actor.IActorRef link, int handover)
        {
            var start = _lab.Engine.Now.Milliseconds;
            return _lab.Send(link, (0, Packet(0, handover: handover)))[0].Ms - start;
        }

        var stream = _lab.Run.Stream(StableIdentity.Of("home") ^ (ulong)Mobile.Index, StreamPurpose.SharedDelay, 1);
        var expected = new UniformDelay(Ms(0), Ms(40)).Sample(ref stream).TotalMilliseconds;
        Assert.All(new[] { there, back, there, back }, link => Assert.Equal(expected, Delay(link, 1), 6));
        Assert.Equal(Delay(there, 2), Delay(back, 2), 6);
        Assert.NotEqual(Delay(there, 2), Delay(there, 1), 6);
    }

    [Fact]
    public void A_rate_serialises_packets_and_drops_what_finds_the_queue_full()
    {
        // 100 bytes at 0.8 Mbit/s take 1 ms; one is in the transmitter, two wait, the others are lost.
        var link = _lab.Link(Spec(Fixed(10)) with { Bandwidth = BitRate.FromMegabits(0.8), QueuePackets = 2 }, processingMs: 0.5);
        var packets = Enumerable.Range(0, 5).Select(i => (0.0, Packet(i)));
        Assert.Equal(
            [(0, 11.5), (1, 12.5), (2, 13.5), (5, 14.5), (7, 20.5)],
            _lab.Send(link, [.. packets, (1.0, Packet(5)), (1.5, Packet(6)), (9.0, Packet(7))]));
        Assert.Equal(3, _lab.Context.Counters.Lost);
        Assert.Equal((8, 800), (_lab.Context.Counters.Messages(LinkClass.InterDomain), _lab.Context.Counters.Bytes(LinkClass.InterDomain)));
    }

    [Fact]
    public void A_link_without_a_queue_still_transmits_one_packet_at_a_time() =>
        Assert.Equal(
            [(0, 2), (2, 3.5)],
            _lab.Send(
                _lab.Link(Spec(Fixed(1)) with { Bandwidth = BitRate.FromMegabits(0.8), QueuePackets = 0 }),
                (0, Packet(0)), (0.5, Packet(1)), (1, Packet(2, sizeBytes: 150))));

    /// <summary>A queue never reorders, and transmits exactly what a sum over the packets says.</summary>
    [Fact]
    public void Arrivals_are_those_of_a_single_server_queue() =>
        Gen.Select(Gen.Int[0, 40].Array[1, 30], Gen.Int[40, 400].Array[30], Gen.Int[0, 4]).Sample((gaps, sizes, room) =>
        {
            using var lab = new LinkLab(system.System);
            var link = lab.Link(Spec(Fixed(3)) with { Bandwidth = BitRate.FromMegabits(0.8), QueuePackets = room });
            var (at, busy, leaving) = (0L, 0L, new List<long>());
            var expected = new List<(int, double)>();
            var packets = new List<(double, Packet)>();
            for (var i = 0; i < gaps.Length; i++)
            {
                at += gaps[i] * 1000;
                packets.Add((at / 10_000.0, Packet(i, sizes[i])));
                if (leaving.Count(departure => departure > at) > room)
                    continue;
                busy = Math.Max(busy, at) + sizes[i] * 100;
                leaving.Add(busy);
                expected.Add((i, (busy + 30_000) / 10_000.0));
            }

            Assert.Equal(expected, lab.Send(link, [.. packets]));
        }, iter: 100, threads: 1);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void The_share_of_lost_packets_is_the_loss(double loss)
    {
        const int count = 20_000;
        var arrived = _lab.Delays(_lab.Link(Spec(Fixed(1)) with { Loss = loss }), count).Length;
        var bound = 4 * Math.Sqrt(loss * (1 - loss) / count);
        Assert.InRange(1 - (double)arrived / count, loss - bound, loss + bound);
        Assert.Equal(count - arrived, _lab.Context.Counters.Lost);
    }

    [Fact]
    public void A_link_with_full_loss_delivers_nothing() =>
        Assert.Empty(_lab.Delays(_lab.Link(Spec(Fixed(1)) with { Loss = 1 }), 100));

    [Fact]
    public void Jitter_is_added_to_each_packet()
    {
        var delays = _lab.Delays(_lab.Link(Spec(Fixed(10)) with { Jitter = new UniformDelay(Ms(1), Ms(3)) }), 500);
        Assert.All(delays, delay => Assert.InRange(delay, 11, 13));
        Assert.True(delays.Distinct().Count() > 450);
    }

    [Fact]
    public void An_outage_loses_what_is_sent_in_it_and_nothing_else() =>
        Assert.Equal(
            [0, 3],
            _lab.Send(
                _lab.Link(Spec(Fixed(10)) with { Outages = [new Outage(Ms(5), Ms(8))] }),
                (4.9999, Packet(0)), (5, Packet(1)), (7.9999, Packet(2)), (8, Packet(3))).Select(arrival => arrival.Number));

    [Fact]
    public void A_replication_starts_every_stream_and_queue_anew()
    {
        var link = _lab.Link(Spec(new LinkDelay(new UniformDelay(Ms(1), Ms(9)))) with
        {
            Loss = 0.3,
            Jitter = new UniformDelay(Ms(0), Ms(2)),
            Bandwidth = BitRate.FromMegabits(0.001),
            QueuePackets = 1000,
        });
        double[] Replication(ulong seed, long replication)
        {
            _lab.Begin(seed, replication);
            return _lab.Delays(link, 100);
        }

        var first = Replication(1, 0);
        var second = Replication(1, 1);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Replication(2, 0));
        Assert.Equal(first, Replication(1, 0));
        Assert.Equal(second, Replication(1, 1));
    }
}
