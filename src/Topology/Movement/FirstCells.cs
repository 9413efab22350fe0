using Topology.Plans;
using Topology.Randomness;

namespace Topology.Movement;

/// <summary>
/// In which cell each node starts. A node lives with its first router, so the cell is drawn once for all replications, from the stationary state
/// of the movement; where in the cell it starts, and how, each replication draws for itself.
/// </summary>
public static class FirstCells
{
    private const int Draw = 2;

    /// <summary>How far from its router a cell may reach, in spacings: at the edge of the plane further than inside.</summary>
    private const double Reach = 1.25;

    /// <summary>By node.</summary>
    public static int[] Of(MovementModel model, CellPlane cells, HandoverRule rule, int nodes, ulong seed)
    {
        var first = new int[nodes];
        for (var node = 0; node < nodes; node++)
        {
            var stream = RandomStream.For(seed, 0, (ulong)node, StreamPurpose.Topology, Draw);
            first[node] = Attached(model.Start(ref stream), cells, rule);
        }

        return first;
    }

    /// <summary>A start in the stationary state, given the router.</summary>
    /// <exception cref="InvalidOperationException">Nobody ever starts there.</exception>
    public static Walker In(int cell, MovementModel model, CellPlane cells, HandoverRule rule, double spacing, ref RandomStream stream)
    {
        var half = Reach * spacing + rule.TriggersAt + model.StartReach;
        var middle = cells[cell];
        var (left, right) = (Math.Max(0, middle.X - half), Math.Min(model.Area.Width, middle.X + half));
        var (low, high) = (Math.Max(0, middle.Y - half), Math.Min(model.Area.Height, middle.Y + half));
        for (var attempt = 0; attempt < 10_000_000; attempt++)
        {
            var place = new PlanePoint(left + (right - left) * stream.NextDouble(), low + (high - low) * stream.NextDouble());
            if (model.TryStart(place, ref stream, out var walker) && Attached(walker, cells, rule) == cell)
                return walker;
        }

        throw new InvalidOperationException($"no node ever starts in cell {cell}");
    }

    private static int Attached(in Walker walker, CellPlane cells, HandoverRule rule) => cells.Attached(walker.At, walker.Velocity, rule.TriggersAt);
}
