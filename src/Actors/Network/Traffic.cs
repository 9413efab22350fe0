using Actors.Network.TrafficModels;

namespace Actors.Network;

/// <summary>
/// A stream of data between each mobile node and its correspondent, or one in each direction. It ends by itself, so that a
/// run does.
/// </summary>
/// <param name="Model">When packets leave, and how long they are.</param>
/// <param name="Duration">The first packet leaves at the start of the run, the last one before this time is over; positive.</param>
public sealed record Traffic(TrafficModel Model, TimeSpan Duration)
{
    /// <summary>Packets of equal size at equal intervals.</summary>
    public Traffic(TimeSpan interval, int payloadBytes, TimeSpan duration)
        : this(new ConstantBitRate(interval, payloadBytes), duration)
    {
    }

    /// <summary>Whether the correspondent sends.</summary>
    public bool IsDown { get; init; } = true;

    /// <summary>Whether the mobile node sends.</summary>
    public bool IsUp { get; init; }

    /// <summary>The directions in which it flows.</summary>
    public IEnumerable<DataDirection> Directions => Enum.GetValues<DataDirection>().Where(direction => direction == DataDirection.Down ? IsDown : IsUp);
}

/// <summary>Which end of a stream sends.</summary>
public enum DataDirection : byte
{
    /// <summary>The correspondent, to the mobile node.</summary>
    Down,

    /// <summary>The mobile node, to the correspondent.</summary>
    Up,
}
