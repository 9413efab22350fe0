using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Observation;
using Actors.Security;
using Actors.Security.Keys;
using Tests.Actors.Kernel;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Forms;

/// <summary>The messages of all schemes, as their handovers send them, fallbacks and data included.</summary>
public sealed class FormTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    public static TheoryData<string> Cases => Journeys.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_packet_has_the_bytes_that_it_counts_and_says_the_same_when_they_are_read(string journey)
    {
        var seen = 0;
        Travel(journey, (codec, at, node, packet) =>
        {
            seen++;
            var bytes = codec.Encode(node, packet, at);
            Assert.True(packet.SizeBytes == bytes.Length, $"{packet} counts {packet.SizeBytes} bytes and has {bytes.Length}");
            var carried = new Packet(packet.Source, packet.Destination, new WireMessage(bytes, packet.Message), packet.Handover);
            var receiver = packet.EspBytes > 0 ? PacketCodec.PeerOf(node, packet) : packet.Destination.Host;
            Assert.Equal((packet.Message.Name, WireVerdict.Accepted), (packet.Message.Name, codec.Decode(receiver, carried, at, out var decoded)));
            AssertSame(packet, decoded);
            if (packet.EspBytes > 0)
                Assert.Equal(WireVerdict.Replayed, codec.Decode(receiver, carried, at, out _));
        });
        Assert.True(seen > 3);
    }

    [Theory]
    [MemberData(nameof(SchemeNames))]
    public void Altered_bits_are_found_out_or_change_nothing_and_throw_nothing(string scheme)
    {
        var stream = RandomStream.For(7, 0, 0, StreamPurpose.Crypto);
        Travel(scheme, (codec, at, node, packet) =>
        {
            var bytes = codec.Encode(node, packet, at);
            var receiver = packet.EspBytes > 0 ? PacketCodec.PeerOf(node, packet) : packet.Destination.Host;
            for (var i = 0; i < Alterations; i++)
            {
                var altered = (byte[])bytes.Clone();
                var flips = 1 + i % 3;
                for (var flip = 0; flip < flips; flip++)
                    altered[stream.NextInt32(altered.Length)] ^= (byte)(1 << stream.NextInt32(8));
                if (i % 8 == 7)
                    altered = altered[..stream.NextInt32(altered.Length)];
                var carried = new Packet(packet.Source, packet.Destination, new WireMessage(altered, packet.Message), packet.Handover);
                var verdict = codec.Decode(receiver, carried, at, out var decoded);

                // A checksum of 16 bits is sure to find one bit; several may cancel out.
                if (verdict == WireVerdict.Accepted && flips == 1)
                    AssertSame(packet, decoded);
            }
        });
    }

    /// <summary>Of each packet: some 200,000 in all.</summary>
    private const int Alterations = 240;

    public static TheoryData<string> SchemeNames => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    internal static PacketCodec Codec(IHandoverScheme scheme, NetworkPlan plan, ulong seed = 1) =>
        new(plan, SchemeForms.Of(scheme), new KeyRing(seed, 0, plan.Domains.Count, node => plan[node].Domain));

    private void Travel(string journey, Action<PacketCodec, SimTime, NodeId, Packet> visit)
    {
        var scenario = Journeys.Scenario(journey, new Traffic(Ms(10), 160, Ms(250)) { IsUp = true });
        var codec = Codec(scenario.Scheme, scenario.Network);
        using var simulation = new Simulation(system.System, scenario);
        var originals = new HashSet<Packet>(ReferenceEqualityComparer.Instance);
        simulation.Observer = new Visitor((at, node, packet) =>
        {
            if (originals.Add(packet))
                visit(codec, at, node, packet);
        });
        simulation.Run(1, 0);
    }

    private static void AssertSame(Packet expected, Packet actual)
    {
        Assert.Equal((expected.Source, expected.Destination, expected.EspBytes), (actual.Source, actual.Destination, actual.EspBytes));
        if (expected.Message is Tunnelled outer)
        {
            var inner = ((Tunnelled)actual.Message).Inner;
            if (inner.Message is WireMessage)
                Assert.Equal(outer.Inner.SizeBytes, inner.SizeBytes);
            else
                AssertSame(outer.Inner, inner);
        }
        else if (expected.Message is RouterAdvertisement advertisement)
        {
            var read = (RouterAdvertisement)actual.Message;
            Assert.Equal(advertisement.Prefix, read.Prefix);
            Assert.Equal(advertisement.AnchorPoints, read.AnchorPoints.AsEnumerable());
        }
        else
        {
            Assert.Equal(expected.Message, actual.Message);
        }
    }

    private sealed class Visitor(Action<SimTime, NodeId, Packet> sent) : INetworkObserver
    {
        public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet) => sent(at, node, packet);
    }
}
