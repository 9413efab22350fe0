using Topology.Plans;

namespace Topology.Movement;

/// <summary>
/// Cells on the plane: a place belongs to the nearest router. How far a node is beyond the line midway between two routers is linear along a
/// straight way, so that the instant of a crossing is one division.
/// </summary>
public sealed class CellPlane
{
    private readonly PlanePoint[] _routers;
    private readonly double _bucket;
    private readonly PlanePoint _origin;
    private readonly int _columns;
    private readonly int _rows;

    /// <summary>Routers by square of the plane.</summary>
    private readonly int[][] _buckets;

    /// <summary>By router: those whose cells may border on its own, with the unit vector to them and half their distance.</summary>
    private readonly (int Router, PlanePoint Towards, double Half)[][] _neighbours;

    /// <param name="routers">At least one; no two at the same place.</param>
    /// <param name="spacing">Between neighbouring routers, in metres, above 0: those within 1.5 of it are neighbours.</param>
    public CellPlane(IReadOnlyList<PlanePoint> routers, double spacing)
    {
        _routers = [.. routers];
        _bucket = 1.5 * spacing;
        _origin = new PlanePoint(routers.Min(point => point.X), routers.Min(point => point.Y));
        _columns = 1 + (int)((routers.Max(point => point.X) - _origin.X) / _bucket);
        _rows = 1 + (int)((routers.Max(point => point.Y) - _origin.Y) / _bucket);
        var lists = new List<int>[_columns * _rows];
        for (var router = 0; router < _routers.Length; router++)
            (lists[Bucket(_routers[router])] ??= []).Add(router);
        _buckets = [.. lists.Select(list => list?.ToArray() ?? [])];
        _neighbours = [.. Enumerable.Range(0, _routers.Length).Select(router => Neighbours(router).ToArray())];
    }

    public int Count => _routers.Length;

    /// <summary>Where a router stands.</summary>
    public PlanePoint this[int router] => _routers[router];

    /// <summary>The nearest router; the lowest of several.</summary>
    public int Locate(PlanePoint place)
    {
        var (column, row) = Square(place);
        var (best, least) = (-1, double.PositiveInfinity);

        // A router so many squares away is at least one square less away, from a place in the grid.
        for (var ring = 0; ring < _columns + _rows && (best < 0 || (ring - 1) * _bucket <= Math.Sqrt(least)); ring++)
        {
            for (var r = Math.Max(0, row - ring); r <= Math.Min(_rows - 1, row + ring); r++)
            {
                var step = ring == 0 || r == row - ring || r == row + ring ? 1 : 2 * ring;
                for (var c = column - ring; c <= column + ring; c += step)
                {
                    if (c < 0 || c >= _columns)
                        continue;
                    foreach (var router in _buckets[r * _columns + c])
                    {
                        var offset = place - _routers[router];
                        var square = offset.Dot(offset);
                        if (square < least || (square == least && router < best))
                            (best, least) = (router, square);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>
    /// The first instant on a straight way at which it is <paramref name="beyond"/> metres past the line midway to a neighbour, and which; at
    /// once where it starts further out.
    /// </summary>
    /// <param name="router">Whose cell is left.</param>
    /// <param name="seconds">Length of the way.</param>
    /// <returns>Seconds from the start, below <paramref name="seconds"/>; null when it stays.</returns>
    public (double Seconds, int Neighbour)? Crossing(int router, PlanePoint from, PlanePoint velocity, double seconds, double beyond)
    {
        var offset = from - _routers[router];
        (double Seconds, int Neighbour)? first = null;
        foreach (var (neighbour, towards, half) in _neighbours[router])
        {
            var missing = beyond + half - offset.Dot(towards);
            var speed = velocity.Dot(towards);
            double at;
            if (missing < -Slack)
                at = 0;
            else if (speed > 0)
                at = Math.Max(0, missing / speed);
            else
                continue;
            if (at < (first?.Seconds ?? seconds))
                first = (at, neighbour);
        }

        return first;
    }

    /// <summary>
    /// The router that a node has at a place, given that it came there in a straight line: with hysteresis that need not be the nearest one.
    /// </summary>
    /// <param name="velocity">Zero for a node that has stood there, which has the nearest.</param>
    /// <param name="beyond">Where handovers are triggered, past the line midway.</param>
    public int Attached(PlanePoint place, PlanePoint velocity, double beyond)
    {
        if (velocity == default)
            return Locate(place);
        var direction = 1 / velocity.Length * velocity;
        var at = place - _bucket * direction;
        var (router, left) = (Locate(at), _bucket);
        while (Crossing(router, at, direction, left, beyond) is { } crossing)
        {
            at += crossing.Seconds * direction;
            left -= crossing.Seconds;
            router = crossing.Neighbour;
        }

        return router;
    }

    /// <summary>Rounding must not count as a crossing: a micrometre.</summary>
    private const double Slack = 1e-6;

    private IEnumerable<(int, PlanePoint, double)> Neighbours(int router)
    {
        var (column, row) = Square(_routers[router]);
        var near = from r in Enumerable.Range(Math.Max(0, row - 1), Math.Min(_rows - 1, row + 1) - Math.Max(0, row - 1) + 1)
                   from c in Enumerable.Range(Math.Max(0, column - 1), Math.Min(_columns - 1, column + 1) - Math.Max(0, column - 1) + 1)
                   from other in _buckets[r * _columns + c]
                   where other != router
                   orderby other
                   select other;
        foreach (var other in near)
        {
            var distance = _routers[router].DistanceTo(_routers[other]);
            if (distance < _bucket)
                yield return (other, 1 / distance * (_routers[other] - _routers[router]), distance / 2);
        }
    }

    private int Bucket(PlanePoint place)
    {
        var (column, row) = Square(place);
        return row * _columns + column;
    }

    /// <summary>The square of a place, or the nearest one of the grid.</summary>
    private (int Column, int Row) Square(PlanePoint place) => (
        (int)Math.Clamp((place.X - _origin.X) / _bucket, 0, _columns - 1),
        (int)Math.Clamp((place.Y - _origin.Y) / _bucket, 0, _rows - 1));
}
