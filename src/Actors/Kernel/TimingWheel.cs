using System.Numerics;
using System.Runtime.CompilerServices;

namespace Actors.Kernel;

/// <summary>One wheel: heads of bucket chains (slot + 1, 0 for empty) and a bitmap of the occupied ones.</summary>
internal sealed class TimingWheel
{
    public const int BucketBits = 12;
    public const int Buckets = 1 << BucketBits;
    public const int None = -1;

    private readonly ulong[] _occupied = new ulong[Buckets / 64];
    private readonly int[] _heads = new int[Buckets];

    /// <summary>Make a slot the head of a bucket's chain; returns the slot that follows it, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Put(int bucket, int slot)
    {
        ref var head = ref _heads[bucket];
        var following = head - 1;
        if (head == 0)
            _occupied[bucket >> 6] |= 1UL << bucket;
        head = slot + 1;
        return following;
    }

    /// <summary>Empty a bucket; returns the head of its chain.</summary>
    public int Take(int bucket)
    {
        var slot = _heads[bucket] - 1;
        _heads[bucket] = 0;
        _occupied[bucket >> 6] &= ~(1UL << bucket);
        return slot;
    }

    /// <summary>The first occupied bucket at or after <paramref name="from"/>, or <see cref="None"/>.</summary>
    public int NextOccupied(int from)
    {
        if (from >= Buckets)
            return None;
        var word = from >> 6;
        var bits = _occupied[word] & (ulong.MaxValue << from);
        while (bits == 0)
        {
            if (++word == _occupied.Length)
                return None;
            bits = _occupied[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    public void Clear()
    {
        Array.Clear(_heads);
        Array.Clear(_occupied);
    }
}
