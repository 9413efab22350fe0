using Actors.Security.Signatures;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Actors.Security.KeyExchange;

/// <summary>
/// ML-KEM-768 (FIPS 203), IKEv2's transform 36: the initiator sends an encapsulation key, the responder a ciphertext. An altered
/// ciphertext of the right length is not refused but gives another secret (implicit rejection).
/// </summary>
internal sealed class MlKemKeyExchange() : SingleKeyExchange("ml-kem-768", new KeyExchangePart(36, KeyBytes, CiphertextBytes))
{
    private const int SeedBytes = 64;
    private const int KeyBytes = 1184;
    private const int CiphertextBytes = 1088;
    private const int SecretBytes = 32;

    private static readonly MLKemParameters Parameters = MLKemParameters.ml_kem_768;

    public override IKeyExchangeInitiation Initiate(SecureRandom random)
    {
        var seed = new byte[SeedBytes];
        random.NextBytes(seed);
        return Initiate(seed);
    }

    public override KeyExchangeResponse? Respond(ReadOnlySpan<byte> request, SecureRandom random)
    {
        if (request.Length != KeyBytes)
            return null;
        try
        {
            var encapsulator = new MLKemEncapsulator(Parameters);
            encapsulator.Init(new ParametersWithRandom(MLKemPublicKeyParameters.FromEncoding(Parameters, request.ToArray()), random));
            byte[] ciphertext = new byte[CiphertextBytes], secret = new byte[SecretBytes];
            encapsulator.Encapsulate(ciphertext, secret);
            return new KeyExchangeResponse(ciphertext, Secret(secret));
        }
        catch (Exception problem) when (Malformed.Is(problem))
        {
            return null;
        }
    }

    /// <param name="seed">d and z of FIPS 203, algorithm 19.</param>
    internal static IKeyExchangeInitiation Initiate(byte[] seed) => new Half(MLKemPrivateKeyParameters.FromSeed(Parameters, seed));

    private sealed class Half(MLKemPrivateKeyParameters key) : IKeyExchangeInitiation
    {
        public ReadOnlyMemory<byte> Request { get; } = key.GetPublicKeyEncoded();

        public SharedSecret? Agree(ReadOnlySpan<byte> answer)
        {
            if (answer.Length != CiphertextBytes)
                return null;
            var decapsulator = new MLKemDecapsulator(Parameters);
            decapsulator.Init(key);
            var secret = new byte[SecretBytes];
            decapsulator.Decapsulate(answer, secret);
            return Secret(secret);
        }
    }
}
