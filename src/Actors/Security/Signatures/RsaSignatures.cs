using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Actors.Security.Signatures;

/// <summary>
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2), exponent 65537. The primes come from the given source; the
/// arithmetic is the platform's. PSS is not offered: its salt is random, and the platform lets nobody choose it.
/// </summary>
internal sealed class RsaSignatures(int bits) : SignatureAlgorithm($"rsa-{bits}", bits / 8, new AlgorithmIdentifier(PkcsObjectIdentifiers.Sha256WithRsaEncryption, DerNull.Instance))
{
    private const int PrimeCertainty = 112;
    private static readonly BigInteger Exponent = BigInteger.ValueOf(65537);

    internal override SubjectPublicKeyInfo SizedPublicKey => Info(BigInteger.One.ShiftLeft(bits).Subtract(BigInteger.One));

    public override KeyPair GenerateKeyPair(SecureRandom random)
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(Exponent, random, bits, PrimeCertainty));
        var pair = (RsaPrivateCrtKeyParameters)generator.GenerateKeyPair().Private;
        var half = bits / 16;
        var rsa = RSA.Create(new RSAParameters
        {
            Modulus = pair.Modulus.ToByteArrayUnsigned(),
            Exponent = pair.PublicExponent.ToByteArrayUnsigned(),
            D = Fixed(pair.Exponent, bits / 8),
            P = Fixed(pair.P, half),
            Q = Fixed(pair.Q, half),
            DP = Fixed(pair.DP, half),
            DQ = Fixed(pair.DQ, half),
            InverseQ = Fixed(pair.QInv, half),
        });
        return new KeyPair(this, Info(pair.Modulus).GetDerEncoded(), new Signer(rsa));
    }

    protected override IVerifier? Read(SubjectPublicKeyInfo info)
    {
        if (!info.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return null;
        var key = RsaPublicKeyStructure.GetInstance(info.ParsePublicKey());
        return key.Modulus.BitLength != bits || !key.PublicExponent.Equals(Exponent)
            ? null
            : new Verifier(RSA.Create(new RSAParameters
            {
                Modulus = key.Modulus.ToByteArrayUnsigned(),
                Exponent = key.PublicExponent.ToByteArrayUnsigned(),
            }));
    }

    private static SubjectPublicKeyInfo Info(BigInteger modulus) =>
        new(new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), new RsaPublicKeyStructure(modulus, Exponent));

    private static byte[] Fixed(BigInteger value, int bytes)
    {
        var padded = new byte[bytes];
        value.ToByteArrayUnsigned().CopyTo(padded, bytes - value.GetLengthofByteArrayUnsigned());
        return padded;
    }

    private sealed class Signer(RSA key) : ISigner
    {
        public byte[] Sign(ReadOnlySpan<byte> message) =>
            key.SignHash(SHA256.HashData(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private sealed class Verifier(RSA key) : IVerifier
    {
        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
