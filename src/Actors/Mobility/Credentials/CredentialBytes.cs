using Actors.Security.Keys;
using Actors.Security.Signatures;
using Topology.Plans;
using RealCertificate = Actors.Security.Certificates.Certificate;

namespace Actors.Mobility.Credentials;

/// <summary>
/// From symbolic credentials to bytes and back. What holds as a symbol holds as bytes, and the reverse: a signature that its owner
/// has not made becomes one that no key verifies, and bytes that do not verify become a symbol that nobody accepts.
/// </summary>
public static class CredentialBytes
{
    public static void Write(this KeyRing keys, Authenticator authenticator, Span<byte> field) => keys.WriteToken(field, authenticator.Value.Value);

    /// <summary>The authenticator of a field; one that nobody accepts where the bytes are none.</summary>
    public static Authenticator ReadAuthenticator(this KeyRing keys, ReadOnlySpan<byte> field) => new(new Digest(keys.ReadNumber(field)));

    public static void Write(this KeyRing keys, WrappedKey key, Span<byte> field) => keys.WriteToken(field, key.Symbol.Under, key.Symbol.Content);

    /// <summary>The wrapped key of a field; one that nobody can open where the bytes are none.</summary>
    public static WrappedKey ReadWrappedKey(this KeyRing keys, ReadOnlySpan<byte> field) =>
        keys.TryReadToken(field, out var under, out var content) ? WrappedKey.Of(under, content) : default;

    public static void Write(this KeyRing keys, EncryptionKey key, Span<byte> field) => keys.WriteToken(field, key.Symbol);

    public static EncryptionKey ReadEncryptionKey(this KeyRing keys, ReadOnlySpan<byte> field) => EncryptionKey.Of(keys.ReadNumber(field));

    public static void Write(this KeyRing keys, Digest digest, Span<byte> field) => keys.WriteToken(field, digest.Value);

    public static Digest ReadDigest(this KeyRing keys, ReadOnlySpan<byte> field) => new(keys.ReadNumber(field));

    /// <summary>The number of a token; 0 where the bytes are none.</summary>
    public static ulong ReadNumber(this KeyRing keys, ReadOnlySpan<byte> field) =>
        keys.TryReadToken(field, out var number, out var second) && second == 0 ? number : 0;

    /// <summary>The real signature over these bytes, where the symbolic one is the signer's over what they say.</summary>
    /// <param name="covered">What they say.</param>
    public static byte[] Seal(this KeyRing keys, Signature signature, NodeId signer, NodeId authority, Digest covered, ReadOnlySpan<byte> content) =>
        Spoiled(keys.Sign(signer, content), !signature.Verify(signer, authority, covered));

    /// <summary>As <see cref="Seal"/>, by an identity-based key.</summary>
    public static byte[] SealByIdentity(this KeyRing keys, Signature signature, NodeId signer, NodeId authority, Digest covered, ReadOnlySpan<byte> content) =>
        Spoiled(keys.SignByIdentity(signer, authority, content), !signature.Verify(signer, authority, covered));

    /// <summary>The symbolic signature of what the owner of a certified key has really signed; one that nobody accepts of what it has not.</summary>
    public static Signature Unseal(
        RealCertificate certificate, NodeId signer, NodeId authority, Digest covered, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        KeyRing.Verify(certificate, content, signature) ? new SigningKey(signer, authority).Sign(covered) : default;

    /// <summary>As <see cref="Unseal"/>, by an identity-based key.</summary>
    public static Signature UnsealByIdentity(
        this KeyRing keys, NodeId signer, NodeId authority, Digest covered, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        signature.Length == IdentityBased.SignatureBytes && keys.VerifyByIdentity(signer, authority, content, signature)
            ? new SigningKey(signer, authority).Sign(covered)
            : default;

    private static byte[] Spoiled(byte[] signature, bool isForged)
    {
        if (!isForged)
            return signature;
        var spoiled = (byte[])signature.Clone();
        spoiled[^1] ^= 1;
        return spoiled;
    }
}
