using Actors.Security.Keys;
using Actors.Security.Signatures;

namespace Tests.Actors.Security;

/// <summary>A key pair of each algorithm, made once: RSA takes its time.</summary>
internal static class TestKeys
{
    private static readonly Dictionary<string, Lazy<KeyPair>> Pairs = SignatureAlgorithm.All.ToDictionary(
        algorithm => algorithm.Name, algorithm => new Lazy<KeyPair>(() => algorithm.GenerateKeyPair(SimulationRandom.For(11, 0, 1))));

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    public static KeyPair Of(string algorithm)
    {
        lock (Pairs)
            return Pairs[algorithm].Value;
    }

    public static IVerifier VerifierOf(KeyPair pair) => pair.Algorithm.ReadPublicKey(pair.PublicKeyInfo.Span)!;

    /// <summary>The bytes with one bit of one byte changed.</summary>
    public static byte[] Flip(ReadOnlySpan<byte> bytes, int index, int bit = -1)
    {
        var flipped = bytes.ToArray();
        flipped[index] ^= (byte)(1 << (bit < 0 ? index % 8 : bit));
        return flipped;
    }
}
