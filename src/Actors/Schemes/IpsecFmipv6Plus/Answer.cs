using Actors.Mobility.Credentials;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// The payloads of M3 and M4, signed by the new access router, and the proof that it holds the key: {"H2", ID_NAR, ID_MN,
/// H(M1), SAr, KEr, Nr, NCoA, lifetime}Sig_NAR, MAC(K_c; ID_NAR).
/// </summary>
/// <param name="Responder">ID_NAR.</param>
/// <param name="OfferHash">H(M1): binds nonce, key share, proposal and identities of the offer.</param>
/// <param name="Suite">The one chosen.</param>
/// <param name="LifetimeSeconds">How long the router keeps what is not confirmed.</param>
public sealed record Answer(
    NodeId Responder,
    NodeId Initiator,
    Digest OfferHash,
    CipherSuites Suite,
    ulong KeyShare,
    ulong Nonce,
    Address NewCareOfAddress,
    ushort LifetimeSeconds,
    Certificate Certificate) : ChainExtension
{
    public Signature Signature { get; init; }

    public Authenticator Confirmation { get; init; }

    /// <summary>The parent's, and two ID payloads 24 each, H(M1) 40, address 20, lifetime 12, MAC 24.</summary>
    public override int ChainBytes => Payloads.Answer + 144;

    /// <summary>H(M3), which the signature covers.</summary>
    public Digest Hash => default(Digest).With(2).With(Responder).With(Initiator).With(OfferHash.Value).With((ulong)Suite)
        .With(KeyShare).With(Nonce).With(NewCareOfAddress).With(LifetimeSeconds).With(Certificate.Subject).With(Certificate.Issuer);

    /// <summary>Whether the responder has signed these very payloads, and a trusted issuer certifies it.</summary>
    public bool IsAuthentic => Certificate == new Certificate(Responder, Certificate.TrustAnchor)
        && Signature.Verify(Responder, Certificate.TrustAnchor, Hash);

    /// <summary>Whether the responder holds the key.</summary>
    public bool IsConfirmed(SecretKey confirmationKey) => confirmationKey.Verify(Confirmation, Proven(Responder));

    /// <summary>The answer with its responder's signature and proof.</summary>
    public Answer Signed(SecretKey confirmationKey) => this with
    {
        Signature = new SigningKey(Responder, Certificate.TrustAnchor).Sign(Hash),
        Confirmation = confirmationKey.Authenticate(Proven(Responder)),
    };

    private static Digest Proven(NodeId responder) => default(Digest).With(4).With(responder);
}
