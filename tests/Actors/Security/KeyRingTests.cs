using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Security.Esp;
using Actors.Security.Keys;
using Actors.Wire.Ipv6;
using Tests.Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Security;

/// <summary>What a ring of keys comes to know in a run, and what its associations say of packets.</summary>
public sealed class KeyRingTests
{
    private const EncapsulationMode Transport = EncapsulationMode.Transport;
    private const int SequenceOffset = Ipv6Header.SizeBytes + 4;

    private static readonly NodeId Mobile = Node("mn");
    private static readonly NodeId Previous = Node("par");
    private static readonly NodeId New = Node("nar");

    private static readonly (NodeId, int) Handover = (Mobile, 1);

    [Fact]
    public void A_ring_that_learns_what_another_has_noted_reads_the_same_from_bytes()
    {
        using var ring = Ring();
        using var other = Ring();
        ring.Offer(Handover, Mobile, nonce: 11, share: 12);
        var (request, answer) = (ring.RequestOf(12), ring.AnswerOf(22, 12));
        ring.Answer(Handover, New, nonce: 21, share: 22);
        ring.Keep(11, [1, 2, 3]);
        var parameters = ring.ParametersOf(Previous);
        var provisioned = ring.AssociationOf(Previous, Mobile, Transport);
        var agreed = ring.AssociationOf(Mobile, New, Transport);

        var facts = ring.TakeNews();
        Assert.Equal(7, facts.Count);
        Assert.Empty(ring.TakeNews());
        foreach (var fact in facts.Reverse().Concat(facts))
            other.Learn(fact);
        Assert.Empty(other.TakeNews());

        Assert.Equal((12UL, 22UL), (other.ShareOf(request.Span), other.ShareOf(answer.Span)));
        Assert.Equal((11UL, 21UL), (other.NonceOf(ring.SpiOf(11)), other.NonceOf(ring.SpiOf(21))));
        Assert.Equal([1, 2, 3], other.FirstMessageOf(11).ToArray());
        Assert.Equal(Previous, other.AuthorityOf(parameters.Span));
        Assert.Equal(ring.SessionOf(21)!.Keys.InitiatorEncryption.ToArray(), other.SessionOf(21)!.Keys.InitiatorEncryption.ToArray());
        Assert.Equal(21UL, Assert.Single(other.SessionsWith(11)).ResponderNonce);
        foreach (var known in (RunAssociation[])[provisioned, agreed])
        {
            var learnt = Assert.Single(other.AssociationsTo(known.To, known.Association.Spi));
            Assert.Equal(known.Association.EncryptionKey.ToArray(), learnt.Association.EncryptionKey.ToArray());
        }

        // What is known from elsewhere is no news.
        other.Offer(Handover, Mobile, 11, 12);
        other.RequestOf(12);
        other.Answer(Handover, New, 21, 22);
        other.Keep(11, [1, 2, 3]);
        other.ParametersOf(Previous);
        Assert.Same(other.AssociationsTo(New, agreed.Association.Spi)[0], other.AssociationOf(Mobile, New, Transport));
        Assert.Empty(other.TakeNews());
    }

    [Fact]
    public void A_ring_of_one_process_keeps_no_news()
    {
        using var ring = new KeyRing(1, 0, Paper.Domains.Count, node => Paper[node].Domain);
        ring.Offer(Handover, Mobile, 11, 12);
        Assert.Empty(ring.TakeNews());
    }

    [Fact]
    public void Associations_with_one_SPI_are_told_apart_by_the_check_value()
    {
        using var ring = Ring();
        ring.Offer(Handover, Mobile, 11, 12);
        ring.Answer(Handover, Previous, 21, 22);
        ring.Answer(Handover, New, 31, 32);
        var codec = new PacketCodec(Paper, TestForms, ring);
        var (first, second) = (Protected(codec, Previous), Protected(codec, New));
        Assert.Equal(ring.AssociationOf(Previous, Mobile, Transport).Association.Spi, ring.AssociationOf(New, Mobile, Transport).Association.Spi);
        foreach (var packet in (Packet[])[second, first])
        {
            Assert.Equal(WireVerdict.Accepted, codec.Decode(Mobile, packet, SimTime.Zero, out var decoded));
            Assert.Equal(new TestScheme.Request(1), decoded.Message);
            Assert.Equal(WireVerdict.Replayed, codec.Decode(Mobile, packet, SimTime.Zero, out _));
        }
    }

    [Fact]
    public void A_packet_with_an_altered_number_is_forged_whether_that_number_has_been_seen_or_not()
    {
        using var ring = Ring();
        var codec = new PacketCodec(Paper, TestForms, ring);
        Assert.Equal(WireVerdict.Accepted, codec.Decode(Mobile, Protected(codec, New), SimTime.Zero, out _));
        var packet = Protected(codec, New);
        foreach (var number in (byte[])[1, 9])
        {
            var bytes = (byte[])((WireMessage)packet.Message).Bytes.Clone();
            bytes[SequenceOffset + 3] = number;
            var altered = new Packet(packet.Source, packet.Destination, new WireMessage(bytes, new TestScheme.Request(1)), packet.Handover);
            Assert.Equal(WireVerdict.Forged, codec.Decode(Mobile, altered, SimTime.Zero, out _));
        }
    }

    private static MessageForms TestForms => new([]);

    private static NodeId Node(string name) => Paper.Find(name)!.Value;

    private static KeyRing Ring() => new(1, 0, Paper.Domains.Count, node => Paper[node].Domain, isShared: true);

    private static Packet Protected(PacketCodec codec, NodeId router)
    {
        var message = new TestScheme.Request(1);
        var esp = EspOverhead.Bytes(EspMode.Transport, message.SizeBytes);
        var packet = new Packet(Address.Of(router), Address.On(router, Mobile), message, default, esp);
        return new Packet(packet.Source, packet.Destination, new WireMessage(codec.Encode(router, packet, SimTime.Zero), message), default);
    }
}
