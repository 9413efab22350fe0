namespace Actors.Kernel;

/// <summary>
/// The order of events, equal on every machine and for every partitioning: virtual time, then the stable identity of the
/// actor that scheduled the event, then that actor's own sequence number.
/// </summary>
/// <param name="Slot">Where the event's payload lies; takes no part in the order.</param>
internal readonly record struct EventKey(long Time, ulong Source, uint Sequence, int Slot) : IComparable<EventKey>
{
    public int CompareTo(EventKey other)
    {
        if (Time != other.Time)
            return Time < other.Time ? -1 : 1;
        if (Source != other.Source)
            return Source < other.Source ? -1 : 1;
        return Sequence.CompareTo(other.Sequence);
    }

    public bool IsBefore(in EventKey other) =>
        Time < other.Time || (Time == other.Time
            && (Source < other.Source || (Source == other.Source && Sequence < other.Sequence)));
}
