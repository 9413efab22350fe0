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

    private sealed class Half(BigInteger secret) : IKeyExchangeInitiation
    {
        public ReadOnlyMemory<byte> Request { get; } = Curve.Multiply(secret).GetEncoded(compressed: false).AsMemory(1);

        // By the library: the platform would have to take in two keys each time, which costs more than it saves.
        public SharedSecret? Agree(ReadOnlySpan<byte> answer) =>
            answer.Length == 2 * Curve.ScalarBytes && Curve.ReadPoint([Uncompressed, .. answer]) is { } point
                ? Secret(point.Multiply(secret).Normalize().AffineXCoord.GetEncoded())
                : null;
    }
}
