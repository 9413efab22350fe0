using System.Runtime.CompilerServices;

namespace Actors.Kernel;

/// <summary>
/// Keys of events in unordered chains of small chunks. Reading a chain streams through memory: the payloads, which lie
/// elsewhere, are not touched, and no key has to be waited for to find the next.
/// </summary>
internal sealed class KeyChunks
{
    public const int None = -1;

    /// <summary>Keys in a chunk: 192 bytes.</summary>
    public const int Length = 8;

    private const int Mask = Length - 1;

    private EventKey[] _keys = new EventKey[16 * Length];

    /// <summary>By chunk: the place of the last key of the full chunk that follows it in its chain, or the next free chunk.</summary>
    private int[] _next = new int[16];
    private int _free = None;
    private int _used;

    /// <summary>Add a key to a chain; returns the chain's new handle.</summary>
    /// <param name="chain">The place of the key that was added last, or <see cref="None"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(int chain, in EventKey key)
    {
        // The place before the first of a chunk is the last of another, as -1 is.
        var place = (chain & Mask) == Mask ? NewChunk(chain) : chain + 1;
        _keys[place] = key;
        return place;
    }

    /// <summary>Take the keys of a chain's first chunk, which is given back; at least one.</summary>
    /// <param name="chain">Not <see cref="None"/>; then the rest of the chain.</param>
    /// <param name="keys">Room for <see cref="Length"/> keys.</param>
    public int Take(ref int chain, Span<EventKey> keys)
    {
        var chunk = chain / Length;
        var count = (chain & Mask) + 1;
        _keys.AsSpan(chunk * Length, count).CopyTo(keys);
        chain = _next[chunk];
        _next[chunk] = _free;
        _free = chunk;
        return count;
    }

    /// <summary>Room for so many keys, in chunks of which most are full.</summary>
    public void Reserve(int keys)
    {
        var chunks = keys / Length * 5 / 4;
        if (chunks <= _next.Length)
            return;
        Array.Resize(ref _next, chunks);
        Array.Resize(ref _keys, chunks * Length);
    }

    public void Clear()
    {
        _used = 0;
        _free = None;
    }

    private int NewChunk(int following)
    {
        var chunk = _free;
        if (chunk != None)
        {
            _free = _next[chunk];
        }
        else
        {
            chunk = _used++;
            if (chunk == _next.Length)
            {
                Array.Resize(ref _next, EventQueue.Larger(chunk));
                Array.Resize(ref _keys, _next.Length * Length);
            }
        }

        _next[chunk] = following;
        return chunk * Length;
    }
}
