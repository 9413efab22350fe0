using Actors.Mobility.Credentials;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// The payloads of M1 and M2, signed by the mobile node together with everyone's identity: {"H1", ID_MN, ID_PAR, target
/// access point, SAi, KEi, Ni, PCoA, HoA, counter}Sig_MN.
/// </summary>
/// <param name="Initiator">ID_MN.</param>
/// <param name="PreviousRouter">ID_PAR.</param>
/// <param name="AccessPoint">Where the node is about to go: whoever owns it may answer.</param>
/// <param name="Counter">Ticks of virtual time when it was signed, or one more than the last: grows with every offer of a node.</param>
public sealed record Offer(
    NodeId Initiator,
    NodeId PreviousRouter,
    NodeId AccessPoint,
    CipherSuites Proposal,
    ulong KeyShare,
    ulong Nonce,
    Address PreviousCareOfAddress,
    Address HomeAddress,
    long Counter,
    Certificate Certificate) : ChainExtension
{
    public Signature Signature { get; init; }

    /// <summary>The parent's, and three ID payloads 24 each, two addresses 20 each, counter 16.</summary>
    public override int ChainBytes => Payloads.Request + 128;

    /// <summary>H(M1), which the signature covers and the answer repeats.</summary>
    public Digest Hash => default(Digest).With(1).With(Initiator).With(PreviousRouter).With(AccessPoint).With((ulong)Proposal)
        .With(KeyShare).With(Nonce).With(PreviousCareOfAddress).With(HomeAddress).With((ulong)Counter)
        .With(Certificate.Subject).With(Certificate.Issuer);

    /// <summary>Whether the initiator has signed these very payloads, and a trusted issuer certifies it.</summary>
    public bool IsAuthentic => Certificate == new Certificate(Initiator, Certificate.TrustAnchor)
        && Signature.Verify(Initiator, Certificate.TrustAnchor, Hash);

    /// <summary>The offer with its initiator's signature.</summary>
    public Offer Signed() => this with { Signature = new SigningKey(Initiator, Certificate.TrustAnchor).Sign(Hash) };
}
