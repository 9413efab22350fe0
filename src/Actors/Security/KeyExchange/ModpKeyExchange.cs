using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace Actors.Security.KeyExchange;

/// <summary>Diffie-Hellman in the 2048-bit MODP group (RFC 3526, section 3), IKEv2's group 14.</summary>
internal sealed class ModpKeyExchange() : DiffieHellmanExchange("modp-2048", 14, ModulusBytes)
{
    private const int ModulusBytes = 256;

    /// <summary>The greater of the two exponent sizes that RFC 3526, section 8, gives for this group.</summary>
    private const int ExponentBits = 320;

    private static readonly DHParameters Group = DHStandardGroups.rfc3526_2048;

    public override IKeyExchangeInitiation Initiate(SecureRandom random) =>
        new Half(BigIntegers.CreateRandomBigInteger(ExponentBits, random).SetBit(ExponentBits - 1));

    private sealed class Half(BigInteger exponent) : IKeyExchangeInitiation
    {
        public ReadOnlyMemory<byte> Request { get; } = Bytes(Group.G.ModPow(exponent, Group.P));

        public SharedSecret? Agree(ReadOnlySpan<byte> answer)
        {
            var share = new BigInteger(1, answer);

            // RFC 6989, section 2.1: a safe prime needs no more than the range checked.
            return answer.Length == ModulusBytes && share.CompareTo(BigInteger.One) > 0 && share.CompareTo(Group.P.Subtract(BigInteger.One)) < 0
                ? Secret(Bytes(share.ModPow(exponent, Group.P)))
                : null;
        }

        private static byte[] Bytes(BigInteger element) => BigIntegers.AsUnsignedByteArray(ModulusBytes, element);
    }
}
