using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Security;

namespace Actors.Security.KeyExchange;

/// <summary>X25519 (RFC 7748; RFC 8031), IKEv2's group 31. A point of small order, whose secret is zero, is refused.</summary>
internal sealed class X25519KeyExchange() : DiffieHellmanExchange("x25519", 31, X25519.PointSize)
{
    public override IKeyExchangeInitiation Initiate(SecureRandom random)
    {
        var secret = new byte[X25519.ScalarSize];
        X25519.GeneratePrivateKey(random, secret);
        return Initiate(secret);
    }

    internal static IKeyExchangeInitiation Initiate(byte[] secret) => new Half(secret);

    private sealed class Half : IKeyExchangeInitiation
    {
        private readonly byte[] _secret;

        public Half(byte[] secret)
        {
            var share = new byte[X25519.PointSize];
            X25519.GeneratePublicKey(secret, share);
            (_secret, Request) = (secret, share);
        }

        public ReadOnlyMemory<byte> Request { get; }

        public SharedSecret? Agree(ReadOnlySpan<byte> answer)
        {
            var shared = new byte[X25519.PointSize];
            return answer.Length == X25519.PointSize && X25519.CalculateAgreement(_secret, answer, shared) ? Secret(shared) : null;
        }
    }
}
