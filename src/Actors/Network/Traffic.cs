namespace Actors.Network;

/// <summary>
/// A stream of data to each mobile node from its correspondent: packets of equal size at equal intervals (constant bit rate).
/// It ends by itself, so that a run does.
/// </summary>
/// <param name="Interval">Between two packets; positive.</param>
/// <param name="PayloadBytes">Of each packet; not negative.</param>
/// <param name="Duration">The first packet leaves at the start of the run, the last one before this time is over; positive.</param>
public sealed record Traffic(TimeSpan Interval, int PayloadBytes, TimeSpan Duration);
