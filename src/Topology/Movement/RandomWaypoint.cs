using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Random waypoint (Johnson and Maltz 1996): to a place drawn uniformly, in a straight line, at a speed drawn uniformly, then a pause. Started
/// in its stationary state (Navidi and Camp 2004), in which nodes are denser in the middle and slower than the mean speed.
/// </summary>
/// <param name="Speed">Its least is above 0; else the mean speed would fall for ever.</param>
/// <param name="PauseSeconds">At least 0.</param>
public sealed record RandomWaypoint(Area Area, SpeedRange Speed, double PauseSeconds) : MovementModel(Area)
{
    public override string? Flaw => Speed.Flaw ?? (PauseSeconds >= 0 ? null : "the pause is negative");

    /// <summary>Share of time that a node pauses.</summary>
    public double PausedShare => PauseSeconds / (PauseSeconds + MeanDistance(Area) * Speed.MeanSlowness);

    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;

        // Ways through a place in a direction: of all lengths that reach it from behind and leave it ahead, longer ones in proportion.
        var direction = Direction(ref stream);
        var (behind, ahead) = (Area.ToBorder(at, -1 * direction), Area.ToBorder(at, direction));
        var mean = MeanDistance(Area) * Area.Square / (2 * Math.PI);
        var moving = (1 - PausedShare) * behind * ahead * (behind + ahead) / 2 / mean;
        var diagonal = new PlanePoint(Area.Width, Area.Height).Length;
        var most = PausedShare + (1 - PausedShare) * diagonal * diagonal * diagonal / 8 / mean;
        if (stream.NextDouble() * most >= PausedShare + moving)
            return false;
        if (stream.NextDouble() * (PausedShare + moving) < PausedShare)
        {
            walker.Go(at, default, stream.NextDouble() * PauseSeconds);
            walker.Memory = 1;
            return true;
        }

        var left = (-behind + Math.Sqrt(behind * behind + 4 * stream.NextDouble() * ahead * (behind + ahead))) / 2;
        walker.GoTo(at, Area.Inside(at + left * direction), Speed.DrawByTime(ref stream));
        return true;
    }

    /// <summary>Memory is 1 on a pause.</summary>
    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        if (walker.Memory == 0 && PauseSeconds > 0)
        {
            walker.Go(walker.End, default, PauseSeconds);
            walker.Memory = 1;
            return;
        }

        walker.GoTo(walker.End, Area.Uniform(ref stream), Speed.Draw(ref stream));
        walker.Memory = 0;
    }

    /// <summary>Mean distance of two uniform places in a rectangle, in metres (Ghosh 1951).</summary>
    public static double MeanDistance(Area area)
    {
        var (a, b) = (area.Width, area.Height);
        var diagonal = Math.Sqrt(a * a + b * b);
        static double Arcosh(double x) => PortableMath.Log(x + Math.Sqrt(x * x - 1));
        return (a * a * a / (b * b) + b * b * b / (a * a) + diagonal * (3 - a * a / (b * b) - b * b / (a * a))) / 15
            + (b * b / a * Arcosh(diagonal / b) + a * a / b * Arcosh(diagonal / a)) / 6;
    }
}
