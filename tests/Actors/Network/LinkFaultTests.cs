using Tests.Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.Network.LinkLab;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

public sealed class LinkFaultTests(VirtualSystem system) : IClassFixture<VirtualSystem>, IDisposable
{
    private const int Count = 20_000;
    private readonly LinkLab _lab = new(system.System);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_link_that_doubles_everything_brings_each_packet_twice_at_one_instant_and_counts_it_once()
    {
        var arrivals = _lab.Send(_lab.Link(Spec(Fixed(2)) with { Duplication = 1 }, processingMs: 0.5), (0, Packet(0)), (2, Packet(1)));
        Assert.Equal([(0, 2.5), (0, 2.5), (1, 4.5), (1, 4.5)], arrivals);
        Assert.Equal((2, 2, 0), (_lab.Context.Counters.Messages(LinkClass.InterDomain), _lab.Context.Counters.Duplicated, _lab.Context.Counters.Lost));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.4)]
    public void The_share_of_copies_is_the_duplication(double duplication)
    {
        var arrived = _lab.Delays(_lab.Link(Spec(Fixed(1)) with { Duplication = duplication }), Count).Length;
        AssertShare(duplication, arrived - Count);
        Assert.Equal(arrived - Count, _lab.Context.Counters.Duplicated);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.4)]
    public void The_share_of_damaged_packets_is_the_corruption_and_none_of_them_counts_as_lost(double corruption)
    {
        var arrived = _lab.Delays(_lab.Link(Spec(Fixed(1)) with { Corruption = corruption }), Count).Length;
        AssertShare(corruption, Count - arrived);
        Assert.Equal((Count - arrived, 0), (_lab.Context.Counters.Corrupted, _lab.Context.Counters.Lost));
    }

    [Fact]
    public void A_damaged_packet_has_used_the_link()
    {
        // 100 bytes at 0.8 Mbit/s take 1 ms, damaged or not: the third packet finds the queue full.
        var link = _lab.Link(Spec(Fixed(1)) with { Corruption = 1, Bandwidth = BitRate.FromMegabits(0.8), QueuePackets = 1 });
        Assert.Empty(_lab.Send(link, (0, Packet(0)), (0, Packet(1)), (0, Packet(2))));
        Assert.Equal((2, 1), (_lab.Context.Counters.Corrupted, _lab.Context.Counters.Lost));
    }

    [Fact]
    public void The_share_of_packets_held_back_is_the_reordering_and_later_ones_overtake_them()
    {
        var delays = _lab.Delays(_lab.Link(Spec(Fixed(1)) with { Reordering = new Reordering(0.25, new UniformDelay(Ms(5), Ms(9))) }), Count);
        Assert.All(delays, delay => Assert.True(delay is 1 or >= 6 and <= 10));
        AssertShare(0.25, delays.Count(delay => delay > 1));
        var link = _lab.Link(Spec(Fixed(1)) with { Reordering = new Reordering(0.25, new ConstantDelay(Ms(5))) }, "close");
        var order = _lab.Send(link, [.. Enumerable.Range(0, 100).Select(i => (i * 1.0, Packet(i)))]).Select(arrival => arrival.Number).ToArray();
        Assert.NotEqual(order.Order(), order);
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
    }

    [Fact]
    public void Copies_and_reordering_leave_the_losses_where_they_were()
    {
        var link = _lab.Link(Spec(Fixed(1)) with { Loss = 0.3 });
        var lossy = _lab.Send(link, [.. Enumerable.Range(0, 200).Select(i => (i * 100.0, Packet(i)))]).Select(arrival => arrival.Number).ToArray();
        using var other = new LinkLab(system.System);
        var faulty = other.Link(Spec(Fixed(1)) with { Loss = 0.3, Duplication = 0.5, Reordering = new Reordering(0.5, new ConstantDelay(Ms(1))) });
        Assert.Equal(lossy, other.Send(faulty, [.. Enumerable.Range(0, 200).Select(i => (i * 100.0, Packet(i)))]).Select(arrival => arrival.Number).Distinct());
    }

    private static void AssertShare(double expected, int observed)
    {
        var bound = 4 * Math.Sqrt(expected * (1 - expected) / Count);
        Assert.InRange((double)observed / Count, expected - bound, expected + bound);
    }
}
