using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// Manhattan grid (ETSI TR 101 112; Bai, Sadagopan and Helmy 2003): along streets at equal distances; at a crossing straight on with
/// probability 1/2, left and right with 1/4 each; where one of the three is missing, the other two with 1/2 each. The speed is drawn for each
/// block. Nodes are uniform on the streets at every instant.
/// </summary>
/// <param name="Block">Metres between two streets; the area counts as far as whole blocks reach, one at least.</param>
public sealed record ManhattanGrid(Area Area, SpeedRange Speed, double Block)
    : MovementModel(new Area(Math.Max(1, Math.Floor(Area.Width / Block)) * Block, Math.Max(1, Math.Floor(Area.Height / Block)) * Block))
{
    public override string? Flaw => Speed.Flaw ?? (Block > 0 ? null : "a block is not above 0 m");

    public override double StartReach => Block;

    /// <summary>To the next street across or along, each as likely; the outermost ones have half the places that inner ones have, which refuse half.</summary>
    public override bool TryStart(PlanePoint at, ref RandomStream stream, out Walker walker)
    {
        walker = default;
        var isAlongX = stream.NextDouble() < 0.5;
        var size = isAlongX ? Area.Height : Area.Width;
        var street = Math.Round((isAlongX ? at.Y : at.X) / Block) * Block;
        if (street > 0 && street < size && stream.NextDouble() < 0.5)
            return false;
        var place = isAlongX ? at with { Y = street } : at with { X = street };
        var forward = stream.NextDouble() < 0.5 ? 1 : -1;
        var along = isAlongX ? place.X : place.Y;
        var corner = forward > 0 ? Math.Floor(along / Block) * Block + Block : Math.Ceiling(along / Block) * Block - Block;
        corner = Math.Clamp(corner, 0, isAlongX ? Area.Width : Area.Height);
        walker.GoTo(place, isAlongX ? place with { X = corner } : place with { Y = corner }, Speed.DrawByTime(ref stream));
        (walker.Memory, walker.OtherMemory) = isAlongX ? (forward, 0) : (0, forward);
        return true;
    }

    /// <summary>The memories are the direction, in blocks.</summary>
    public override void Next(ref Walker walker, ref RandomStream stream)
    {
        var corner = new PlanePoint(Math.Round(walker.End.X / Block) * Block, Math.Round(walker.End.Y / Block) * Block);
        var ahead = new PlanePoint(walker.Memory, walker.OtherMemory);
        var left = new PlanePoint(-ahead.Y, ahead.X);
        var right = new PlanePoint(ahead.Y, -ahead.X);
        var (goesAhead, goesLeft, goesRight) = (Exists(ahead), Exists(left), Exists(right));
        var draw = stream.NextDouble();
        var direction = (goesAhead, goesLeft, goesRight) switch
        {
            (true, true, true) => draw < 0.5 ? ahead : draw < 0.75 ? left : right,
            (true, true, false) => draw < 0.5 ? ahead : left,
            (true, false, true) => draw < 0.5 ? ahead : right,
            (false, true, true) => draw < 0.5 ? left : right,
            (true, false, false) => ahead,
            (false, true, false) => left,
            (false, false, true) => right,
            _ => -1 * ahead,
        };
        walker.GoTo(corner, corner + Block * direction, Speed.Draw(ref stream));
        (walker.Memory, walker.OtherMemory) = (direction.X, direction.Y);

        bool Exists(PlanePoint direction)
        {
            var next = corner + Block * direction;
            var slack = Block / 2;
            return next.X > -slack && next.X < Area.Width + slack && next.Y > -slack && next.Y < Area.Height + slack;
        }
    }
}
