using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Gauss-Markov (Liang and Haas 1999): the velocity, a normal vector of mean zero, is drawn anew each step and keeps the share
/// <paramref name="MemoryShare"/> of what it was, so that its autocorrelation after n steps is that share to the power n. Borders
/// reflect; places are uniform at every instant.
/// </summary>
/// <param name="Speed">Each node draws its mean speed from it.</param>
/// <param name="MemoryShare">0 for none, to below 1.</param>
/// <param name="StepSeconds">Above 0.</param>
public sealed record GaussMarkov(Area Area, SpeedRange Speed, double MemoryShare, double StepSeconds) : MovementModel(Area)
{
    /// <summary>sqrt(pi / 2): mean length of a vector of two standard normal numbers.</summary>
    private const double RayleighMean = 1.2533141373155001;

    public override string? Flaw => Speed.Flaw
        ?? (MemoryShare is >= 0 and < 1 ? null : "memory is not at least 0 and below 1") ?? (StepSeconds > 0 ? null : "the step is not above 0");

    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;
        walker.OtherMemory = Speed.Draw(ref stream) / RayleighMean;
        Area.Cut(ref walker, at, walker.OtherMemory * Normal(ref stream), StepSeconds * stream.NextOpenDouble());
        return true;
    }

    /// <summary>Memory is the time of the step that a border has left over, the other one the standard deviation of a coordinate.</summary>
    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        var from = Area.Inside(walker.End);
        if (walker.Memory > 0)
        {
            Reflection.GoOn(Area, ref walker, from);
            return;
        }

        var spread = walker.OtherMemory * Math.Sqrt(1 - MemoryShare * MemoryShare);
        Area.Cut(ref walker, from, MemoryShare * walker.Velocity + spread * Normal(ref stream), StepSeconds);
    }

    private static PlanePoint Normal(ref RandomStream stream) =>
        new(PortableMath.NormalQuantile(stream.NextOpenDouble()), PortableMath.NormalQuantile(stream.NextOpenDouble()));
}
