using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Actors.Security.Signatures;

/// <summary>Ed25519 (RFC 8032), in certificates as RFC 8410 says and in IKEv2 as RFC 8420.</summary>
internal sealed class Ed25519Signatures() : SignatureAlgorithm("ed25519", Rfc8032.SignatureSize, KeyAlgorithm)
{
    private static readonly AlgorithmIdentifier KeyAlgorithm = new(EdECObjectIdentifiers.id_Ed25519);

    internal override SubjectPublicKeyInfo SizedPublicKey => new(KeyAlgorithm, new byte[Rfc8032.PublicKeySize]);

    public override KeyPair GenerateKeyPair(SecureRandom random)
    {
        var secret = new byte[Rfc8032.SecretKeySize];
        random.NextBytes(secret);
        var signer = new Signer(secret);
        return new KeyPair(this, new SubjectPublicKeyInfo(KeyAlgorithm, signer.PublicKey).GetDerEncoded(), signer);
    }

    internal static ISigner SignerOf(byte[] secret) => new Signer(secret);

    protected override IVerifier? Read(SubjectPublicKeyInfo info) =>
        info.Algorithm.Equals(KeyAlgorithm)
        && info.PublicKey.GetOctets() is { } key && key.Length == Rfc8032.PublicKeySize
        && Rfc8032.ValidatePublicKeyFullExport(key) is { } point
            ? new Verifier(point)
            : null;

    private sealed class Signer : ISigner
    {
        private readonly byte[] _secret;

        public Signer(byte[] secret)
        {
            _secret = secret;
            Rfc8032.GeneratePublicKey(secret, PublicKey);
        }

        public byte[] PublicKey { get; } = new byte[Rfc8032.PublicKeySize];

        public byte[] Sign(ReadOnlySpan<byte> message)
        {
            var signature = new byte[Rfc8032.SignatureSize];

            // As a span: an array in this place would be taken for a context.
            Rfc8032.Sign(_secret, PublicKey.AsSpan(), message, signature);
            return signature;
        }
    }

    private sealed class Verifier(Rfc8032.PublicPoint key) : IVerifier
    {
        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            signature.Length == Rfc8032.SignatureSize && Rfc8032.Verify(signature, key, message);
    }
}
