using Akka.Actor;

namespace Experiments.Cluster.Span;

/// <summary>A member that takes part in networks.</summary>
/// <param name="Address"><c>host:port</c></param>
/// <param name="BatchPort">Where the other members call it.</param>
internal sealed record SpanSeat(string Address, IActorRef Actor, int Threads, int BatchPort);

/// <summary>The members that a coordinator knows of, by address, and which of them can have a part in the next network.</summary>
internal sealed class SpanRoster(TimeSpan offerAgain, TimeSpan patience)
{
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private TimeSpan _changed;

    /// <summary>Those that have answered, in the order of their addresses: the same for all attempts of the same members.</summary>
    public IReadOnlyList<SpanSeat> Enlisted => [.. _entries.Values.Select(entry => entry.Seat).OfType<SpanSeat>()];

    /// <summary>A member of the cluster can be reached, for the first time or again.</summary>
    public void Seen(string address, Address at, TimeSpan now)
    {
        if (_entries.TryAdd(address, new Entry(at)))
            _changed = now;
    }

    public void Lost(string address, TimeSpan now)
    {
        if (_entries.Remove(address))
            _changed = now;
    }

    public void Enlist(SpanSeat seat, TimeSpan now)
    {
        if (_entries.TryGetValue(seat.Address, out var entry) && !seat.Actor.Equals(entry.Seat?.Actor))
            (entry.Seat, _changed) = (seat, now);
    }

    public void Decline(string address)
    {
        if (_entries.TryGetValue(address, out var entry))
            (entry.Declined, entry.Seat) = (true, null);
    }

    /// <summary>Members to ask now: those that have not answered for a while.</summary>
    public IReadOnlyList<Address> ToAsk(TimeSpan now)
    {
        var due = _entries.Values.Where(entry => entry.Seat is null && !entry.Declined && !(now - entry.Asked < offerAgain)).ToList();
        foreach (var entry in due)
            entry.Asked = now;
        return [.. due.Select(entry => entry.At)];
    }

    /// <summary>Whether a network can begin: some have answered, and of the others none is likely to in a moment.</summary>
    public bool IsReady(TimeSpan now) =>
        _entries.Values.Any(entry => entry.Seat is not null)
        && (_entries.Values.All(entry => entry.Seat is not null || entry.Declined) || now - _changed > patience);

    private sealed class Entry(Address at)
    {
        public Address At => at;

        public TimeSpan? Asked { get; set; }

        public bool Declined { get; set; }

        public SpanSeat? Seat { get; set; }
    }
}
