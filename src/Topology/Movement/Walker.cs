using Topology.Plans;

namespace Topology.Movement;

/// <summary>
/// A mobile node on its present leg, a straight piece of its way at constant speed: all that a movement model remembers of it.
/// </summary>
public struct Walker
{
    /// <summary>Where the leg starts, in metres.</summary>
    public PlanePoint At;

    /// <summary>In m/s; zero while it pauses.</summary>
    public PlanePoint Velocity;

    /// <summary>How long the leg takes, in seconds.</summary>
    public double Seconds;

    /// <summary>What a model keeps from leg to leg: time left, a speed, a place in a list.</summary>
    public double Memory;

    /// <summary>A second such number.</summary>
    public double OtherMemory;

    /// <summary>Legs so far: each draws from a stream of its own.</summary>
    public int Legs;

    /// <summary>Where the leg ends.</summary>
    public readonly PlanePoint End => At + Seconds * Velocity;

    /// <summary>The place so many seconds after the start of the leg.</summary>
    public readonly PlanePoint After(double seconds) => At + seconds * Velocity;

    /// <summary>A pause, or a way in a straight line.</summary>
    internal void Go(PlanePoint from, PlanePoint velocity, double seconds) => (At, Velocity, Seconds) = (from, velocity, seconds);

    /// <summary>The way to a place at a speed in m/s.</summary>
    internal void GoTo(PlanePoint from, PlanePoint to, double speed)
    {
        var distance = from.DistanceTo(to);
        Go(from, distance > 0 ? speed / distance * (to - from) : default, distance / speed);
    }
}
