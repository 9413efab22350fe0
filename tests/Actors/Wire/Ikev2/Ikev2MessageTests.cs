using Actors.Wire;
using Actors.Wire.Ikev2;

namespace Tests.Actors.Wire.Ikev2;

public class Ikev2MessageTests
{
    /// <summary>An IKE_SA_INIT answer of strongSwan 5.9.8.</summary>
    private static readonly byte[] Captured = Convert.FromHexString(
        "34249cdf57d4ab04b51083a973c13017212022200000000000000131220000300000002c010100040300000c0100000c800e0080030000080300000c" +
        "03000008020000050000000804000013280000480013000058cfa84fd2b42c01ef7af664df85caf9e6229888f117bad0f1592c2250c081ccc1b2f2b7" +
        "38097b38c292587a64d5af00968f60426f3c28ce9c3dbf4026b6ad88290000246dc586bcd2b4938d25976402c337fd50503dbab6242164a7848cbde1" +
        "e863eebd2900001c00004004141d738c5f325a13530258f04238f96e69d8a7772600001c000040057926cad83772fd29f50ec202542347587846b88f" +
        "29000019040192448d53b373dc4e78d3efaea8ffeada541451290000080000402e290000100000402f00020003000400052900000800004022000000" +
        "0800004014");

    [Fact]
    public void A_message_of_strongSwan_reads_as_what_it_says()
    {
        Assert.True(Ikev2Message.Read(Captured).TryGet(out var message));
        Assert.Equal(0x34249cdf57d4ab04UL, message.Header.InitiatorSpi);
        Assert.Equal(Ikev2Exchange.IkeSaInit, message.Header.Exchange);
        Assert.Equal(Ikev2Flags.Response, message.Header.Flags);
        Assert.Equal(
            [
                Ikev2PayloadType.SecurityAssociation, Ikev2PayloadType.KeyExchange, Ikev2PayloadType.Nonce, Ikev2PayloadType.Notify,
                Ikev2PayloadType.Notify, Ikev2PayloadType.CertificateRequest, Ikev2PayloadType.Notify, Ikev2PayloadType.Notify,
                Ikev2PayloadType.Notify, Ikev2PayloadType.Notify,
            ],
            Types(message.Payloads));

        Assert.True(message.Payloads.TryFind(Ikev2PayloadType.SecurityAssociation, out var payload));
        Assert.True(payload.Read<Ikev2SecurityAssociation>().TryGet(out var association));
        var proposals = 0;
        foreach (var proposal in association)
        {
            proposals++;
            Assert.Equal(1, proposal.Number);
            Assert.Equal(Ikev2Protocol.Ike, proposal.Protocol);
            Assert.True(proposal.Spi.IsEmpty);
            Assert.Equal(
                [
                    new Ikev2Transform(Ikev2TransformType.Encryption, 12, 128), new Ikev2Transform(Ikev2TransformType.Integrity, 12),
                    new Ikev2Transform(Ikev2TransformType.PseudoRandomFunction, 5),
                    new Ikev2Transform(Ikev2TransformType.KeyExchangeMethod, 19),
                ],
                Transforms(proposal));
        }
        Assert.Equal(1, proposals);

        Assert.True(message.Payloads.TryFind(Ikev2PayloadType.KeyExchange, out payload));
        Assert.True(payload.Read<Ikev2KeyExchange>().TryGet(out var exchange));
        Assert.Equal(19, exchange.Group);
        Assert.Equal(64, exchange.Share.Length);

        Assert.True(message.Payloads.TryFind(Ikev2PayloadType.Notify, out payload));
        Assert.True(payload.Read<Ikev2Notify>().TryGet(out var notify));
        Assert.Equal(16388, notify.Type);
        Assert.Equal(20, notify.Data.Length);
    }

    [Fact]
    public void A_message_of_strongSwan_written_from_its_parts_has_the_same_bytes()
    {
        Assert.True(Ikev2Message.Read(Captured).TryGet(out var message));
        var writer = new Ikev2ChainWriter(new byte[512], message.Header);
        foreach (var payload in message.Payloads)
            Rewrite(ref writer, payload);
        Assert.Equal(Captured, writer.Finish());
    }

    [Fact]
    public void Selectors_that_are_written_come_back_and_others_are_passed_over()
    {
        Ikev2TrafficSelector[] selectors =
        [
            new(17, 500, 500, new(1, 2), new(1, 9)), Ikev2TrafficSelector.Of(new(0x20010DB800000000, 7)),
        ];
        var writer = new Ikev2ChainWriter(new byte[256]);
        writer.AddTrafficSelectors(Ikev2PayloadType.TrafficSelectorsInitiator, selectors);
        Assert.Equal(selectors, Selectors(writer.Finish()));

        byte[] ipv4 = [0, 0, 0, 24, 1, 0, 0, 0, 7, 0, 0, 16, 0, 0, 255, 255, 10, 0, 0, 1, 10, 0, 0, 9];
        Assert.Empty(Selectors(ipv4));
    }

