using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Random direction with reflection (Nain, Towsley, Liu and Liu 2005): a direction and a speed, both uniform, for an exponential time, then a
/// pause. Places are uniform and directions too, at every instant.
/// </summary>
/// <param name="LegSeconds">Mean time between two changes, above 0.</param>
/// <param name="PauseSeconds">At least 0.</param>
public sealed record RandomDirection(Area Area, SpeedRange Speed, double LegSeconds, double PauseSeconds) : MovementModel(Area)
{
    public override string? Flaw => Speed.Flaw
        ?? (LegSeconds > 0 ? null : "the time of a leg is not above 0") ?? (PauseSeconds >= 0 ? null : "the pause is negative");

    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;
        if (stream.NextDouble() * (PauseSeconds + LegSeconds) < PauseSeconds)
            walker.Go(at, default, stream.NextDouble() * PauseSeconds);
        else
            Depart(ref walker, at, ref stream);
        return true;
    }

    /// <summary>Memory is the time that a border has left over.</summary>
    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        var from = Area.Inside(walker.End);
        if (walker.Memory > 0)
            Reflection.GoOn(Area, ref walker, from);
        else if (PauseSeconds > 0 && walker.Velocity != default)
            walker.Go(from, default, PauseSeconds);
        else
            Depart(ref walker, from, ref stream);
    }

    private void Depart(ref Walker walker, PlanePoint from, ref RandomStream stream)
    {
        var velocity = Speed.Draw(ref stream) * Direction(ref stream);
        Area.Cut(ref walker, from, velocity, -LegSeconds * PortableMath.Log(stream.NextOpenDouble()));
    }
}
