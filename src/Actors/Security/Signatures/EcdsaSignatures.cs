using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Actors.Security.Signatures;

/// <summary>
/// ECDSA over P-256 with SHA-256, signature in DER. The nonce is that of RFC 6979, so that bytes reproduce; the platform
/// draws its own, so it only verifies.
/// </summary>
internal sealed class EcdsaSignatures() : SignatureAlgorithm("ecdsa-p256", GreatestBytes, new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256))
{
    /// <summary>A sequence of two integers of 32 bytes and a sign byte each.</summary>
    private const int GreatestBytes = 2 + 2 * (2 + 33);

    private static readonly AlgorithmIdentifier KeyAlgorithm = new(X9ObjectIdentifiers.IdECPublicKey, X9ObjectIdentifiers.Prime256v1);

    internal override SubjectPublicKeyInfo SizedPublicKey => Info(P256.Generator);

    public override KeyPair GenerateKeyPair(SecureRandom random)
    {
        var secret = P256.NextScalar(random);
        return new KeyPair(this, Info(P256.Multiply(secret)).GetDerEncoded(), SignerOf(secret));
    }

    internal static ISigner SignerOf(BigInteger secret) => new Signer(secret);

    protected override IVerifier? Read(SubjectPublicKeyInfo info) =>
        info.Algorithm.Equals(KeyAlgorithm) && P256.ReadPoint(info.PublicKey.GetOctets()) is { } point
            ? new Verifier(ECDsa.Create(P256.Platform(point)))
            : null;

    private static SubjectPublicKeyInfo Info(Org.BouncyCastle.Math.EC.ECPoint point) => new(KeyAlgorithm, point.GetEncoded(compressed: false));

    private sealed class Signer(BigInteger secret) : ISigner
    {
        private readonly ECPrivateKeyParameters _key = new(secret, P256.Domain);

        public byte[] Sign(ReadOnlySpan<byte> message)
        {
            var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
            signer.Init(forSigning: true, _key);
            var pair = signer.GenerateSignature(SHA256.HashData(message));
            return new DerSequence(new DerInteger(pair[0]), new DerInteger(pair[1])).GetDerEncoded();
        }
    }

    private sealed class Verifier(ECDsa key) : IVerifier
    {
        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            HasTwoPositiveIntegers(signature)
            && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        /// <summary>The platform takes an integer without its sign byte for positive: a signature would have two encodings.</summary>
        private static bool HasTwoPositiveIntegers(ReadOnlySpan<byte> signature)
        {
            try
            {
                AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out var start, out var length, out var consumed);
                var integers = signature.Slice(start, length);
                var r = AsnDecoder.ReadIntegerBytes(integers, AsnEncodingRules.DER, out var firstBytes);
                var s = AsnDecoder.ReadIntegerBytes(integers[firstBytes..], AsnEncodingRules.DER, out var secondBytes);
                return consumed == signature.Length && firstBytes + secondBytes == length && (r[0] & 0x80) == 0 && (s[0] & 0x80) == 0;
            }
            catch (AsnContentException)
            {
                return false;
            }
        }
    }
}
