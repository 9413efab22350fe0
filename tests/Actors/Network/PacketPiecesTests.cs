using Actors.Network;
using Tests.Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.Network.LinkLab;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

public sealed class PacketPiecesTests(VirtualSystem system) : IClassFixture<VirtualSystem>, IDisposable
{
    private const int Count = 20_000;
    private readonly LinkLab _lab = new(system.System);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void What_fits_the_least_mtu_is_one_packet_and_what_exceeds_it_by_8_bytes_two_fragments()
    {
        AssertPieces([1280], 0, 0, 1240);

        // 1,232 bytes of data behind 40 + 8, then 16 of the 1,248.
        AssertPieces([1280, 64], 2, 0, 1248);
        AssertPieces([1280, 1280, 49], 3, 0, 2 * 1232 + 1);
    }

    [Fact]
    public void Each_part_has_its_own_ESP_and_is_fragmented_by_itself()
    {
        AssertPieces([1280, 72, 240], 2, 40, 1216, 160);
        Assert.Equal(2, new PacketPieces([1216, 160], 40).Messages);
        Assert.Equal(1280 + 72 + 240, Large(0, 40, 1216, 160).SizeBytes);
    }

    [Fact]
    public void A_link_counts_parts_as_messages_and_fragments_with_their_headers_as_bytes()
    {
        Assert.Single(_lab.Send(_lab.Link(Spec(Fixed(1))), (0, Large(0, 0, 1248, 80))));
        var counters = _lab.Context.Counters;
        Assert.Equal((2, 1280 + 64 + 120, 2), (counters.Messages(LinkClass.InterDomain), counters.Bytes(LinkClass.InterDomain), counters.Fragments));
    }

    [Fact]
    public void A_message_arrives_with_its_last_piece()
    {
        // 1,344 bytes at 1 byte per microsecond, after 1 ms.
        var arrival = Assert.Single(_lab.Send(_lab.Link(Spec(Fixed(1)) with { Bandwidth = BitRate.FromMegabits(8) }), (0, Large(0, 0, 1248))));
        Assert.Equal(1 + 1.344, arrival.Ms, 1e-9);
    }

    [Fact]
    public void A_queue_with_room_for_a_packet_but_not_for_two_fragments_loses_the_message()
    {
        var link = _lab.Link(Spec(Fixed(1)) with { Bandwidth = BitRate.FromMegabits(8), QueuePackets = 0 });
        Assert.Empty(_lab.Send(link, (0, Large(0, 0, 1248))));
        Assert.Single(_lab.Send(link, (10, Packet(1))));
    }

    [Fact]
    public void The_share_of_messages_that_arrive_is_that_of_all_pieces_arriving()
    {
        const double Loss = 0.1;
        var lost = Arrived(_lab.Link(Spec(Fixed(1)) with { Loss = Loss }));
        var damaged = Arrived(_lab.Link(Spec(Fixed(1)) with { Corruption = Loss }, "damaging"));
        foreach (var arrived in new[] { lost, damaged })
        {
            var expected = Math.Pow(1 - Loss, 3);
            Assert.Equal(expected, arrived / (double)Count, 4.5 * Math.Sqrt(expected * (1 - expected) / Count));
        }

        var doubled = Arrived(_lab.Link(Spec(Fixed(1)) with { Duplication = 0.5 }, "doubling")) - Count;
        Assert.Equal(0.125, doubled / (double)Count, 4.5 * Math.Sqrt(0.125 * 0.875 / Count));
    }

    private static void AssertPieces(int[] bytes, int fragments, int espBytes, params int[] parts)
    {
        var pieces = new PacketPieces(parts, espBytes);
        Assert.Equal(bytes, pieces.Bytes);
        Assert.Equal(fragments, pieces.Fragments);
    }

    private static Packet Large(int number, int espBytes, params int[] parts) =>
        new(Address.Of(Par), Address.Of(Nar), new Split(number, parts), new HandoverKey(Mobile, 1), espBytes);

    private int Arrived(Akka.Actor.IActorRef link) =>
        _lab.Send(link, [.. Enumerable.Range(0, Count).Select(i => (i * 10.0, Large(i, 0, 1248, 80)))]).Count;
}
