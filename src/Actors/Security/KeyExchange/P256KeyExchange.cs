using System.Security.Cryptography;
using Actors.Security.Signatures;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Curve = Actors.Security.Signatures.P256;

namespace Actors.Security.KeyExchange;

/// <summary>Diffie-Hellman over P-256 (RFC 5903), IKEv2's group 19: a share is x and y, the secret is x.</summary>
internal sealed class P256KeyExchange() : DiffieHellmanExchange("p256", 19, 2 * Curve.ScalarBytes)
{
    private const byte Uncompressed = 4;

    public override IKeyExchangeInitiation Initiate(SecureRandom random) => Initiate(Curve.NextScalar(random));

    internal static IKeyExchangeInitiation Initiate(BigInteger secret) => new Half(secret);

    private sealed class Half : IKeyExchangeInitiation
    {
        private readonly ECParameters _key;

        public Half(BigInteger secret)
        {
            var point = Curve.Multiply(secret);
            _key = Curve.Platform(point, secret);
            Request = point.GetEncoded(compressed: false).AsMemory(1);
        }

        public ReadOnlyMemory<byte> Request { get; }

        public SharedSecret? Agree(ReadOnlySpan<byte> answer)
        {
            if (answer.Length != 2 * Curve.ScalarBytes || Curve.ReadPoint([Uncompressed, .. answer]) is not { } point)
                return null;
            using var own = ECDiffieHellman.Create(_key);
            using var peer = ECDiffieHellman.Create(Curve.Platform(point));
            using var peerKey = peer.PublicKey;
            return Secret(own.DeriveRawSecretAgreement(peerKey));
        }
    }
}
