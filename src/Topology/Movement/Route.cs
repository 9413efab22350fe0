using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Round a list of places, with a pause at each, at a speed that each node draws for itself. Nodes start anywhere on the way, in proportion to the
/// time that is spent there.
/// </summary>
/// <param name="Places">At least two, in metres.</param>
/// <param name="PauseSeconds">At each place, at least 0.</param>
public sealed record Route(Area Area, IReadOnlyList<PlanePoint> Places, SpeedRange Speed, double PauseSeconds) : MovementModel(Area)
{
    public override string? Flaw => Speed.Flaw
        ?? (Places.Count >= 2 && Length > 0 ? null : "the way has fewer than two places") ?? (PauseSeconds >= 0 ? null : "the pause is negative");

    public override double StartReach => double.PositiveInfinity;

    private double Length => Enumerable.Range(0, Places.Count).Sum(place => Places[place].DistanceTo(Places[(place + 1) % Places.Count]));

    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;
        walker.OtherMemory = Speed.Draw(ref stream);
        var time = stream.NextDouble() * (Length / walker.OtherMemory + Places.Count * PauseSeconds);
        for (var place = 0; ; place = (place + 1) % Places.Count)
        {
            walker.Memory = place;
            walker.Go(Places[place], default, PauseSeconds);
            if (time < PauseSeconds)
            {
                walker.Seconds -= time;
                return true;
            }

            time -= PauseSeconds;
            walker.GoTo(Places[place], Places[(place + 1) % Places.Count], walker.OtherMemory);
            if (time < walker.Seconds)
            {
                walker.Go(walker.After(time), walker.Velocity, walker.Seconds - time);
                return true;
            }

            time = Math.Max(0, time - walker.Seconds);
        }
    }

    /// <summary>Memory is the place that the node is at or has left, the other one its speed.</summary>
    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        var place = (int)walker.Memory;
        if (walker.Velocity != default || Places[place] == Places[(place + 1) % Places.Count])
        {
            walker.Memory = place = (place + 1) % Places.Count;
            if (PauseSeconds > 0)
            {
                walker.Go(Places[place], default, PauseSeconds);
                return;
            }
        }

        walker.GoTo(Places[place], Places[(place + 1) % Places.Count], walker.OtherMemory);
    }
}
