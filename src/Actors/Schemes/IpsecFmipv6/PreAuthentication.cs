using Actors.Mobility.Credentials;
using Actors.Schemes.Fmipv6;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>Algorithms of an IKEv2 proposal; several in an offer, one in an answer, the lowest bit preferred.</summary>
[Flags]
public enum CipherSuites : byte
{
    None = 0,

    /// <summary>AES-GCM-256, PRF HMAC-SHA2-256, Diffie-Hellman group 31 (X25519).</summary>
    AesGcm = 1,

    /// <summary>AES-CBC-256 with HMAC-SHA2-256-128, PRF HMAC-SHA2-256, group 31.</summary>
    AesCbc = 2,
}

/// <summary>A certificate: who its subject is, and who says so.</summary>
public readonly record struct Certificate(NodeId Subject, NodeId Issuer)
{
    /// <summary>The root that every node of the network trusts; no node of it.</summary>
    public static readonly NodeId TrustAnchor = new(-1);
}

/// <summary>
/// The IKEv2 payloads of M1 and M2, {SAi, KEi, CERT_MN, Ni} signed by the mobile node, and of M3 and M4, {SAr, KEr,
/// CERT_NAR, Nr} signed by the new access router. As in the paper, a signature covers neither the peer's identity nor its
/// nonce.
/// </summary>
/// <param name="Proposal">SA: offered, or chosen.</param>
/// <param name="KeyShare">KE.</param>
public sealed record PreAuthentication(CipherSuites Proposal, ulong KeyShare, Certificate Certificate, ulong Nonce, Signature Signature)
    : ChainExtension
{
    /// <summary>Whether these are M3 and M4: a key exchange may have shares of two lengths.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>With the paper's RSA-2048 RtSolPr has 1,240 and PrRtAdv 1,304 IPv6 bytes, HI 1,264 (1,288 with a new
    /// care-of address) and HAck 1,256.</summary>
    public override int ChainBytes => IsAnswer ? Payloads.Answer : Payloads.Request;

    /// <summary>The payloads, signed by the certificate's subject.</summary>
    public static PreAuthentication Sign(NodeId subject, CipherSuites proposal, ulong keyShare, ulong nonce)
    {
        var certificate = new Certificate(subject, Certificate.TrustAnchor);
        var key = new SigningKey(subject, Certificate.TrustAnchor);
        return new PreAuthentication(proposal, keyShare, certificate, nonce, key.Sign(Covered(proposal, keyShare, certificate, nonce)));
    }

    /// <summary>Whether the certificate's issuer is trusted and its subject has signed these very payloads.</summary>
    public bool IsAuthentic =>
        Certificate.Issuer == Certificate.TrustAnchor
        && Signature.Verify(Certificate.Subject, Certificate.Issuer, Covered(Proposal, KeyShare, Certificate, Nonce));

    /// <summary>SK = prf(Ni | Nr, g^ir).</summary>
    public static Digest SessionKey(ulong initiatorNonce, ulong responderNonce, ulong sharedSecret) =>
        default(Digest).With(initiatorNonce).With(responderNonce).With(sharedSecret);

    private static Digest Covered(CipherSuites proposal, ulong keyShare, Certificate certificate, ulong nonce) =>
        default(Digest).With((ulong)proposal).With(keyShare).With(certificate.Subject).With(certificate.Issuer).With(nonce);
}
