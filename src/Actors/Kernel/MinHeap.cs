namespace Actors.Kernel;

/// <summary>A binary heap of event keys in one array.</summary>
internal sealed class MinHeap
{
    private EventKey[] _keys = new EventKey[16];

    public int Count { get; private set; }

    public ref readonly EventKey Top => ref _keys[0];

    /// <summary>All keys, in heap order.</summary>
    public ReadOnlySpan<EventKey> Keys => _keys.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Push(in EventKey key)
    {
        if (Count == _keys.Length)
            Array.Resize(ref _keys, 2 * Count);
        var hole = Count++;
        while (hole > 0)
        {
            var parent = (hole - 1) >> 1;
            if (!key.IsBefore(_keys[parent]))
                break;
            _keys[hole] = _keys[parent];
            hole = parent;
        }

        _keys[hole] = key;
    }

    public void Pop()
    {
        var last = _keys[--Count];
        var hole = 0;
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _keys[child + 1].IsBefore(_keys[child]))
                child++;
            if (!_keys[child].IsBefore(last))
                break;
            _keys[hole] = _keys[child];
            hole = child;
        }

        _keys[hole] = last;
    }

    public void RemoveAll(Func<EventKey, bool> match)
    {
        var count = Count;
        Count = 0;
        for (var i = 0; i < count; i++)
        {
            // What is pushed never overtakes what is still to be read.
            var key = _keys[i];
            if (!match(key))
                Push(key);
        }
    }
}
