using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>M5, MAC(K_c; "H3", ID_MN, H(M1|M3)): the mobile node has both parts of the exchange and the key. In FBU and UNA.</summary>
public sealed record Confirmation(Authenticator Proof) : MessageExtension
{
    /// <summary>Option 253: type, length, version and padding 8, MAC 16.</summary>
    public override int NeighborDiscoveryBytes => 24;

    /// <summary>Option 18: type, length, version and padding 8, MAC 16.</summary>
    public override int MobilityBytes => 24;

    /// <summary>K_c of both ends' nonces and the agreed secret: derived from SK, never SK itself.</summary>
    public static SecretKey Key(ulong initiatorNonce, ulong responderNonce, ulong sharedSecret) =>
        new SecretKey(PreAuthentication.SessionKey(initiatorNonce, responderNonce, sharedSecret)).Derive(3);

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(Offer offer, Answer answer) =>
        default(Digest).With(3).With(offer.Initiator).With(offer.Hash.Value).With(answer.Hash.Value);
}

/// <summary>M5 on its way from the previous to the new access router, beside FBack; not answered, since UNA repeats it.</summary>
public sealed record ConfirmationRelay(Address NewCareOfAddress, Confirmation Confirmation) : Message
{
    /// <summary>Experimental mobility header (RFC 5096) 6, padding 2, new care-of address 20, padding 4, confirmation.</summary>
    public override int SizeBytes => 32 + Confirmation.MobilityBytes;
}
