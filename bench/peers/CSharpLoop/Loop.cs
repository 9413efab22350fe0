namespace Peers;

/// <summary>SplitMix64, one stream per entity.</summary>
internal struct Stream(ulong seed, ulong entity)
{
    private ulong _state = Mix(Mix(seed) ^ (entity + 1));

    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public int Below(int bound) => (int)(((Bits() >> 32) * (ulong)bound) >> 32);

    /// <summary>Exponential with a mean in ticks.</summary>
    public long Exponential(double mean) => (long)Math.Round(-Math.Log(((Bits() >> 12) + 0.5) * (1.0 / (1UL << 52))) * mean);

    private ulong Bits() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

internal readonly record struct Event(long Time, int Entity)
{
    public bool IsBefore(in Event other) => Time < other.Time || (Time == other.Time && Entity < other.Entity);
}

/// <summary>A 4-ary implicit heap.</summary>
internal sealed class Heap(int capacity)
{
    private readonly Event[] _events = new Event[capacity];
    private int _count;

    public Event Top => _events[0];

    public void Push(Event added)
    {
        var hole = _count++;
        while (hole > 0)
        {
            var parent = (hole - 1) / 4;
            if (!added.IsBefore(_events[parent]))
                break;
            _events[hole] = _events[parent];
            hole = parent;
        }

        _events[hole] = added;
    }

    public Event Pop()
    {
        var first = _events[0];
        var last = _events[--_count];
        var hole = 0;
        while (true)
        {
            var child = 4 * hole + 1;
            if (child >= _count)
                break;
            var end = Math.Min(child + 4, _count);
            var least = child;
            for (var i = child + 1; i < end; i++)
            {
                if (_events[i].IsBefore(_events[least]))
                    least = i;
            }

            if (!_events[least].IsBefore(last))
                break;
            _events[hole] = _events[least];
            hole = least;
        }

        _events[hole] = last;
        return first;
    }
}
