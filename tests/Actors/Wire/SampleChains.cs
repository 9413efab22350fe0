using System.Security.Cryptography;
using Actors.Wire.Ikev2;

namespace Tests.Actors.Wire;

/// <summary>IKEv2 chains as in M1 to M4: SA, KE (X25519), CERT, Nonce, AUTH (method 14).</summary>
public static class SampleChains
{
    /// <summary>AES-GCM-256, HMAC-SHA2-256, X25519.</summary>
    public static readonly Ikev2Transform[] Suite =
    [
        new(Ikev2TransformType.Encryption, 20, 256), new(Ikev2TransformType.PseudoRandomFunction, 5), new(Ikev2TransformType.KeyExchangeMethod, 31),
    ];

    /// <summary>AlgorithmIdentifier of ecdsa-with-SHA256 (RFC 7427 appendix A.3.2).</summary>
    public static readonly byte[] EcdsaWithSha256 = Convert.FromHexString("300A06082A8648CE3D040302");

    /// <summary>What a chain with this certificate and signature has before it is carried.</summary>
    /// <param name="shareBytes">Of the key share.</param>
    public static byte[] Chain(
        ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> signature, int shareBytes, out Ikev2PayloadType first)
    {
        Span<byte> authentication = stackalloc byte[1024];
        var length = global::Actors.Wire.WireFormat.Write(new Ikev2DigitalSignature(algorithm, signature), authentication);
        var writer = new Ikev2ChainWriter(new byte[2048]);
        writer.AddSecurityAssociation();
        writer.AddProposal(Ikev2Protocol.Esp, [0, 0, 0, 0xA1], Suite);
        writer.Add(Ikev2PayloadType.KeyExchange, new Ikev2KeyExchange(31, Bytes(shareBytes)));
        writer.Add(Ikev2PayloadType.Certificate, new Ikev2Certificate(Ikev2CertificateEncoding.X509Signature, certificate));
        writer.Add(Ikev2PayloadType.Nonce, new Ikev2Nonce(Bytes(32)));
        writer.Add(Ikev2PayloadType.Authentication, new Ikev2Authentication(Ikev2AuthenticationMethod.DigitalSignature, authentication[..length]));
        first = writer.First;
        return writer.Finish().ToArray();
    }

    /// <summary>With a certificate of P-256 and a signature's bytes that are none.</summary>
    public static byte[] Chain(out Ikev2PayloadType first) => Chain(Certificate.Value, EcdsaWithSha256, Bytes(70), 32, out first);

    /// <summary>The chain behind an IKE header: IKE_SA_INIT with further payloads, as a shadow capture shows it.</summary>
    public static byte[] Message()
    {
        var header = new Ikev2Header(0x0102030405060708, 0, default, Ikev2Exchange.IkeSaInit, Ikev2Flags.Initiator, 0);
        var writer = new Ikev2ChainWriter(new byte[2048], header);
        writer.AddSecurityAssociation();
        writer.AddProposal(Ikev2Protocol.Ike, [], Suite);
        writer.AddProposal(Ikev2Protocol.Ike, [], [new(Ikev2TransformType.Encryption, 12, 256), new(Ikev2TransformType.Integrity, 12), .. Suite[1..]]);
        writer.Add(Ikev2PayloadType.KeyExchange, new Ikev2KeyExchange(31, Bytes(32)));
        writer.Add(Ikev2PayloadType.IdentificationInitiator, new Ikev2Identification(Ikev2IdentificationType.FullyQualifiedDomainName, "mn"u8));
        writer.Add(Ikev2PayloadType.IdentificationResponder, new Ikev2Identification(Ikev2IdentificationType.FullyQualifiedDomainName, "nar"u8));
        writer.Add(Ikev2PayloadType.Certificate, new Ikev2Certificate(Ikev2CertificateEncoding.X509Signature, Certificate.Value));
        writer.Add(Ikev2PayloadType.CertificateRequest, new Ikev2Certificate(Ikev2CertificateEncoding.X509Signature, Bytes(20)));
        writer.Add(Ikev2PayloadType.Nonce, new Ikev2Nonce(Bytes(32)));
        writer.Add(Ikev2PayloadType.Notify, new Ikev2Notify(Ikev2Protocol.None, 16406, [], []));
        writer.AddTrafficSelectors(Ikev2PayloadType.TrafficSelectorsInitiator, [Ikev2TrafficSelector.Of(SamplePackets.New)]);
        writer.AddTrafficSelectors(Ikev2PayloadType.TrafficSelectorsResponder, [Ikev2TrafficSelector.Of(SamplePackets.NewRouter)]);
        writer.Add(Ikev2PayloadType.Authentication, new Ikev2Authentication(Ikev2AuthenticationMethod.SharedKey, Bytes(32)));
        return writer.Finish().ToArray();
    }

    /// <summary>IKE_AUTH, whose encrypted payload is 8 bytes of initialisation vector, 40 of cipher text and 16 of check value.</summary>
    public static byte[] EncryptedMessage()
    {
        var header = new Ikev2Header(0x0102030405060708, 0x1112131415161718, default, Ikev2Exchange.IkeAuth, Ikev2Flags.Initiator, 1);
        var writer = new Ikev2ChainWriter(new byte[256], header);
        Bytes(64).CopyTo(writer.AddEncrypted(Ikev2PayloadType.IdentificationInitiator, 64));
        return writer.Finish().ToArray();
    }

    /// <summary>A self-signed certificate, made once; no test depends on its key.</summary>
    private static readonly Lazy<byte[]> Certificate = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=mn", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80)).RawData;
    });

    private static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];
}
