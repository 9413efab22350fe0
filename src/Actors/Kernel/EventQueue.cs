using System.Runtime.CompilerServices;

namespace Actors.Kernel;

/// <summary>
/// Pending events of one partition in the order of <see cref="EventKey"/>. A hierarchical timing wheel (Varghese and Lauck
/// 1987) of keys, whose innermost buckets are sorted as their time draws near, and a slab of payloads: adding touches a
/// bucket's last chunk and a slot that was used lately, taking is a step along the sorted run, whose payloads can be fetched
/// ahead. What is added into the time span of the run waits in a small heap beside it.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>Width of an innermost bucket: 6.4 us.</summary>
    public const int TicksPerBucket = 1 << TickBits;

    /// <summary>The latest instant that the wheels reach: 28 years.</summary>
    public const long LatestTime = (1L << (TickBits + Levels * LevelBits - 1)) - 1;

    private const int TickBits = 6;
    private const int LevelBits = TimingWheel.BucketBits;
    private const int Buckets = TimingWheel.Buckets;
    private const int Levels = 4;
    private const int None = TimingWheel.None;

    /// <summary>With fewer events than this in the run, buckets that follow closely are taken into it.</summary>
    private const int EnoughAhead = 16;

    /// <summary>How many buckets on is close: a quarter of the 0.5 ms of processing, so that little is added behind them.</summary>
    private const int CloseBuckets = 20;

    private readonly KeyChunks _chunks = new();
    private readonly TimingWheel[] _levels;
    private readonly MinHeap _early = new();
    private readonly SortedRun _run = new();
    private PendingEvent[] _slab = new PendingEvent[256];
    private int[] _free = new int[256];
    private int _freeCount;
    private int _used;

    /// <summary>Number of the last innermost bucket in the run: everything up to its end lies in the run or the heap.</summary>
    private long _current = -1;

    private int _cancelled;

    public EventQueue() => _levels = [.. Enumerable.Range(0, Levels).Select(_ => new TimingWheel(_chunks))];

    /// <summary>Events that are pending and not cancelled.</summary>
    public int Count { get; private set; }

    /// <summary>Slots in use or free: the most events, cancelled ones included, that have been held at once.</summary>
    public int Slots => _used;

    public ref PendingEvent this[int slot] => ref _slab[slot];

    /// <summary>
    /// Room for so many events at once, which takes no memory before it is used. What a queue outgrows is garbage that the collector
    /// finds late, and at the price of a look through the whole heap.
    /// </summary>
    public void Reserve(int events)
    {
        _chunks.Reserve(events);
        if (events <= _slab.Length)
            return;
        Array.Resize(ref _slab, events);
        Array.Resize(ref _free, events);
    }

    /// <summary>Add an event and return its slot, in which the caller then puts the payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref PendingEvent Add(long time, ulong source, uint sequence, out int slot)
    {
        slot = _freeCount > 0 ? _free[--_freeCount] : NewSlot();
        Count++;
        var key = new EventKey(time, source, sequence, slot);
        if (time >> TickBits <= _current)
            _early.Push(key);
        else
            Link(key);
        return ref _slab[slot];
    }

    /// <summary>The time of the next event that is not cancelled, or <see cref="long.MaxValue"/>.</summary>
    public long NextTime => TryPeek(out var key) ? key.Time : long.MaxValue;

    /// <summary>
    /// The next event if its time is at most <paramref name="until"/>. The caller reads the payload and then calls
    /// <see cref="Release"/>.
    /// </summary>
    public bool TryTake(long until, out EventKey key)
    {
        if (!TryPeek(out key) || key.Time > until)
            return false;
        RemoveFirst(key);
        Count--;
        if (_run.Count < EnoughAhead)
            LookAhead();
        return true;
    }

    /// <summary>The slot of the event <paramref name="ahead"/> steps after the next in the sorted run, or -1; for prefetching only.</summary>
    public int SlotAhead(int ahead) => _run.SlotAhead(ahead);

    /// <summary>Give a taken event's slot back.</summary>
    public void Release(int slot)
    {
        _slab[slot] = default;
        _free[_freeCount++] = slot;
    }

    /// <summary>
    /// Cancel a pending timer. The payload goes at once; its key is skipped when met, and all skipped keys are swept as soon
    /// as they are half as many as the live ones, so cancelled timers never pile up.
    /// </summary>
    public void Cancel(VirtualTimer timer)
    {
        _slab[timer.Slot] = default;
        timer.Slot = None;
        Count--;
        if (++_cancelled > Count / 2 + 1024)
            Sweep();
    }

    /// <summary>Forget everything; timers that were pending are so no longer.</summary>
    public void Clear()
    {
        for (var slot = 0; slot < _used; slot++)
        {
            if (_slab[slot].Timer is { } timer)
                timer.Slot = None;
        }

        Array.Clear(_slab, 0, _used);
        foreach (var level in _levels)
            level.Clear();
        _chunks.Clear();
        _early.Clear();
        _run.Clear();
        _used = _freeCount = _cancelled = Count = 0;
        _current = -1;
    }

    private bool TryPeek(out EventKey key)
    {
        while (true)
        {
            if (_run.Count > 0)
            {
                key = _run.First;
                if (_early.Count > 0 && _early.Top.IsBefore(key))
                    key = _early.Top;
            }
            else if (_early.Count > 0)
            {
                key = _early.Top;
            }
            else if (!Refill())
            {
                key = default;
                return false;
            }
            else
            {
                continue;
            }

            if (!IsCancelled(key.Slot))
                return true;
            RemoveFirst(key);
            Release(key.Slot);
            _cancelled--;
        }
    }

    private void RemoveFirst(in EventKey key)
    {
        if (_run.Count > 0 && _run.First.Slot == key.Slot)
            _run.RemoveFirst();
        else
            _early.Pop();
    }

    /// <summary>A cancelled event has lost its message; no live event lacks one.</summary>
    private bool IsCancelled(int slot) => _slab[slot].Message is null;

    /// <summary>The next length of an array that is full: where there are very many events, a third of the room would else stand empty.</summary>
    internal static int Larger(int length) => length < 1 << 16 ? 2 * length : length + length / 4;

    private int NewSlot()
    {
        if (_used == _slab.Length)
        {
            Array.Resize(ref _slab, Larger(_used));
            Array.Resize(ref _free, Larger(_used));
        }

        return _used++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(in EventKey key)
    {
        // The innermost level on which the event's bucket lies in the same turn of the wheel as the present one.
        var bucket = key.Time >> TickBits;
        var turn = (ulong)(bucket ^ Math.Max(_current, 0)) >> LevelBits;
        var level = 0;
        while (turn != 0)
        {
            turn >>= LevelBits;
            level++;
        }

        _levels[level].Put((int)((bucket >> (level * LevelBits)) & (Buckets - 1)), key);
    }

    /// <summary>Take the next occupied bucket of the innermost wheel into the run if it follows closely, so that there is something to fetch ahead.</summary>
    private void LookAhead()
    {
        if (_current < 0)
            return;
        var position = (int)(_current & (Buckets - 1));
        var next = _levels[0].NextOccupied(position + 1, Math.Min(position + CloseBuckets, Buckets - 1));
        if (next != None)
            TakeBucket(next);
    }

    /// <summary>Move the next occupied bucket into the run, which is empty. False when there is none.</summary>
    private bool Refill()
    {
        while (true)
        {
            var next = _levels[0].NextOccupied(_current < 0 ? 0 : (int)(_current & (Buckets - 1)) + 1);
            if (next != None)
            {
                TakeBucket(next);
                return true;
            }

            if (!Descend())
                return false;
            if (_early.Count > 0)
                return true;
        }
    }

    private void TakeBucket(int position)
    {
        _current = (Math.Max(_current, 0) & ~(long)(Buckets - 1)) | (uint)position;
        _run.Append(_chunks, _levels[0].Take(position));
    }

    /// <summary>Spread the next occupied bucket of an outer level over the levels inside it.</summary>
    private bool Descend()
    {
        var current = Math.Max(_current, 0);
        for (var level = 1; level < Levels; level++)
        {
            var position = (int)((current >> (level * LevelBits)) & (Buckets - 1));
            var next = _levels[level].NextOccupied(position + 1);
            if (next == None)
                continue;

            // One before the bucket's first innermost one, so that this is still to come.
            var span = level * LevelBits;
            var start = (((current >> span) & ~(long)(Buckets - 1)) | (uint)next) << span;
            var chain = _levels[level].Take(next);
            _current = start;
            Span<EventKey> keys = stackalloc EventKey[KeyChunks.Length];
            while (chain != KeyChunks.None)
            {
                var count = _chunks.Take(ref chain, keys);
                foreach (ref readonly var key in keys[..count])
                {
                    if (key.Time >> TickBits == start)
                        _early.Push(key);
                    else
                        Link(key);
                }
            }

            return true;
        }

        return false;
    }

    /// <summary>Drop every cancelled key, wherever it lies.</summary>
    private void Sweep()
    {
        Span<EventKey> keys = stackalloc EventKey[KeyChunks.Length];
        foreach (var level in _levels)
        {
            for (var bucket = level.NextOccupied(0); bucket != None; bucket = level.NextOccupied(bucket + 1))
            {
                var chain = level.Take(bucket);
                while (chain != KeyChunks.None)
                {
                    var count = _chunks.Take(ref chain, keys);
                    foreach (ref readonly var key in keys[..count])
                    {
                        if (!TrySweep(key.Slot))
                            level.Put(bucket, key);
                    }
                }
            }
        }

        _run.RemoveAll(key => TrySweep(key.Slot));
        _early.RemoveAll(key => TrySweep(key.Slot));
        _cancelled = 0;
    }

    private bool TrySweep(int slot)
    {
        if (!IsCancelled(slot))
            return false;
        Release(slot);
        return true;
    }
}
