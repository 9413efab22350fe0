using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Actors.Security.Signatures;

/// <summary>A signature algorithm that X.509 certificates and IKEv2's authentication method 14 (RFC 7427) can name.</summary>
public abstract class SignatureAlgorithm
{
    public static readonly SignatureAlgorithm Rsa2048 = new RsaSignatures(2048);
    public static readonly SignatureAlgorithm Rsa3072 = new RsaSignatures(3072);
    public static readonly SignatureAlgorithm EcdsaP256 = new EcdsaSignatures();
    public static readonly SignatureAlgorithm Ed25519 = new Ed25519Signatures();
    public static readonly SignatureAlgorithm MlDsa44 = new MlDsaSignatures(MLDsaParameters.ml_dsa_44, NistObjectIdentifiers.id_ml_dsa_44, 2420);
    public static readonly SignatureAlgorithm MlDsa65 = new MlDsaSignatures(MLDsaParameters.ml_dsa_65, NistObjectIdentifiers.id_ml_dsa_65, 3309);

    public static IReadOnlyList<SignatureAlgorithm> All { get; } = [Rsa2048, Rsa3072, EcdsaP256, Ed25519, MlDsa44, MlDsa65];

    private protected SignatureAlgorithm(string name, int signatureBytes, AlgorithmIdentifier identifier)
    {
        (Name, SignatureBytes, Identifier) = (name, signatureBytes, identifier);
        EncodedIdentifier = identifier.GetDerEncoded();
        Sign = new CryptoOperation($"{name}-sign");
        Verify = new CryptoOperation($"{name}-verify");
        VerifyCertificate = new CryptoOperation($"{name}-verify-certificate");
    }

    public string Name { get; }

    /// <summary>Length of the longest signature; only ECDSA's varies, by a few bytes below it.</summary>
    public int SignatureBytes { get; }

    /// <summary>Length of a SubjectPublicKeyInfo, DER.</summary>
    public int PublicKeyInfoBytes => SizedPublicKey.GetDerEncoded().Length;

    /// <summary>AlgorithmIdentifier of the signature, DER, as in RFC 7427, section 3, and in a certificate.</summary>
    public ReadOnlyMemory<byte> EncodedIdentifier { get; }

    public CryptoOperation Sign { get; }

    public CryptoOperation Verify { get; }

    /// <summary>Reading a certificate and verifying its issuer's signature.</summary>
    public CryptoOperation VerifyCertificate { get; }

    internal AlgorithmIdentifier Identifier { get; }

    /// <summary>A public key information of the size of every other one, for sizes; it is nobody's key.</summary>
    internal abstract SubjectPublicKeyInfo SizedPublicKey { get; }

    public abstract KeyPair GenerateKeyPair(SecureRandom random);

    /// <summary>The verifier of a SubjectPublicKeyInfo; null when that is malformed, of another algorithm, or no valid key.</summary>
    public IVerifier? ReadPublicKey(ReadOnlySpan<byte> publicKeyInfo)
    {
        try
        {
            var encoded = publicKeyInfo.ToArray();
            var info = SubjectPublicKeyInfo.GetInstance(encoded);
            return info.GetDerEncoded().AsSpan().SequenceEqual(encoded) ? Read(info) : null;
        }
        catch (Exception problem) when (Malformed.Is(problem))
        {
            return null;
        }
    }

    /// <summary>Whether an encoded AlgorithmIdentifier names this algorithm; that of RSA says nothing about the key's size.</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> encodedIdentifier) => EncodedIdentifier.Span.SequenceEqual(encodedIdentifier);

    public override string ToString() => Name;

    /// <summary>The key, or null when it is of another algorithm; may throw what <see cref="Malformed"/> names.</summary>
    protected abstract IVerifier? Read(SubjectPublicKeyInfo info);
}

/// <summary>The exceptions by which the libraries tell that bytes are no key, certificate or point.</summary>
internal static class Malformed
{
    public static bool Is(Exception problem) => problem
        is ArgumentException or ArithmeticException or FormatException or InvalidCastException or InvalidOperationException
        or IndexOutOfRangeException or IOException or NotSupportedException or NullReferenceException
        or GeneralSecurityException or Org.BouncyCastle.Crypto.CryptoException
        or System.Security.Cryptography.CryptographicException;
}
