using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;

namespace Tests.Actors.Wire;

/// <summary>Bytes as the figures of the RFCs have them, written down by hand; checksums are left out, tshark and scapy judge those.</summary>
public class KnownBytesTests
{
    private const string New = "20010DB8000000030000000000000010";
    private const string Home = "20010DB8000000010000000000000010";

    [Fact]
    public void The_checksum_is_that_of_the_example_in_RFC_1071() =>
        // Section 3: 0001 f203 f4f5 f6f7 sum up to ddf2. Here length 8 and protocol 0 add 8.
        Assert.Equal(
            (ushort)(0xFFFF - 0xDDFA),
            InternetChecksum.Compute(default, default, IpProtocol.HopByHopOptions, [0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    [Fact]
    public void An_odd_byte_counts_as_the_upper_one_of_a_word() =>
        Assert.Equal((ushort)(0xFFFF - 0xAB00 - 1 - 17), InternetChecksum.Compute(default, default, IpProtocol.Udp, [0xAB]));

    [Fact]
    public void A_fixed_header_is_that_of_RFC_8200()
    {
        var header = new Ipv6Header(SamplePackets.Previous, SamplePackets.New, 64, 0xAB, 0x12345, IpProtocol.Udp, 8);
        var bytes = new byte[Ipv6Header.SizeBytes];
        Assert.Equal(bytes.Length, WireFormat.Write(header, bytes));
        Assert.Equal("6AB12345" + "00081140" + "20010DB8000000020000000000000010" + New, Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_binding_update_is_that_of_RFC_6275() => Assert.Equal(
        // Destination options: padding 4, home address option; mobility header: A and H, lifetime 15, padding 2, option 3.
        "8702" + "01020000" + "C910" + Home + "3B030500....0007C000000F" + "0100" + "0310" + New,
        Payload("BU", 24 + 4));

    [Fact]
    public void A_binding_acknowledgement_is_that_of_RFC_6275() => Assert.Equal(
        "8702020100000000" + Home + "3B010600....0000" + "0007000F" + "0202000A",
        Payload("BA", 24 + 4));

    [Fact]
    public void A_handover_initiate_is_that_of_RFC_5568() => Assert.Equal(
        "3B070E00....0005C000" + "070702020000000010" + "00" + "22120180" + "20010DB8000000020000000000000010" + "01020000" + "22120280" + New,
        Payload("HI", 4));

    [Fact]
    public void A_fast_binding_acknowledgment_is_that_of_RFC_5568() => Assert.Equal(
        "3B060900....0000" + "0009003C" + "0100" + "0310" + New + "0100" + "1510000000A1" + "000102030405060708090A0B" + "01020000",
        Payload("FBack", 4));

    [Fact]
    public void A_solicitation_for_proxy_advertisement_is_that_of_RFC_5568() => Assert.Equal(
        "9A00....02001234" + "13020402000000001000000000000000" + "13020102000000001000000000000000",
        Payload("RtSolPr", 2));

    [Fact]
    public void A_care_of_address_that_is_supplied_follows_the_reserved_field_of_the_acknowledgment()
    {
        // RFC 5568 section 6.4.6, figure 16; tshark 4.0 reads it 4 bytes earlier.
        var bytes = SamplePackets.NeighborDiscovery(SamplePackets.NewRouter, SamplePackets.New, default(RouterSolicitationHeader), (ref p) =>
            p.AddNeighborDiscoveryOption(new NeighborAdvertisementAcknowledgmentOption(2, SamplePackets.New)));
        Assert.Equal("1403000200000000" + New, Convert.ToHexString(bytes.AsSpan(48)));
    }

    [Fact]
    public void A_proxy_binding_update_is_that_of_RFC_5213() => Assert.Equal(
        "3B0B0500....000182000384" + "081801" + Convert.ToHexString("mn0001@home.example.org"u8) + "01040000" + "0000" + "1612" + "0040"
        + "20010DB8000000010000000000000000" + "17020003" + "18020004" + "19080000020000000010" + "1B08" + "0000600000008000" + "01020000",
        Payload("PBU", 4));

    [Fact]
    public void The_checksum_of_SCTP_is_CRC32c()
    {
        // RFC 9260 appendix A: the CRC of iSCSI, RFC 3720 section B.4, over the packet with the field at zero.
        var bytes = SamplePackets.All.Single(sample => sample.Name == "MIR").Bytes;
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.True(packet.ReadSctp().TryGet(out var chunk));
        Assert.Equal(SctpData.DiameterPort, chunk.DestinationPort);
        var bit = bytes.ToArray();
        bit[^1] ^= 1;
        Assert.True(Ipv6Packet.Read(bit).TryGet(out packet));
        Assert.Equal(new ParseError(ParseFault.BadChecksum, 48), packet.ReadSctp().Error);
    }

    [Fact]
    public void An_option_of_unknown_type_is_passed_over_and_kept()
    {
        byte[] content = [9, 9, 9];
        var bytes = SamplePackets.Mobility(default, default, default(BindingRefreshRequestHeader), (ref p) =>
        {
            p.AddMobilityOption(new UnknownOption(content));
            p.AddMobilityOption(new NonceIndicesOption(1, 2));
        });
        Assert.Equal(default, FormatRegistry.Standard.Check(bytes));
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.True(packet.ReadMobility<BindingRefreshRequestHeader>().TryGet(out var message));
        var options = message.Options.GetEnumerator();
        Assert.True(options.MoveNext());
        Assert.Equal(200, options.Current.Type);
        Assert.Equal(content, options.Current.Content);
        Assert.True(message.Options.TryFind<NonceIndicesOption>(out var indices));
        Assert.Equal(new NonceIndicesOption(1, 2), indices);
    }

    [Fact]
    public void A_registry_checks_the_option_that_a_scheme_adds_to_it_and_refuses_it_twice()
    {
        var bytes = SamplePackets.Mobility(default, default, default(BindingRefreshRequestHeader), (ref p) => p.AddMobilityOption(new UnknownOption([9, 9])));
        var registry = FormatRegistry.Standard.WithMobilityOption<UnknownOption>();
        Assert.Equal(new ParseError(ParseFault.Truncated, 50), registry.Check(bytes));
        Assert.Throws<ArgumentException>(registry.WithMobilityOption<UnknownOption>);
        Assert.Throws<ArgumentException>(() => registry.WithMobility<BindingUpdateHeader>("again"));
    }

    [Theory]
    [InlineData(0x3E, false)] // 00: pass over
    [InlineData(0x7E, true)] // 01: discard
    [InlineData(0xFE, true)] // 11: discard
    public void An_unknown_destination_option_says_by_its_type_whether_to_discard(byte type, bool discards)
    {
        var bytes = SamplePackets.All.Single(sample => sample.Name == "BU").Bytes.ToArray();
        bytes[42] = type; // in the place of the padding
        Assert.Equal(discards ? new ParseError(ParseFault.WrongType, 42) : default, Ipv6Packet.Read(bytes).Error);
    }

    [Fact]
    public void A_neighbor_discovery_message_from_beyond_the_link_is_refused()
    {
        var bytes = SamplePackets.All.Single(sample => sample.Name == "UNA").Bytes.ToArray();
        bytes[7] = 254;
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.Equal(new ParseError(ParseFault.BadValue, 7), packet.ReadNeighborDiscovery<NeighborAdvertisementHeader>().Error);
    }

    [Fact]
    public void Pieces_of_a_chain_out_of_order_or_missing_are_refused()
    {
        var whole = SamplePackets.All.Single(sample => sample.Name == "HI with IKEv2").Bytes;
        Assert.Equal(default, Chain(whole));
        Assert.Equal(ParseFault.BadValue, Chain(Renumbered(whole, 0, 1)).Fault);
        Assert.Equal(ParseFault.WrongType, Chain(SamplePackets.All.Single(sample => sample.Name == "HI").Bytes).Fault);
    }

    private static byte[] Renumbered(byte[] whole, byte from, byte to)
    {
        var chain = whole.AsSpan().IndexOf<byte>([18, 255, 1, 33, from]);
        var packet = whole.ToArray();
        packet[chain + 4] = to;
        Assert.True(Ipv6Packet.Read(packet).TryGet(out var read));
        packet.AsSpan(44, 2).Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(
            packet.AsSpan(44), InternetChecksum.Compute(read.UpperSource, read.UpperDestination, read.Protocol, read.Payload));
        return packet;
    }

    private static ParseError Chain(byte[] bytes)
    {
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.True(packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var message, out var error), error.ToString());
        return message.Options.ReadIkev2Chain(new byte[2048]).Error;
    }

    /// <summary>What follows the fixed header, dots for the checksum.</summary>
    private static string Payload(string name, int checksumOffset) =>
        Hidden(SamplePackets.All.Single(sample => sample.Name == name).Bytes, 40 + checksumOffset)[80..];

    private static string Hidden(byte[] bytes, int checksumOffset)
    {
        var text = Convert.ToHexString(bytes);
        return text[..(2 * checksumOffset)] + "...." + text[(2 * checksumOffset + 4)..];
    }

    /// <summary>As a scheme might bring it: three bytes.</summary>
    private readonly ref struct UnknownOption(ReadOnlySpan<byte> content) : IMobilityOption<UnknownOption>
    {
        private readonly ReadOnlySpan<byte> _content = content;

        public static byte Type => 200;

        public static UnknownOption Read(scoped ref WireReader reader) => new(reader.Bytes(3));

        public static void Write(scoped UnknownOption value, scoped ref WireWriter writer) => writer.Bytes(value._content);
    }
}
