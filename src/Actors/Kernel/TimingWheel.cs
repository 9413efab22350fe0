using System.Numerics;
using System.Runtime.CompilerServices;

namespace Actors.Kernel;

/// <summary>One wheel: a chain of keys for each bucket, and a bitmap of the occupied ones.</summary>
internal sealed class TimingWheel(KeyChunks chunks)
{
    public const int BucketBits = 12;
    public const int Buckets = 1 << BucketBits;
    public const int None = -1;

    private readonly ulong[] _occupied = new ulong[Buckets / 64];

    /// <summary>One more than the chain's handle; 0 for an empty bucket.</summary>
    private readonly int[] _chains = new int[Buckets];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int bucket, in EventKey key)
    {
        ref var chain = ref _chains[bucket];
        if (chain == 0)
            _occupied[bucket >> 6] |= 1UL << bucket;
        chain = chunks.Add(chain - 1, key) + 1;
    }

    /// <summary>Empty a bucket; returns the chain of its keys.</summary>
    public int Take(int bucket)
    {
        var chain = _chains[bucket] - 1;
        _chains[bucket] = 0;
        _occupied[bucket >> 6] &= ~(1UL << bucket);
        return chain;
    }

    /// <summary>The first occupied bucket at or after <paramref name="from"/> and at most <paramref name="last"/>, or <see cref="None"/>.</summary>
    public int NextOccupied(int from, int last = Buckets - 1)
    {
        if (from > last)
            return None;
        var word = from >> 6;
        var bits = _occupied[word] & (ulong.MaxValue << from);
        while (bits == 0)
        {
            if (++word > last >> 6)
                return None;
            bits = _occupied[word];
        }

        var bucket = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return bucket <= last ? bucket : None;
    }

    public void Clear()
    {
        Array.Clear(_chains);
        Array.Clear(_occupied);
    }
}
