using System.Buffers.Binary;
using System.Text;
using Actors.Security.Certificates;
using Actors.Security.Esp;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Actors.Wire;
using Actors.Wire.Ikev2;

namespace Tests.Actors.Security;

/// <summary>The key schedule, AUTH, certificates and ESP against an association between two strongSwan daemons.</summary>
public sealed class StrongSwanTests
{
    private const uint InitiatorSpi = 0x8f32c9d9;
    private const uint ResponderSpi = 0xcef4636c;

    private static readonly IkeKeys Keys = IkeKeys.Derive(
        CipherSuite.AesCbc128, Exchange, new SharedSecret([StrongSwanCapture.Logged("shared Diffie Hellman secret")]));

    private static IkeExchange Exchange => new(
        Body(StrongSwanCapture.IkeMessages[0], Ikev2PayloadType.Nonce),
        Body(StrongSwanCapture.IkeMessages[1], Ikev2PayloadType.Nonce),
        BinaryPrimitives.ReadUInt64BigEndian(StrongSwanCapture.IkeMessages[1]),
        BinaryPrimitives.ReadUInt64BigEndian(StrongSwanCapture.IkeMessages[1].AsSpan(8)));

    [Fact]
    public void The_key_schedule_reproduces_the_logged_keys()
    {
        Assert.Equal(StrongSwanCapture.Logged("SKEYSEED"), Keys.Seed.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_d secret"), Keys.Derivation.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_ai secret"), Keys.InitiatorIntegrity.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_ar secret"), Keys.ResponderIntegrity.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_ei secret"), Keys.InitiatorEncryption.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_er secret"), Keys.ResponderEncryption.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_pi secret"), Keys.InitiatorAuthentication.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("Sk_pr secret"), Keys.ResponderAuthentication.ToArray());
        var child = Keys.Child(CipherSuite.AesGcm128, Exchange);
        Assert.Equal(StrongSwanCapture.Logged("encryption initiator key"), child.InitiatorEncryption.ToArray());
        Assert.Equal(StrongSwanCapture.Logged("encryption responder key"), child.ResponderEncryption.ToArray());
    }

    [Theory]
    [InlineData(true, "mn")]
    [InlineData(false, "fa2")]
    public void The_encrypted_payload_opens_and_its_certificate_and_signature_hold(bool isInitiator, string name)
    {
        var message = StrongSwanCapture.IkeMessages[isInitiator ? 2 : 3];
        using var cipher = isInitiator
            ? PacketCipher.Create(Keys.Suite, Keys.InitiatorEncryption.Span, Keys.InitiatorIntegrity.Span)
            : PacketCipher.Create(Keys.Suite, Keys.ResponderEncryption.Span, Keys.ResponderIntegrity.Span);
        const int HeaderBytes = Ikev2Header.SizeBytes + Ikev2Payload.HeaderBytes;
        var inside = EncryptedPayload.Open(cipher, message, HeaderBytes)!;
        Assert.True(Ikev2Chain.Read((Ikev2PayloadType)message[Ikev2Header.SizeBytes], inside).TryGet(out var chain));

        Assert.True(chain.TryFind(Ikev2PayloadType.Certificate, out var certificatePayload));
        Assert.True(certificatePayload.Read<Ikev2Certificate>().TryGet(out var sent));
        Assert.Equal(Golden.Bytes($"strongswan/{name}.der"), sent.Data.ToArray());
        var certificate = Certificate.Read(sent.Data)!;
        Assert.Equal(name, certificate.Identity);
        Assert.Equal($"CN={name}", certificate.Subject);
        Assert.True(certificate.MaySign);

        Assert.True(chain.TryFind(isInitiator ? Ikev2PayloadType.IdentificationInitiator : Ikev2PayloadType.IdentificationResponder, out var identity));
        Assert.Equal(name, Encoding.ASCII.GetString(identity.Body[4..]));
        var octets = Authentication.Octets(
            StrongSwanCapture.IkeMessages[isInitiator ? 0 : 1],
            (isInitiator ? Exchange.ResponderNonce : Exchange.InitiatorNonce).Span,
            (isInitiator ? Keys.InitiatorAuthentication : Keys.ResponderAuthentication).Span,
            identity.Body);
        Assert.Equal(StrongSwanCapture.Logged("octets = message + nonce + prf(Sk_px, IDx')", isInitiator ? 0 : 1), octets);

        Assert.True(chain.TryFind(Ikev2PayloadType.Authentication, out var authenticationPayload));
        Assert.True(authenticationPayload.Read<Ikev2Authentication>().TryGet(out var authentication));
        Assert.Equal(Ikev2AuthenticationMethod.DigitalSignature, authentication.Method);
        Assert.True(Authentication.Verify(certificate.KeyAlgorithm, certificate.PublicKey, octets, authentication.Data));
        Assert.False(Authentication.Verify(certificate.KeyAlgorithm, certificate.PublicKey, [.. octets, 0], authentication.Data));
        for (var i = 0; i < authentication.Data.Length; i++)
            Assert.False(Authentication.Verify(certificate.KeyAlgorithm, certificate.PublicKey, octets, TestKeys.Flip(authentication.Data, i)), $"byte {i}");
        for (var i = 0; i < message.Length; i++)
            Assert.Null(EncryptedPayload.Open(cipher, TestKeys.Flip(message, i), HeaderBytes));
    }

    [Fact]
    public void The_certificates_are_trusted_through_their_authority_while_they_are_valid()
    {
        var authority = Certificate.Read(Golden.Bytes("strongswan/ca.der"))!;
        var anchors = new TrustAnchors(authority);
        var start = authority.NotBefore - VirtualCalendar.Epoch;
        foreach (var name in new[] { "mn", "fa2" })
        {
            var certificate = Certificate.Read(Golden.Bytes($"strongswan/{name}.der"))!;
            Assert.Equal(CertificateVerdict.Trusted, anchors.Verify(certificate, start + TimeSpan.FromDays(1)));
            Assert.Equal(CertificateVerdict.NotYetValid, anchors.Verify(certificate, start - TimeSpan.FromDays(1)));
            Assert.Equal(CertificateVerdict.Expired, anchors.Verify(certificate, start + TimeSpan.FromDays(1200)));
        }
    }

    [Fact]
    public void Esp_opens_the_recorded_packets_and_seals_them_to_the_same_bytes()
    {
        var child = Keys.Child(CipherSuite.AesGcm128, Exchange);
        var associations = new[]
        {
            SecurityAssociation.FromInitiator(child, ResponderSpi, EncapsulationMode.Tunnel),
            SecurityAssociation.FromResponder(child, InitiatorSpi, EncapsulationMode.Tunnel),
        };
        var receivers = associations.ToDictionary(association => association.Spi, association => new EspReceiver(association));
        Assert.Equal(6, StrongSwanCapture.EspPackets.Count);
        foreach (var packet in StrongSwanCapture.EspPackets)
        {
            var receiver = receivers[BinaryPrimitives.ReadUInt32BigEndian(packet)];
            var content = new byte[packet.Length];
            Assert.Equal(EspVerdict.Accepted, receiver.Open(packet, content, out var dataBytes, out var nextHeader));
            Assert.Equal(4, nextHeader);
            var isFromInitiator = receiver.Association.Spi == ResponderSpi;
            Assert.Equal(isFromInitiator ? "10.10.1.1" : "10.10.2.1", new System.Net.IPAddress(content.AsSpan(12, 4)).ToString());
            Assert.Equal(dataBytes, BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(2)));
            Assert.Equal(isFromInitiator ? 8 : 0, content[20]);
            Assert.Equal(EspVerdict.Replayed, receiver.Open(packet, new byte[packet.Length], out _, out _));

            using var cipher = PacketCipher.Create(child.Suite, receiver.Association.EncryptionKey.Span, []);
            var plain = packet.ToArray();
            content.AsSpan(0, cipher.ContentBytes(packet.Length, 8)).CopyTo(plain.AsSpan(16));
            cipher.Seal(plain, 8, BinaryPrimitives.ReadUInt64BigEndian(packet.AsSpan(8)));
            Assert.Equal(packet, plain);
        }

        Assert.All(receivers.Values, receiver => Assert.Equal(3u, receiver.Highest));
    }

    private static byte[] Body(byte[] message, Ikev2PayloadType type)
    {
        Assert.True(Ikev2Chain.Read((Ikev2PayloadType)message[16], message.AsSpan(Ikev2Header.SizeBytes)).TryGet(out var chain));
        Assert.True(chain.TryFind(type, out var payload));
        return payload.Body.ToArray();
    }
}
