using System.Security.Cryptography;

namespace Actors.Security.Ike;

/// <summary>IKEv2's pseudo-random function, PRF_HMAC_SHA2_256 (RFC 4868), and its iteration prf+ (RFC 7296, section 2.13).</summary>
public static class Prf
{
    /// <summary>Length of an output, and of the keys SK_d, SK_pi and SK_pr.</summary>
    public const int Bytes = 32;

    private const int MostBlocks = 255;

    public static byte[] Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => HMACSHA256.HashData(key, data);

    /// <summary>prf+(K, S) = T1 | T2 | ..., with T1 = prf(K, S | 01) and Tn = prf(K, Tn-1 | S | n).</summary>
    /// <param name="length">At most 255 blocks of 32 bytes.</param>
    public static byte[] Plus(ReadOnlySpan<byte> key, ReadOnlySpan<byte> seed, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostBlocks * Bytes);
        var material = new byte[length];
        var input = new byte[Bytes + seed.Length + 1];
        seed.CopyTo(input.AsSpan(Bytes));
        for (var (block, done) = (1, 0); done < length; block++, done += Bytes)
        {
            input[^1] = (byte)block;
            var output = Compute(key, block == 1 ? input.AsSpan(Bytes) : input);
            output.CopyTo(input, 0);
            output.AsSpan(0, Math.Min(Bytes, length - done)).CopyTo(material.AsSpan(done));
        }

        return material;
    }
}
