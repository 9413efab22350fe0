using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Security.Profiles;
using Actors.Security.Signatures;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>
/// The options that SEND (RFC 3971) adds to a solicitation or advertisement. It knows RSA only; other algorithms are taken to
/// stand in the same places, in as many options as they need.
/// </summary>
/// <param name="Bytes">Of all options.</param>
/// <param name="IsFragmented">Whether what these are in is fragmented.</param>
public sealed record SendOptions(int Bytes, bool IsFragmented)
{
    /// <summary>The root that certifies routers; no node of the network.</summary>
    public static readonly NodeId TrustAnchor = new(-1);

    /// <summary>The paper's RSA-2048.</summary>
    public static readonly SendOptions Rsa2048 = new(BytesOf(SignatureAlgorithm.Rsa2048), IsFragmented: false);

    private const int LongestOption = 255 * 8;

    /// <summary>Those of a profile's algorithm; null for <see cref="Rsa2048"/>.</summary>
    public static SendOptions Of(CryptoProfile? profile) =>
        profile is null ? Rsa2048 : new SendOptions(BytesOf(profile.Signature), IsFragmented: true);

    /// <summary>
    /// CGA option 4 + 25 + subject public key info, of RSA-2048 294, padded to 328; signature option 4 + key hash 16 + signature,
    /// of RSA-2048 256, padded to 280; timestamp 16; nonce 16.
    /// </summary>
    private static int BytesOf(SignatureAlgorithm algorithm) =>
        OptionBytes(4 + 25, algorithm.PublicKeyInfoBytes) + OptionBytes(4 + 16, algorithm.SignatureBytes) + 16 + 16;

    /// <summary>Padded to 8; what an option cannot hold goes into another one with the same head.</summary>
    private static int OptionBytes(int head, int data)
    {
        var (whole, rest) = Math.DivRem(data, LongestOption - head);
        return whole * LongestOption + (rest == 0 ? 0 : (head + rest + 7) & ~7);
    }
}

/// <summary>The SEND options of RtSolPr and the Handover Key Request option (RFC 5269 section 4.1; type 27).</summary>
/// <param name="EncryptionKey">To which the router is to encrypt the handover key.</param>
/// <param name="Timestamp">When it was signed, in ticks of virtual time.</param>
/// <param name="Signature">With the key that the mobile node's care-of address is generated from: no authority but itself.</param>
public sealed record HandoverKeyRequest(EncryptionKey EncryptionKey, ulong Nonce, long Timestamp, Signature Signature) : MessageExtension
{
    public SendOptions Send { get; init; } = SendOptions.Rsa2048;

    /// <summary>The key option: 4 + subject public key info 294, padded.</summary>
    public override int NeighborDiscoveryBytes => Send.Bytes + 304;

    public override IReadOnlyList<int>? NeighborDiscoveryParts(int otherBytes) => Send.IsFragmented ? [otherBytes + NeighborDiscoveryBytes] : null;

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
/// <param name="LifetimeSeconds">Of the key; 0 without one.</param>
/// <param name="Signature">Of the router, which the trust anchor has certified.</param>
public sealed record HandoverKeyReply(ulong Nonce, WrappedKey? Key, ushort LifetimeSeconds, Signature Signature) : MessageExtension
{
    public SendOptions Send { get; init; } = SendOptions.Rsa2048;

    /// <summary>The key option: 4 + lifetime 2 + RSAES-PKCS1 256, padded.</summary>
    public override int NeighborDiscoveryBytes => Send.Bytes + (Key is null ? 0 : 264);

    public override IReadOnlyList<int>? NeighborDiscoveryParts(int otherBytes) => Send.IsFragmented ? [otherBytes + NeighborDiscoveryBytes] : null;

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
