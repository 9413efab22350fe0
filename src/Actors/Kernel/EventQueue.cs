using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Actors.Kernel;

/// <summary>One pending delivery, in a slot of the queue's slab.</summary>
internal struct PendingEvent
{
    public long Time;
    public ulong Source;
    public uint Sequence;

    /// <summary>Next slot in the same bucket or in the free list; -1 at the end.</summary>
    public int Next;

    /// <summary>Null for an action, and for a cancelled event that waits to be swept.</summary>
    public IActorRef? Receiver;

    public object? Message;
    public IActorRef? Sender;
    public VirtualTimer? Timer;
}

/// <summary>
/// Pending events of one partition in the order of <see cref="EventKey"/>. A hierarchical timing wheel (Varghese and Lauck
/// 1987) whose innermost bucket is sorted when its time comes: adding touches the event's own cache line and a bucket head,
/// taking is a step along the sorted run. What is added into the run's own time span waits in a small heap beside it.
/// </summary>
internal sealed class EventQueue
{
    private const int TickBits = 6;
    private const int LevelBits = TimingWheel.BucketBits;
    private const int Buckets = TimingWheel.Buckets;
    private const int Levels = 4;
    private const int None = TimingWheel.None;

    /// <summary>The latest instant that the wheels reach: 28 years.</summary>
    public const long LatestTime = (1L << (TickBits + Levels * LevelBits - 1)) - 1;

    private readonly TimingWheel[] _levels = [.. Enumerable.Range(0, Levels).Select(_ => new TimingWheel())];
    private readonly MinHeap _early = new();
    private PendingEvent[] _slab = new PendingEvent[256];
    private int _free = None;
    private int _used;
    private EventKey[] _run = new EventKey[64];
    private int _runHead;
    private int _runTail;

    /// <summary>Number of the innermost bucket that the run holds: everything up to its end lies in the run or the heap.</summary>
    private long _current = -1;

    private int _cancelled;

    /// <summary>Events that are pending and not cancelled.</summary>
    public int Count { get; private set; }

    /// <summary>Slots in use or free: the most events, cancelled ones included, that have been held at once.</summary>
    public int Slots => _used;

    public ref PendingEvent this[int slot] => ref _slab[slot];

    /// <summary>Add an event and return its slot, in which the caller then puts the payload.</summary>
    public ref PendingEvent Add(long time, ulong source, uint sequence, out int slot)
    {
        slot = _free;
        if (slot != None)
            _free = _slab[slot].Next;
        else
            slot = NewSlot();

        Count++;
        ref var entry = ref _slab[slot];
        entry.Time = time;
        entry.Source = source;
        entry.Sequence = sequence;
        if (time >> TickBits <= _current)
            _early.Push(new EventKey(time, source, sequence, slot));
        else
            Link(slot, ref entry);
        return ref entry;
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
        return true;
    }

    /// <summary>Give a taken event's slot back.</summary>
    public void Release(int slot)
    {
        ref var entry = ref _slab[slot];
        entry.Receiver = null;
        entry.Message = null;
        entry.Sender = null;
        entry.Timer = null;
        entry.Next = _free;
        _free = slot;
    }

    /// <summary>
    /// Cancel a pending timer. The payload goes at once; its key is skipped when met, and all skipped keys are swept as soon
    /// as they outnumber the live ones, so cancelled timers never pile up.
    /// </summary>
    public void Cancel(VirtualTimer timer)
    {
        ref var entry = ref _slab[timer.Slot];
        entry.Receiver = null;
        entry.Message = null;
        entry.Sender = null;
        entry.Timer = null;
        timer.Slot = None;
        Count--;
        if (++_cancelled > Count + 1024)
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
        _early.Clear();
        _used = _runHead = _runTail = _cancelled = Count = 0;
        _free = None;
        _current = -1;
    }

