namespace Actors.Kernel;

/// <summary>Keys in order, taken from the head and added to at the tail.</summary>
internal sealed class SortedRun
{
    /// <summary>From so many keys on, they are spread by tick before they are sorted by insertion.</summary>
    private const int Many = 24;

    /// <summary>Room for more keys is given back after a crowd, such as all that starts at time zero: 1.5 MB.</summary>
    private const int MostKept = 1 << 16;

    private readonly int[] _ends = new int[EventQueue.TicksPerBucket];
    private EventKey[] _keys = new EventKey[64];
    private EventKey[] _unordered = new EventKey[64];
    private int _head;
    private int _tail;

    public int Count => _tail - _head;

    public ref readonly EventKey First => ref _keys[_head];

    public void RemoveFirst() => _head++;

    public void Clear() => _head = _tail = 0;

    /// <summary>The slot of the key <paramref name="ahead"/> steps after the first, or -1.</summary>
    public int SlotAhead(int ahead) => _head + ahead < _tail ? _keys[_head + ahead].Slot : -1;

    /// <summary>Add a chain of keys, all of which come after those that are here and lie in one bucket of the innermost wheel.</summary>
    public void Append(KeyChunks chunks, int chain)
    {
        if (_head > 0)
        {
            _keys.AsSpan(_head, Count).CopyTo(_keys);
            (_head, _tail) = (0, Count);
            if (_keys.Length > MostKept && _tail <= MostKept / 2)
            {
                Array.Resize(ref _keys, MostKept);
                _unordered = new EventKey[MostKept];
            }
        }

        var first = _tail;
        do
        {
            if (_tail + KeyChunks.Length > _keys.Length)
                Array.Resize(ref _keys, 2 * _keys.Length);
            _tail += chunks.Take(ref chain, _keys.AsSpan(_tail));
        }
        while (chain != KeyChunks.None);
        Sort(_keys.AsSpan(first, _tail - first));
    }

    public void RemoveAll(Func<EventKey, bool> match)
    {
        var kept = _head;
        for (var i = _head; i < _tail; i++)
        {
            if (!match(_keys[i]))
                _keys[kept++] = _keys[i];
        }

        _tail = kept;
    }

    private void Sort(Span<EventKey> keys)
    {
        if (keys.Length > Many)
            SpreadByTick(keys);
        for (var i = 1; i < keys.Length; i++)
        {
            var key = keys[i];
            var j = i - 1;
            for (; j >= 0 && key.IsBefore(keys[j]); j--)
                keys[j + 1] = keys[j];
            keys[j + 1] = key;
        }
    }

    /// <summary>A counting sort by time: where ticks are as fine as events are many, little is left to do. Falls back on a comparing sort for crowds of one instant.</summary>
    private void SpreadByTick(Span<EventKey> keys)
    {
        if (_unordered.Length < keys.Length)
            _unordered = new EventKey[Math.Max(keys.Length, 2 * _unordered.Length)];
        keys.CopyTo(_unordered);
        Array.Clear(_ends);
        foreach (ref readonly var key in keys)
            _ends[key.Time & (EventQueue.TicksPerBucket - 1)]++;
        var (end, most) = (0, 0);
        foreach (ref var count in _ends.AsSpan())
        {
            most = Math.Max(most, count);
            end += count;
            count = end;
        }

        if (most > Many)
        {
            keys.Sort();
            return;
        }

        for (var i = keys.Length - 1; i >= 0; i--)
            keys[--_ends[_unordered[i].Time & (EventQueue.TicksPerBucket - 1)]] = _unordered[i];
    }
}
