using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>A rectangle from the origin, in metres, whose borders reflect.</summary>
public readonly record struct Area(double Width, double Height)
{
    public double Square => Width * Height;

    /// <summary>How many times a vector leads from a place inside to the border.</summary>
    internal double ToBorder(PlanePoint from, PlanePoint direction) => Math.Min(
        Reach(from.X, direction.X, Width), Reach(from.Y, direction.Y, Height));

    /// <summary>Sets a leg of so many seconds that ends earlier where it meets a border; what is left goes into memory.</summary>
    internal void Cut(ref Walker walker, PlanePoint from, PlanePoint velocity, double seconds)
    {
        var first = ToBorder(from, velocity);
        walker.Go(from, velocity, Math.Min(first, seconds));
        walker.Memory = Math.Max(0, seconds - first);
    }

    /// <summary>The place moved to the border where rounding has put it beyond.</summary>
    internal PlanePoint Inside(PlanePoint point) => new(Math.Clamp(point.X, 0, Width), Math.Clamp(point.Y, 0, Height));

    internal PlanePoint Uniform(ref RandomStream stream) => new(stream.NextDouble() * Width, stream.NextDouble() * Height);

    private static double Reach(double from, double velocity, double size) =>
        velocity > 0 ? Math.Max(0, (size - from) / velocity) : velocity < 0 ? Math.Max(0, from / -velocity) : double.PositiveInfinity;
}
