namespace Topology.Plans;

/// <summary>A place on the plane that cells and mobile nodes share, in metres.</summary>
public readonly record struct PlanePoint(double X, double Y)
{
    public static PlanePoint operator +(PlanePoint left, PlanePoint right) => new(left.X + right.X, left.Y + right.Y);

    public static PlanePoint operator -(PlanePoint left, PlanePoint right) => new(left.X - right.X, left.Y - right.Y);

    public static PlanePoint operator *(double factor, PlanePoint point) => new(factor * point.X, factor * point.Y);

    /// <summary>Inner product, in square metres.</summary>
    public double Dot(PlanePoint other) => X * other.X + Y * other.Y;

    /// <summary>Distance from the origin, in metres.</summary>
    public double Length => Math.Sqrt(Dot(this));

    public double DistanceTo(PlanePoint other) => (this - other).Length;
}
