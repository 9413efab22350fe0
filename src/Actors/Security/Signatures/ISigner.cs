namespace Actors.Security.Signatures;

/// <summary>A private key. Deterministic: the same key and message give the same signature, bit for bit. Not for use by two threads at once.</summary>
public interface ISigner
{
    byte[] Sign(ReadOnlySpan<byte> message);
}

/// <summary>A public key, or what stands for one. Hostile input is a false, never an exception. Not for use by two threads at once.</summary>
public interface IVerifier
{
    bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}

/// <summary>A key pair whose public half can be certified.</summary>
/// <param name="PublicKeyInfo">SubjectPublicKeyInfo, DER (RFC 5280, section 4.1.2.7).</param>
public sealed record KeyPair(SignatureAlgorithm Algorithm, ReadOnlyMemory<byte> PublicKeyInfo, ISigner Signer);
