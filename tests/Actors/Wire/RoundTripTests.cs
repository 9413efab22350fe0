using Actors.Wire;
using Actors.Wire.Diameter;
using Actors.Wire.Esp;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;
using CsCheck;
using Topology.Addressing;

namespace Tests.Actors.Wire;

/// <summary>What is written, whatever it holds, is read again; every property prints its seed when it fails.</summary>
public class RoundTripTests
{
    private static readonly Gen<Address> Addresses = Gen.Select(Gen.ULong, Gen.ULong, (prefix, host) => new Address(prefix, host));
    private static readonly Gen<Address?> MaybeAddresses = Gen.Select(Gen.Bool, Addresses, (there, address) => there ? address : (Address?)null);
    private static readonly Gen<byte> PrefixBits = Gen.Byte[0, 128];
    private static readonly Gen<FastHandoverAddressCode> AddressCodes = Gen.Byte[1, 4].Select(code => (FastHandoverAddressCode)code);

    [Fact]
    public void Mobility_messages_come_back()
    {
        Mobility(Gen.Const(default(BindingRefreshRequestHeader)));
        Mobility(Gen.ULong.Select(cookie => new HomeTestInitHeader(cookie)));
        Mobility(Gen.ULong.Select(cookie => new CareOfTestInitHeader(cookie)));
        Mobility(Gen.Select(Gen.UShort, Gen.ULong, Gen.ULong, (index, cookie, token) => new HomeTestHeader(index, cookie, token)));
        Mobility(Gen.Select(Gen.UShort, Gen.ULong, Gen.ULong, (index, cookie, token) => new CareOfTestHeader(index, cookie, token)));
        Mobility(Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, (sequence, flags, life) =>
            new BindingUpdateHeader(sequence, (BindingUpdateFlags)flags, life)));
        Mobility(Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Gen.UShort, (status, flags, sequence, life) =>
            new BindingAcknowledgementHeader(status, (BindingAcknowledgementFlags)flags, sequence, life)));
        Mobility(Gen.Select(Gen.Byte, Addresses, (status, home) => new BindingErrorHeader(status, home)));
        Mobility(Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, (sequence, flags, life) =>
            new FastBindingUpdateHeader(sequence, (BindingUpdateFlags)flags, life)));
        Mobility(Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Gen.UShort, (status, flags, sequence, life) =>
            new FastBindingAcknowledgmentHeader(status, (BindingAcknowledgementFlags)flags, sequence, life)));
        Mobility(Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte, (sequence, flags, code) =>
            new HandoverInitiateHeader(sequence, (HandoverInitiateFlags)flags, code)));
        Mobility(Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte, (sequence, code, flags) =>
            new HandoverAcknowledgeHeader(sequence, code, (HandoverAcknowledgeFlags)flags)));
    }

    [Fact]
    public void Mobility_options_come_back_from_where_their_alignment_puts_them()
    {
        MobilityOption(Gen.UShort.Select(units => new BindingRefreshAdviceOption(units)));
        MobilityOption(Addresses.Select(address => new AlternateCareOfAddressOption(address)));
        MobilityOption(Gen.Select(Gen.UShort, Gen.UShort, (home, careOf) => new NonceIndicesOption(home, careOf)));
        MobilityOption(Gen.Select(AddressCodes, Addresses, PrefixBits, (code, address, bits) => new MobilityAddressOption(code, address, bits)));
        MobilityOption(Gen.Select(PrefixBits, Addresses, (bits, prefix) => new HomeNetworkPrefixOption(bits, prefix)));
        MobilityOption(Gen.Byte.Select(value => new HandoffIndicatorOption(value)));
        MobilityOption(Gen.Byte.Select(value => new AccessTechnologyTypeOption(value)));
        MobilityOption(Gen.ULong.Select(value => new TimestampOption(value)));
        MobilityOption(Addresses.Select(address => new AnchorAddressOption(address)));
    }

    [Fact]
    public void Mobility_options_of_any_length_come_back() => Gen.Select(Gen.Byte, Gen.UInt, Gen.Byte.Array[0, 200]).Sample((code, spi, data) =>
    {
        var bytes = SamplePackets.Mobility(default, default, new HandoverInitiateHeader(1, default, 0), (ref p) =>
        {
            p.AddMobilityOption(new MobilityLinkLayerAddressOption(code, data));
            p.AddMobilityOption(new MobileNodeIdentifierOption(code, data));
            p.AddMobilityOption(new MobileNodeLinkLayerIdentifierOption(data));
            p.AddMobilityOption(new FastBindingAuthorizationDataOption(spi, data));
            p.AddMobilityOption(new BindingAuthorizationDataOption(data));
        });
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.True(packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var message));
        Assert.True(message.Options.TryFind<MobilityLinkLayerAddressOption>(out var link) && link.Code == code && link.Address.SequenceEqual(data));
        Assert.True(message.Options.TryFind<MobileNodeIdentifierOption>(out var node) && node.Subtype == code && node.Identifier.SequenceEqual(data));
        Assert.True(message.Options.TryFind<MobileNodeLinkLayerIdentifierOption>(out var identifier) && identifier.Identifier.SequenceEqual(data));
        Assert.True(message.Options.TryFind<FastBindingAuthorizationDataOption>(out var fast) && fast.Spi == spi && fast.Authenticator.SequenceEqual(data));
        Assert.True(message.Options.TryFind<BindingAuthorizationDataOption>(out var authorization) && authorization.Authenticator.SequenceEqual(data));
    });

    [Fact]
    public void Neighbor_discovery_messages_come_back()
    {
        NeighborDiscovery(Gen.Const(default(RouterSolicitationHeader)));
        NeighborDiscovery(Gen.Select(Gen.Byte, Gen.Byte, Gen.UShort, Gen.UInt, Gen.UInt, (hops, flags, life, reachable, again) =>
            new RouterAdvertisementHeader(hops, (RouterAdvertisementFlags)flags, life, reachable, again)));
        NeighborDiscovery(Addresses.Select(target => new NeighborSolicitationHeader(target)));
        NeighborDiscovery(Gen.Select(Gen.Byte, Addresses, (flags, target) => new NeighborAdvertisementHeader((NeighborAdvertisementFlags)flags, target)));
        NeighborDiscovery(Gen.UShort.Select(identifier => new ProxyRouterSolicitationHeader(identifier)));
        NeighborDiscovery(Gen.Select(Gen.Byte, Gen.UShort, (code, identifier) => new ProxyRouterAdvertisementHeader(code, identifier)));
    }

    [Fact]
    public void Neighbor_discovery_options_come_back()
    {
        NeighborDiscoveryOption(Gen.Select(PrefixBits, Gen.Byte, Gen.UInt, Gen.UInt, Addresses, (bits, flags, valid, preferred, prefix) =>
            new PrefixInformationOption(bits, (PrefixFlags)flags, valid, preferred, prefix)));
        NeighborDiscoveryOption(Gen.UInt.Select(bytes => new MtuOption(bytes)));
        NeighborDiscoveryOption(Gen.Select(Gen.Byte[0, 15], Gen.Byte[0, 15], Gen.Bool, Gen.UInt, Addresses, (distance, preference, regional, life, anchor) =>
            new AnchorPointOption(distance, preference, regional, life, anchor)));
        NeighborDiscoveryOption(Gen.Select(AddressCodes, Addresses, PrefixBits, (code, address, bits) => new AddressPrefixOption(code, address, bits)));
        NeighborDiscoveryOption(Gen.Select(Gen.Byte, Addresses, Gen.Bool, (status, address, supplied) =>
            new NeighborAdvertisementAcknowledgmentOption(status, supplied ? address : null)));
    }

    [Fact]
    public void Link_layer_addresses_come_back_with_their_padding() => Gen.Select(Gen.Byte[0, 7], Gen.Byte.Array[0, 40]).Sample((code, address) =>
    {
        var bytes = SamplePackets.NeighborDiscovery(default, default, default(RouterSolicitationHeader), (ref p) =>
        {
            p.AddNeighborDiscoveryOption(new SourceLinkLayerAddressOption(address));
            p.AddNeighborDiscoveryOption(new TargetLinkLayerAddressOption(address));
            p.AddNeighborDiscoveryOption(new LinkLayerAddressOption((LinkLayerAddressCode)code, address));
        });
        Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
        Assert.True(packet.ReadNeighborDiscovery<RouterSolicitationHeader>().TryGet(out var message));
        Assert.True(message.Options.TryFind<SourceLinkLayerAddressOption>(out var source));
        Assert.True(message.Options.TryFind<TargetLinkLayerAddressOption>(out var target));
        Assert.True(message.Options.TryFind<LinkLayerAddressOption>(out var link));
        Assert.Equal((LinkLayerAddressCode)code, link.Code);
        Assert.Equal(address, source.Address[..address.Length]);
        Assert.Equal(address, target.Address[..address.Length]);
        Assert.Equal(address, link.Address[..address.Length]);
        Assert.True(source.Address[address.Length..].IndexOfAnyExcept((byte)0) < 0 && link.Address.Length - address.Length < 8);
    });

    [Fact]
    public void Headers_and_addresses_of_a_packet_come_back() =>
        Gen.Select(Addresses, Addresses, MaybeAddresses, MaybeAddresses, Gen.Select(Gen.Byte, Gen.Byte, Gen.UInt[0, 0xFFFFF]), Gen.Byte.Array[0, 100])
            .Sample((source, destination, home, routed, rest, data) =>
            {
                var packet = new Ipv6PacketWriter(new byte[512], new Ipv6Header(source, destination, rest.Item1, rest.Item2, rest.Item3));
                if (routed is { } to)
                    packet.AddRoutingHeader(to);
                if (home is { } from)
                    packet.AddHomeAddress(from);
                packet.AddUdp(7, 9, data);
                Assert.True(Ipv6Packet.Read(packet.Finish()).TryGet(out var read));
                Assert.Equal((source, destination), (read.Header.Source, read.Header.Destination));
                Assert.Equal((rest.Item1, rest.Item2, rest.Item3), (read.Header.HopLimit, read.Header.TrafficClass, read.Header.FlowLabel));
                Assert.Equal((home, routed), (read.HomeAddress, read.RoutedTo));
                Assert.True(read.ReadUdp().TryGet(out var datagram));
                Assert.Equal((7, 9), (datagram.SourcePort, datagram.DestinationPort));
                Assert.Equal(data, datagram.Data);
            });

    [Fact]
    public void Chains_come_back_from_one_option_and_from_many_pieces() =>
        Gen.Select(Gen.Byte.Array[16, 256], Gen.Byte.Array[0, 1500]).Sample((nonce, data) =>
        {
            var writer = new Ikev2ChainWriter(new byte[2048]);
            writer.Add(Ikev2PayloadType.Nonce, new Ikev2Nonce(nonce));
            writer.Add(Ikev2PayloadType.VendorId, data);
            var chain = writer.Finish().ToArray();

            Assert.True(Ipv6Packet.Read(SamplePackets.Solicitation(chain, writer.First)).TryGet(out var packet));
            Assert.True(packet.ReadNeighborDiscovery<ProxyRouterSolicitationHeader>().TryGet(out var solicitation));
            Assert.True(solicitation.Options.TryFind<Ikev2ChainOption>(out var option));
            Assert.True(option.ReadChain().TryGet(out var whole));
            Assert.Equal(chain, whole.Bytes);

            Assert.True(Ipv6Packet.Read(SamplePackets.Initiate(chain, writer.First)).TryGet(out packet));
            Assert.True(packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var initiate));
            Assert.True(initiate.Options.ReadIkev2Chain(new byte[2048]).TryGet(out whole));
            Assert.Equal(chain, whole.Bytes);
            Assert.Equal(Ikev2PayloadType.Nonce, whole.First);
            Assert.Equal(ParseFault.BadLength, initiate.Options.ReadIkev2Chain(new byte[chain.Length - 1]).Error.Fault);
        });

    [Fact]
    public void Diameter_attributes_come_back() => Gen.Select(Gen.UInt, Gen.Byte.Array[0, 50], Gen.UInt, Addresses).Sample((code, data, number, address) =>
    {
        var header = new DiameterHeader(DiameterFlags.Request, 325, 8, number, ~number);
        var writer = new DiameterWriter(new byte[256], header);
        writer.Add(code, data);
        writer.Add(DiameterAttributeCode.ResultCode, number, isMandatory: false);
        writer.Add(DiameterAttributeCode.CareOfAddress, address);
        var bytes = writer.Finish();
        Assert.True(DiameterMessage.Read(bytes).TryGet(out var message));
        Assert.Equal(header with { LengthBytes = (uint)bytes.Length }, message.Header);
        var attributes = message.GetEnumerator();
        Assert.True(attributes.MoveNext() && attributes.Current.Code == code && attributes.Current.IsMandatory && attributes.Current.Data.SequenceEqual(data));
        Assert.True(attributes.MoveNext() && !attributes.Current.IsMandatory);
        Assert.Equal(number, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(attributes.Current.Data));
        Assert.True(attributes.MoveNext() && attributes.Current.Data.Length == 18);
        Assert.False(attributes.MoveNext());
    });

    [Fact]
    public void Payload_and_padding_of_ESP_come_back() =>
        Gen.Select(Gen.Bool.Select(gcm => gcm ? EspFormat.AesGcm16 : EspFormat.AesCbcHmacSha256), Gen.UInt, Gen.UInt, Gen.Byte.Array[0, 300], Gen.Byte)
            .Sample((format, spi, sequence, payload, next) =>
            {
                var buffer = format.Write(new byte[512], spi, sequence, payload, next);
                Assert.Equal(format.PacketBytes(payload.Length), buffer.Packet.Length);
                Assert.True(format.Read(buffer.Packet).TryGet(out var packet));
                Assert.Equal((spi, sequence), (packet.Spi, packet.Sequence));
                Assert.True(EspPayload.Read(packet.Ciphertext).TryGet(out var inner));
                Assert.Equal(payload, inner.Data);
                Assert.Equal(next, inner.NextHeader);
            });

    private static void Mobility<T>(Gen<T> messages)
        where T : struct, IMobilityMessage<T> => Gen.Select(messages, Addresses, Addresses).Sample((message, source, destination) =>
        {
            Assert.True(Ipv6Packet.Read(SamplePackets.Mobility(source, destination, message)).TryGet(out var packet));
            Assert.True(packet.ReadMobility<T>().TryGet(out var read, out var error), error.ToString());
            Assert.Equal(message, read.Body);
        });

    private static void MobilityOption<T>(Gen<T> options)
        where T : struct, IMobilityOption<T> => Gen.Select(options, Gen.Byte.Array[0, 9]).Sample((option, before) =>
        {
            var bytes = SamplePackets.Mobility(default, default, default(BindingRefreshRequestHeader), (ref p) =>
            {
                p.AddMobilityOption(new MobileNodeIdentifierOption(1, before));
                p.AddMobilityOption(option);
            });
            Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
            Assert.True(packet.ReadMobility<BindingRefreshRequestHeader>().TryGet(out var message));
            var options = message.Options.GetEnumerator();
            Assert.True(options.MoveNext() && options.MoveNext());
            Assert.True(options.Current.Read<T>().TryGet(out var read, out var error), error.ToString());
            Assert.Equal(option, read);
            Assert.Equal(T.Alignment.OffsetBytes, (options.Current.OffsetBytes - 2 - Ipv6Header.SizeBytes) % T.Alignment.Multiple);
            Assert.False(options.MoveNext());
        });

    private static void NeighborDiscovery<T>(Gen<T> messages)
        where T : struct, INeighborDiscoveryMessage<T> => Gen.Select(messages, Addresses, Addresses).Sample((message, source, destination) =>
        {
            Assert.True(Ipv6Packet.Read(SamplePackets.NeighborDiscovery(source, destination, message)).TryGet(out var packet));
            Assert.True(packet.ReadNeighborDiscovery<T>().TryGet(out var read, out var error), error.ToString());
            Assert.Equal(message, read.Body);
        });

    private static void NeighborDiscoveryOption<T>(Gen<T> options)
        where T : struct, INeighborDiscoveryOption<T> => options.Sample(option =>
        {
            var bytes = SamplePackets.NeighborDiscovery(default, default, default(RouterSolicitationHeader), (ref p) => p.AddNeighborDiscoveryOption(option));
            Assert.True(Ipv6Packet.Read(bytes).TryGet(out var packet));
            Assert.True(packet.ReadNeighborDiscovery<RouterSolicitationHeader>().TryGet(out var message));
            Assert.True(message.Options.TryFind<T>(out var read));
            Assert.Equal(option, read);
        });
}
