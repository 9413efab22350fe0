using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// How mobile nodes move on the plane: legs, each drawn when the one before is over. Nodes start in the stationary state of the model, so
/// that of the movement there is no warm-up to cut.
/// </summary>
public abstract record MovementModel(Area Area)
{
    /// <summary>What is wrong with the parameters, as a clause without a full stop; null for nothing.</summary>
    public abstract string? Flaw { get; }

    /// <summary>
    /// A start in the stationary state, given a place drawn uniformly from the area or a part of it: refused with the probability by which
    /// places like it are rarer in that state. The walker may stand elsewhere than <paramref name="at"/>, but near it.
    /// </summary>
    public abstract bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker);

    /// <summary>The next leg, from the end of the present one.</summary>
    public abstract void Next(ref Walker walker, ref RandomStream stream);

    /// <summary>How far <see cref="TryStart"/> may put a walker from the place it was given, in metres.</summary>
    public virtual double StartReach => 0;

    /// <summary>A start anywhere.</summary>
    public Walker Start(ref RandomStream stream)
    {
        Walker walker;
        while (!TryStart(Area.Uniform(ref stream), ref stream, out walker))
        {
        }

        return walker;
    }

    /// <summary>A direction, uniform, as a vector of length 1; without an angle, whose functions differ between machines.</summary>
    internal static PlanePoint Direction(ref RandomStream stream)
    {
        while (true)
        {
            var point = new PlanePoint(2 * stream.NextDouble() - 1, 2 * stream.NextDouble() - 1);
            var square = point.Dot(point);
            if (square is > 1e-12 and <= 1)
                return 1 / Math.Sqrt(square) * point;
        }
    }
}

/// <summary>Speeds, uniform between two bounds in m/s.</summary>
public readonly record struct SpeedRange(double Least, double Most)
{
    public double Mean => (Least + Most) / 2;

    /// <summary>Mean of 1 / v, in s/m: how long a metre takes.</summary>
    internal double MeanSlowness => Most > Least ? PortableMath.Log(Most / Least) / (Most - Least) : 1 / Least;

    internal string? Flaw => Least > 0 && Most >= Least && double.IsFinite(Most) ? null : "the least speed is not above 0, or the greatest is below it";

    internal double Draw(ref RandomStream stream) => Least + (Most - Least) * stream.NextDouble();

    /// <summary>The speed at an instant of legs of given length: slow ones last longer, so its density falls with 1 / v.</summary>
    internal double DrawByTime(ref RandomStream stream) => Least * PortableMath.Exp(stream.NextDouble() * PortableMath.Log(Most / Least));
}
