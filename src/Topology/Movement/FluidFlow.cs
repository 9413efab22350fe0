using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Fluid flow (Thomas, Gilbert and Mazziotto 1988): places and directions are uniform, each node keeps its speed and its direction, but for
/// the borders of the area. A node crosses the border of cells of perimeter P and surface S at the rate v P / (pi S).
/// </summary>
/// <param name="Speed">Of which each node draws its own.</param>
public sealed record FluidFlow(Area Area, SpeedRange Speed) : MovementModel(Area)
{
    public override string? Flaw => Speed.Flaw;

    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;
        Area.Cut(ref walker, at, Speed.Draw(ref stream) * Direction(ref stream), double.MaxValue);
        return true;
    }

    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        walker.Memory = double.MaxValue;
        Reflection.GoOn(Area, ref walker, Area.Inside(walker.End));
    }
}
