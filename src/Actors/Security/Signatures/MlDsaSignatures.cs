using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Actors.Security.Signatures;

/// <summary>ML-DSA (FIPS 204), deterministic variant, empty context; in certificates as RFC 9881 says.</summary>
internal sealed class MlDsaSignatures(MLDsaParameters parameters, DerObjectIdentifier identifier, int signatureBytes)
    : SignatureAlgorithm(parameters.Name.ToLowerInvariant(), signatureBytes, new AlgorithmIdentifier(identifier))
{
    private const int SeedBytes = 32;

    internal override SubjectPublicKeyInfo SizedPublicKey => Info(PrivateKey(new byte[SeedBytes]).GetPublicKeyEncoded());

    public override KeyPair GenerateKeyPair(SecureRandom random)
    {
        var seed = new byte[SeedBytes];
        random.NextBytes(seed);
        return FromSeed(seed);
    }

    /// <summary>The key pair of the seed xi of FIPS 204, algorithm 1.</summary>
    internal KeyPair FromSeed(byte[] seed)
    {
        var key = PrivateKey(seed);
        return new KeyPair(this, Info(key.GetPublicKeyEncoded()).GetDerEncoded(), new Signer(parameters, key));
    }

    protected override IVerifier? Read(SubjectPublicKeyInfo info) => info.Algorithm.Equals(Identifier)
        ? new Verifier(parameters, MLDsaPublicKeyParameters.FromEncoding(parameters, info.PublicKey.GetOctets()), SignatureBytes)
        : null;

    private MLDsaPrivateKeyParameters PrivateKey(byte[] seed) => MLDsaPrivateKeyParameters.FromSeed(parameters, seed);

    private SubjectPublicKeyInfo Info(byte[] key) => new(Identifier, key);

    private sealed class Signer : ISigner
    {
        private readonly MLDsaSigner _signer;

        public Signer(MLDsaParameters parameters, MLDsaPrivateKeyParameters key)
        {
            _signer = new MLDsaSigner(parameters, deterministic: true);
            _signer.Init(forSigning: true, key);
        }

        public byte[] Sign(ReadOnlySpan<byte> message)
        {
            _signer.BlockUpdate(message);
            return _signer.GenerateSignature();
        }
    }

    private sealed class Verifier : IVerifier
    {
        private readonly MLDsaSigner _signer;
        private readonly int _signatureBytes;

        public Verifier(MLDsaParameters parameters, MLDsaPublicKeyParameters key, int signatureBytes)
        {
            _signatureBytes = signatureBytes;
            _signer = new MLDsaSigner(parameters, deterministic: true);
            _signer.Init(forSigning: false, key);
        }

        public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            if (signature.Length != _signatureBytes)
                return false;
            _signer.BlockUpdate(message);
            return _signer.VerifySignature(signature.ToArray());
        }
    }
}
