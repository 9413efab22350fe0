using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>The options that SEND (RFC 3971) adds to a solicitation or advertisement, with RSA-2048.</summary>
public static class SendOptions
{
    /// <summary>The root that certifies routers; no node of the network.</summary>
    public static readonly NodeId TrustAnchor = new(-1);

    /// <summary>
    /// CGA option 4 + 25 + subject public key info 294, padded to 328; RSA signature option 4 + key hash 16 + 256, padded to
    /// 280; timestamp 16; nonce 8.
    /// </summary>
    public const int Bytes = 328 + 280 + 16 + 8;
}

/// <summary>The SEND options of RtSolPr and the Handover Key Request option (RFC 5269 section 4.1; type 27).</summary>
/// <param name="EncryptionKey">To which the router is to encrypt the handover key.</param>
/// <param name="Timestamp">When it was signed, in ticks of virtual time.</param>
/// <param name="Signature">With the key that the mobile node's care-of address is generated from: no authority but itself.</param>
public sealed record HandoverKeyRequest(EncryptionKey EncryptionKey, ulong Nonce, long Timestamp, Signature Signature) : MessageExtension
{
    /// <summary>The key option: 4 + subject public key info 294, padded.</summary>
    public override int NeighborDiscoveryBytes => SendOptions.Bytes + 304;

    /// <summary>Whether the solicitation is signed by the owner of its source address.</summary>
    public bool IsAuthentic(Address source, Address destination, ProxyRouterSolicitation solicitation) => Signature.Verify(
        source.Host,
        source.Host,
        Covered(source, destination, solicitation.Identifier, solicitation.NewAccessPoint, EncryptionKey, Nonce, Timestamp));

    /// <summary>What the signature covers: all of the message and its addresses (RFC 5269 section 3.1).</summary>
    public static Digest Covered(
        Address source, Address destination, ushort identifier, NodeId accessPoint, EncryptionKey key, ulong nonce, long timestamp) =>
        default(Digest).With(source).With(destination).With(identifier).With(accessPoint).With(key.Digest.Value).With(nonce).With((ulong)timestamp);
}

/// <summary>The SEND options of PrRtAdv and the Handover Key Reply option (RFC 5269 section 4.2; type 28).</summary>
/// <param name="Nonce">Of the request.</param>
/// <param name="Key">The handover key, encrypted; null in an advertisement that names no router.</param>
/// <param name="Signature">Of the router, which the trust anchor has certified.</param>
public sealed record HandoverKeyReply(ulong Nonce, WrappedKey? Key, ushort LifetimeSeconds, Signature Signature) : MessageExtension
{
    /// <summary>The key option: 4 + lifetime 2 + RSAES-PKCS1 256, padded.</summary>
    public override int NeighborDiscoveryBytes => SendOptions.Bytes + (Key is null ? 0 : 264);

    /// <summary>Whether a certified router has signed the advertisement for this mobile node and request.</summary>
    public bool IsAuthentic(Address router, Address destination, ulong nonce, ProxyRouterAdvertisement advertisement) =>
        Nonce == nonce && Signature.Verify(
            router.Host, SendOptions.TrustAnchor, Covered(router, destination, advertisement, Nonce, Key, LifetimeSeconds));

    /// <summary>What the signature covers: all of the message and its addresses (RFC 5269 section 3.2).</summary>
    public static Digest Covered(
        Address router, Address destination, ProxyRouterAdvertisement advertisement, ulong nonce, WrappedKey? key, ushort lifetime) =>
        default(Digest).With(router).With(destination).With(advertisement.Identifier).With((ulong)advertisement.Code)
            .With(advertisement.NewAccessPoint).With(advertisement.NewRouter ?? default).With(advertisement.NewCareOfAddress ?? default)
            .With(nonce).With(key?.Digest.Value ?? 0).With(lifetime);
}

/// <summary>Binding Authorization Data for FMIPv6 (RFC 5568 section 6.4.5; mobility option 21), by the handover key.</summary>
public sealed record AuthorizationData(Authenticator Proof) : MessageExtension
{
    /// <summary>Option header 2, SPI 4, authenticator 12, padding 6.</summary>
    public override int MobilityBytes => 24;

    /// <summary>What the data of an update cover.</summary>
    public static Digest Covered(FastBindingUpdate update) => default(Digest).With(8).With(update.Sequence)
        .With(update.PreviousCareOfAddress).With(update.NewCareOfAddress).With(update.LifetimeSeconds);

    /// <summary>What the data of an acknowledgment cover.</summary>
    public static Digest Covered(FastBindingAcknowledgment acknowledgment) => default(Digest).With(9).With((ulong)acknowledgment.Status)
        .With(acknowledgment.Sequence).With(acknowledgment.NewCareOfAddress).With(acknowledgment.LifetimeSeconds);
}
