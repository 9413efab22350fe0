using Actors.Security.Signatures;
using Org.BouncyCastle.Asn1.X509;

namespace Actors.Security.Certificates;

/// <summary>An X.509 certificate, version 3 (RFC 5280), that has been read; nothing is trusted yet.</summary>
public sealed class Certificate
{
    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly ReadOnlyMemory<byte> _signatureIdentifier;

    private Certificate(ReadOnlyMemory<byte> encoded, X509CertificateStructure structure, SignatureAlgorithm keyAlgorithm, IVerifier publicKey)
    {
        Encoded = encoded;
        _signed = structure.TbsCertificate.GetDerEncoded();
        _signature = structure.Signature.GetOctets();
        _signatureIdentifier = structure.SignatureAlgorithm.GetDerEncoded();
        (KeyAlgorithm, PublicKey) = (keyAlgorithm, publicKey);
        (Subject, Issuer) = (structure.Subject.ToString(), structure.Issuer.ToString());
        (NotBefore, NotAfter) = (structure.StartDate.ToDateTime().ToUniversalTime(), structure.EndDate.ToDateTime().ToUniversalTime());
        var extensions = structure.Extensions;
        Identity = CertificateExtensions.DnsName(extensions);
        IsAuthority = CertificateExtensions.IsAuthority(extensions);
        MaySign = CertificateExtensions.Permits(extensions, KeyUsage.DigitalSignature);
    }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Distinguished name, such as <c>CN=mn</c>.</summary>
    public string Subject { get; }

    /// <summary>Distinguished name of who signed it.</summary>
    public string Issuer { get; }

    /// <summary>First instant of its validity, UTC.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Last second of its validity, UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>The node's name as IKEv2's identification gives it: the DNS name among the alternative names; null when there is none.</summary>
    public string? Identity { get; }

    /// <summary>Whether its key may sign certificates.</summary>
    public bool IsAuthority { get; }

    /// <summary>Whether its key may sign messages.</summary>
    public bool MaySign { get; }

    public SignatureAlgorithm KeyAlgorithm { get; }

    /// <summary>The certified key.</summary>
    public IVerifier PublicKey { get; }

    /// <summary>
    /// Reads a certificate; null when it is malformed, is not strictly DER, has a key of an algorithm that is not
    /// offered here, or a critical extension that is not understood.
    /// </summary>
    public static Certificate? Read(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var bytes = encoded.ToArray();
            var structure = X509CertificateStructure.GetInstance(bytes);
            if (structure.Version != 3
                || !structure.GetDerEncoded().AsSpan().SequenceEqual(bytes)
                || !structure.SignatureAlgorithm.Equals(structure.TbsCertificate.Signature)
                || structure.Signature.PadBits != 0
                || !CertificateExtensions.AreUnderstood(structure.Extensions))
                return null;
            var keyInfo = structure.SubjectPublicKeyInfo.GetDerEncoded();
            foreach (var algorithm in SignatureAlgorithm.All)
                if (algorithm.ReadPublicKey(keyInfo) is { } key)
                    return new Certificate(bytes, structure, algorithm, key);
            return null;
        }
        catch (Exception problem) when (Malformed.Is(problem))
        {
            return null;
        }
    }

    /// <summary>Whether the key of <paramref name="issuer"/> made this certificate's signature; says nothing about the issuer.</summary>
    public bool IsSignedBy(Certificate issuer) =>
        issuer.KeyAlgorithm.IsNamedBy(_signatureIdentifier.Span) && issuer.PublicKey.Verify(_signed.Span, _signature.Span);

    public override string ToString() => Subject;
}