    [Fact]
    public void What_an_encrypted_payload_holds_is_not_taken_for_a_payload()
    {
        var writer = new Ikev2ChainWriter(new byte[256], new Ikev2Header(1, 2, default, Ikev2Exchange.IkeAuth, Ikev2Flags.Initiator, 1));
        writer.AddEncrypted(Ikev2PayloadType.IdentificationInitiator, 40).Fill(0xEE);
        Assert.True(Ikev2Message.Read(writer.Finish()).TryGet(out var message));
        Assert.Equal([Ikev2PayloadType.Encrypted], Types(message.Payloads));
        Assert.True(message.Payloads.TryFind(Ikev2PayloadType.Encrypted, out var payload));
        Assert.Equal(Ikev2PayloadType.IdentificationInitiator, payload.Next);
        Assert.Equal(40, payload.Body.Length);
        Assert.Equal(72u, message.Header.LengthBytes);
    }

    [Fact]
    public void An_error_says_where_it_is()
    {
        var broken = Captured.ToArray();
        broken[31] = 3; // length of SA below that of its own header
        Assert.False(Ikev2Message.Read(broken).TryGet(out _, out var error));
        Assert.Equal(new ParseError(ParseFault.BadLength, 30), error);

        Assert.False(Ikev2Message.Read(Captured.AsSpan(..^1)).TryGet(out _, out error));
        Assert.Equal(new ParseError(ParseFault.BadLength, 24), error);

        broken = Captured.ToArray();
        broken[17] = 0x10;
        Assert.False(Ikev2Message.Read(broken).TryGet(out _, out error));
        Assert.Equal(new ParseError(ParseFault.BadVersion, 17), error);

        broken = Captured.ToArray();
        broken[39] = 3; // one transform less than there are
        Assert.True(Ikev2Message.Read(broken).TryGet(out var message));
        Assert.True(message.Payloads.TryFind(Ikev2PayloadType.SecurityAssociation, out var payload));
        Assert.False(payload.Read<Ikev2SecurityAssociation>().TryGet(out _, out error));
        Assert.Equal(new ParseError(ParseFault.BadValue, 60), error);
    }

    private static void Rewrite(ref Ikev2ChainWriter writer, Ikev2Payload payload)
    {
        switch (payload.Type)
        {
            case Ikev2PayloadType.SecurityAssociation:
                Assert.True(payload.Read<Ikev2SecurityAssociation>().TryGet(out var association));
                writer.AddSecurityAssociation();
                foreach (var proposal in association)
                    writer.AddProposal(proposal.Protocol, proposal.Spi, Transforms(proposal));
                break;
            case Ikev2PayloadType.KeyExchange:
                Assert.True(payload.Read<Ikev2KeyExchange>().TryGet(out var exchange));
                writer.Add(payload.Type, exchange);
                break;
            case Ikev2PayloadType.Nonce:
                Assert.True(payload.Read<Ikev2Nonce>().TryGet(out var nonce));
                writer.Add(payload.Type, nonce);
                break;
            case Ikev2PayloadType.CertificateRequest:
                Assert.True(payload.Read<Ikev2Certificate>().TryGet(out var request));
                writer.Add(payload.Type, request);
                break;
            default:
                Assert.True(payload.Read<Ikev2Notify>().TryGet(out var notify));
                writer.Add(payload.Type, notify);
                break;
        }
    }

    private static List<Ikev2PayloadType> Types(Ikev2Chain chain)
    {
        var types = new List<Ikev2PayloadType>();
        foreach (var payload in chain)
            types.Add(payload.Type);
        return types;
    }

    private static Ikev2Transform[] Transforms(Ikev2Proposal proposal)
    {
        var transforms = new List<Ikev2Transform>();
        foreach (var transform in proposal)
            transforms.Add(transform);
        return [.. transforms];
    }

    private static List<Ikev2TrafficSelector> Selectors(ReadOnlySpan<byte> chain)
    {
        Assert.True(Ikev2Chain.Read(Ikev2PayloadType.TrafficSelectorsInitiator, chain).TryGet(out var payloads));
        Assert.True(payloads.TryFind(Ikev2PayloadType.TrafficSelectorsInitiator, out var payload));
        Assert.True(payload.Read<Ikev2TrafficSelectors>().TryGet(out var selectors, out var error), error.ToString());
        var found = new List<Ikev2TrafficSelector>();
        foreach (var selector in selectors)
            found.Add(selector);
        return found;
    }
}
