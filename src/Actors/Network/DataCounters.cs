namespace Actors.Network;

/// <summary>Packets of data by what happened to them and by direction; one object per logical process, summed at the end.</summary>
public sealed class DataCounters
{
    private static readonly int Events = Enum.GetValues<DataEvent>().Length;
    private static readonly int Directions = Enum.GetValues<DataDirection>().Length;
    private readonly long[] _counts = new long[Events * Directions];

    /// <summary>In both directions.</summary>
    public long this[DataEvent what] => this[what, DataDirection.Down] + this[what, DataDirection.Up];

    public long this[DataEvent what, DataDirection direction] => _counts[Index(what, direction)];

    /// <summary>Packets that have not been received by the end of the run.</summary>
    public long Lost => this[DataEvent.Sent] - this[DataEvent.Received];

    /// <summary>Packets that a router has held back and not let go by the end of the run.</summary>
    public long Held => this[DataEvent.Buffered] - this[DataEvent.Released];

    public void Count(DataEvent what, DataDirection direction = DataDirection.Down) => _counts[Index(what, direction)]++;

    public void Clear() => Array.Clear(_counts);

    public void Add(DataCounters other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    private static int Index(DataEvent what, DataDirection direction) => (int)direction * Events + (int)what;
}
