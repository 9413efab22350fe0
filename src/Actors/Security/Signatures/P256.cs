using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Actors.Security.Signatures;

/// <summary>The curve P-256 (FIPS 186-5; secp256r1): scalars and points as bytes, checked.</summary>
internal static class P256
{
    public const int ScalarBytes = 32;
    public const int CompressedBytes = 33;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256r1");

    public static readonly ECDomainParameters Domain = new(Curve);

    public static BigInteger Order => Curve.N;

    public static ECPoint Generator => Curve.G;

    /// <summary>Uniform on 1 .. n - 1.</summary>
    public static BigInteger NextScalar(SecureRandom random) =>
        BigIntegers.CreateRandomInRange(BigInteger.One, Order.Subtract(BigInteger.One), random);

    /// <summary>The product with the generator, in affine coordinates.</summary>
    public static ECPoint Multiply(BigInteger scalar) => new FixedPointCombMultiplier().Multiply(Generator, scalar).Normalize();

    public static byte[] Bytes(BigInteger scalar) => BigIntegers.AsUnsignedByteArray(ScalarBytes, scalar);

    /// <summary>The scalar of 32 bytes; null unless it is in 1 .. n - 1.</summary>
    public static BigInteger? ReadScalar(ReadOnlySpan<byte> bytes)
    {
        var scalar = new BigInteger(1, bytes);
        return scalar.SignValue > 0 && scalar.CompareTo(Order) < 0 ? scalar : null;
    }

    /// <summary>A compressed or uncompressed point; null when it is not on the curve, or is infinity.</summary>
    public static ECPoint? ReadPoint(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var point = Curve.Curve.DecodePoint(encoded);
            return point.IsInfinity || !point.IsValid() ? null : point.Normalize();
        }
        catch (Exception problem) when (Malformed.Is(problem))
        {
            return null;
        }
    }

    /// <summary>The platform's parameters of a public key.</summary>
    public static ECParameters Platform(ECPoint point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new System.Security.Cryptography.ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
    };
}
