using Topology.Plans;

namespace Topology.Movement;

/// <summary>What a node does at a border: it goes on as a ray of light does at a mirror.</summary>
internal static class Reflection
{
    /// <summary>The rest of a leg that met a border at <paramref name="from"/>.</summary>
    public static void GoOn(Area area, ref Walker walker, PlanePoint from)
    {
        var velocity = walker.Velocity;
        const double Near = 1e-9;
        if ((velocity.X > 0 && from.X >= area.Width - Near) || (velocity.X < 0 && from.X <= Near))
            velocity = velocity with { X = -velocity.X };
        if ((velocity.Y > 0 && from.Y >= area.Height - Near) || (velocity.Y < 0 && from.Y <= Near))
            velocity = velocity with { Y = -velocity.Y };
        area.Cut(ref walker, from, velocity, walker.Memory);
    }
}
