using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Security;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Actors.Security.Signatures;

/// <summary>
/// The private key generator of vBNN-IBS over P-256 (Cao, Kou, Dang and Zhao 2008): an identity-based signature without
/// pairings. It knows every key that it extracts. Not constant-time: nothing outside a simulation may rely on it.
/// </summary>
public sealed class IdentityKeyGenerator
{
    private readonly BigInteger _master;

    /// <param name="random">Gives the master secret z.</param>
    public IdentityKeyGenerator(SecureRandom random)
    {
        _master = P256.NextScalar(random);
        PublicKey = P256.Multiply(_master).GetEncoded(compressed: true);
    }

    /// <summary>Z = zG, a compressed point.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The signer for an identity: R = rG and y = r + H1(R, ID) z, with r from <paramref name="random"/>.</summary>
    public ISigner Extract(string identity, SecureRandom random)
    {
        var r = P256.NextScalar(random);
        var point = P256.Multiply(r).GetEncoded(compressed: true);
        var y = r.Add(IdentityBased.HashIdentity(point, identity).Multiply(_master)).Mod(P256.Order);
        return new IdentitySigner(identity, point, y);
    }
}

/// <summary>Makes signatures (R, h, z'): T = tG, h = H2(ID, R, T, m), z' = t + h y.</summary>
internal sealed class IdentitySigner(string identity, byte[] point, BigInteger secret) : ISigner
{
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        // The nonce is that of RFC 6979 for the key y and the hash of all that is signed: the same message, the same bytes.
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(P256.Order, secret, IdentityBased.Digest("nonce", Encoding.UTF8.GetBytes(identity), point, message));
        while (true)
        {
            var t = nonces.NextK();
            var h = IdentityBased.HashMessage(identity, point, P256.Multiply(t), message);
            var z = t.Add(h.Multiply(secret)).Mod(P256.Order);
            if (h.SignValue != 0 && z.SignValue != 0)
                return [.. point, .. P256.Bytes(h), .. P256.Bytes(z)];
        }
    }
}

/// <summary>Verifies signatures of one identity under one generator: T = z'G - h(R + H1(R, ID) Z), and h must be H2(ID, R, T, m).</summary>
public sealed class IdentityVerifier : IVerifier
{
    private readonly string _identity;
    private readonly ECPoint _generatorKey;

    private IdentityVerifier(string identity, ECPoint generatorKey) => (_identity, _generatorKey) = (identity, generatorKey);

    /// <summary>Null when the generator's public key is no point of the curve.</summary>
    public static IdentityVerifier? For(string identity, ReadOnlySpan<byte> generatorKey) =>
        P256.ReadPoint(generatorKey) is { } point ? new IdentityVerifier(identity, point) : null;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != IdentityBased.SignatureBytes)
            return false;
        var encodedR = signature[..P256.CompressedBytes];
        if (P256.ReadPoint(encodedR) is not { } r
            || P256.ReadScalar(signature.Slice(P256.CompressedBytes, P256.ScalarBytes)) is not { } h
            || P256.ReadScalar(signature[(P256.CompressedBytes + P256.ScalarBytes)..]) is not { } z)
            return false;

        // As one sum of three products: z'G - hR - (h H1(R, ID))Z.
        var minusH = P256.Order.Subtract(h);
        var c = IdentityBased.HashIdentity(encodedR, _identity);
        var t = ECAlgorithms.SumOfMultiplies([P256.Generator, r, _generatorKey], [z, minusH, minusH.Multiply(c).Mod(P256.Order)]).Normalize();
        return !t.IsInfinity && IdentityBased.HashMessage(_identity, encodedR, t, message).Equals(h);
    }
}

/// <summary>The hashes of vBNN-IBS; every input goes in with its length, so that no two tuples hash alike.</summary>
public static class IdentityBased
{
    /// <summary>R compressed, h and z'.</summary>
    public const int SignatureBytes = P256.CompressedBytes + 2 * P256.ScalarBytes;

    public static readonly CryptoOperation Extract = new("vbnn-p256-extract");
    public static readonly CryptoOperation Sign = new("vbnn-p256-sign");
    public static readonly CryptoOperation Verify = new("vbnn-p256-verify");

    internal static BigInteger HashIdentity(ReadOnlySpan<byte> point, string identity) =>
        Scalar(Digest("H1", point, Encoding.UTF8.GetBytes(identity), []));

    internal static BigInteger HashMessage(string identity, ReadOnlySpan<byte> point, ECPoint t, ReadOnlySpan<byte> message) =>
        Scalar(Digest("H2", Encoding.UTF8.GetBytes(identity), [.. point, .. t.GetEncoded(compressed: true)], message));

    internal static byte[] Digest(string domain, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Encoding.UTF8.GetBytes($"vBNN-IBS P-256 {domain}"));
        Add(hash, first);
        Add(hash, second);
        Add(hash, third);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    // 256 bits modulo an order of 256 bits: the bias is below 2^-32, which no signature of a simulation shows.
    private static BigInteger Scalar(byte[] digest) => new BigInteger(1, digest).Mod(P256.Order);
}
