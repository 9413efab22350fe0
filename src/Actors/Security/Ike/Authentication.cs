using Actors.Security.Signatures;
using Actors.Wire;
using Actors.Wire.Ikev2;

namespace Actors.Security.Ike;

/// <summary>The AUTH payload of IKEv2 with a signature: what is signed (RFC 7296, section 2.15) and how it is written (RFC 7427).</summary>
public static class Authentication
{
    /// <summary>The octets that a peer signs: its own message, the other's nonce, prf(SK_p, its identification).</summary>
    /// <param name="message">The peer's first message as sent, from the first byte of its IKE header.</param>
    /// <param name="othersNonce">Nonce data of the other peer.</param>
    /// <param name="authenticationKey">SK_pi for the initiator, SK_pr for the responder.</param>
    /// <param name="identification">Body of the peer's ID payload: type, 3 reserved bytes, data.</param>
    public static byte[] Octets(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> othersNonce, ReadOnlySpan<byte> authenticationKey, ReadOnlySpan<byte> identification) =>
        [.. message, .. othersNonce, .. Prf.Compute(authenticationKey, identification)];

    /// <summary>Authentication data of method 14: length and bytes of the AlgorithmIdentifier, signature.</summary>
    public static byte[] Data(SignatureAlgorithm algorithm, ReadOnlySpan<byte> signature) =>
        [(byte)algorithm.EncodedIdentifier.Length, .. algorithm.EncodedIdentifier.Span, .. signature];

    /// <summary>Length of authentication data, at most; ECDSA signatures may be some bytes shorter.</summary>
    public static int DataBytes(SignatureAlgorithm algorithm) => 1 + algorithm.EncodedIdentifier.Length + algorithm.SignatureBytes;

    /// <summary>
    /// Whether the data is a signature by the certified key. Its algorithm must be the certificate's: a peer that names a
    /// weaker one is refused.
    /// </summary>
    public static bool Verify(SignatureAlgorithm algorithm, IVerifier verifier, ReadOnlySpan<byte> octets, ReadOnlySpan<byte> data) =>
        WireFormat.Read<Ikev2DigitalSignature>(data).TryGet(out var signed)
        && algorithm.IsNamedBy(signed.Algorithm)
        && verifier.Verify(octets, signed.Signature);
}