    private bool TryPeek(out EventKey key)
    {
        while (true)
        {
            if (_runHead < _runTail)
            {
                key = _run[_runHead];
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
        if (_runHead < _runTail && _run[_runHead].Slot == key.Slot)
            _runHead++;
        else
            _early.Pop();
    }

    /// <summary>A cancelled event has lost its message; no live event lacks one.</summary>
    private bool IsCancelled(int slot) => _slab[slot].Message is null;

    private int NewSlot()
    {
        if (_used == _slab.Length)
            Array.Resize(ref _slab, 2 * _used);
        return _used++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(int slot, ref PendingEvent entry)
    {
        // The innermost level on which the event's bucket lies in the same turn of the wheel as the present one.
        var bucket = entry.Time >> TickBits;
        var turn = (ulong)(bucket ^ Math.Max(_current, 0)) >> LevelBits;
        var level = 0;
        while (turn != 0)
        {
            turn >>= LevelBits;
            level++;
        }

        entry.Next = _levels[level].Put((int)((bucket >> (level * LevelBits)) & (Buckets - 1)), slot);
    }

    /// <summary>Move the next occupied bucket into the run. False when there is none.</summary>
    private bool Refill()
    {
        _runHead = _runTail = 0;
        while (true)
        {
            var position = (int)(_current & (Buckets - 1));
            var next = _levels[0].NextOccupied(_current < 0 ? 0 : position + 1);
            if (next != None)
            {
                _current = (Math.Max(_current, 0) & ~(long)(Buckets - 1)) | (uint)next;
                Collect(_levels[0].Take(next));
                return true;
            }

            if (!Descend())
                return false;
            if (_runTail > 0)
                return true;
        }
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

            var span = level * LevelBits;
            var start = (((current >> span) & ~(long)(Buckets - 1)) | (uint)next) << span;
            var slot = _levels[level].Take(next);
            _current = start;
            while (slot != None)
            {
                ref var entry = ref _slab[slot];
                var following = entry.Next;
                if (entry.Time >> TickBits == start)
                    _early.Push(new EventKey(entry.Time, entry.Source, entry.Sequence, slot));
                else
                    Link(slot, ref entry);
                slot = following;
            }

            if (_early.Count > 0)
                CollectEarly();
            return true;
        }

        return false;
    }

    /// <summary>Events of the bucket that has just become current: sort them into the run, as <see cref="Collect"/> does.</summary>
    private void CollectEarly()
    {
        EnsureRun(_early.Count);
        _early.Keys.CopyTo(_run);
        _runTail = _early.Count;
        _early.Clear();
        Sort(_run.AsSpan(0, _runTail));
    }

    private void Collect(int slot)
    {
        while (slot != None)
        {
            ref var entry = ref _slab[slot];
            EnsureRun(_runTail + 1);
            _run[_runTail++] = new EventKey(entry.Time, entry.Source, entry.Sequence, slot);
            slot = entry.Next;
        }

        Sort(_run.AsSpan(0, _runTail));
    }

    private void EnsureRun(int length)
    {
        if (length > _run.Length)
            Array.Resize(ref _run, Math.Max(length, 2 * _run.Length));
    }

    private static void Sort(Span<EventKey> keys)
    {
        if (keys.Length > 24)
        {
            keys.Sort();
            return;
        }

        for (var i = 1; i < keys.Length; i++)
        {
            var key = keys[i];
            var j = i - 1;
            for (; j >= 0 && key.IsBefore(keys[j]); j--)
                keys[j + 1] = keys[j];
            keys[j + 1] = key;
        }
    }

    /// <summary>Drop every cancelled key, wherever it lies.</summary>
    private void Sweep()
    {
        foreach (var level in _levels)
        {
            for (var bucket = level.NextOccupied(0); bucket != None; bucket = level.NextOccupied(bucket + 1))
            {
                var slot = level.Take(bucket);
                while (slot != None)
                {
                    ref var entry = ref _slab[slot];
                    var following = entry.Next;
                    if (!TrySweep(slot))
                        entry.Next = level.Put(bucket, slot);
                    slot = following;
                }
            }
        }

        var kept = _runHead;
        for (var i = _runHead; i < _runTail; i++)
        {
            if (!TrySweep(_run[i].Slot))
                _run[kept++] = _run[i];
        }

        _runTail = kept;
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
