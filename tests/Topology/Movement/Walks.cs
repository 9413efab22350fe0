using Topology.Movement;
using Topology.Plans;
using Topology.Randomness;

namespace Tests.Topology.Movement;

/// <summary>Nodes that move without a network.</summary>
internal sealed class Walk(MovementModel model, ulong seed, int node) : ILegs
{
    private Walker _walker = StartOf(model, seed, node);
    private double _legStart;

    public Walker Walker => _walker;

    public void Next(ref Walker walker)
    {
        var stream = RandomStream.For(seed, 0, (ulong)node, StreamPurpose.Movement, walker.Legs);
        model.Next(ref walker, ref stream);
    }

    /// <summary>The place at an instant; instants do not go back.</summary>
    public PlanePoint At(double seconds)
    {
        while (_legStart + _walker.Seconds < seconds)
            NextLeg();
        return _walker.After(seconds - _legStart);
    }

    /// <summary>The velocity after <see cref="At"/>.</summary>
    public PlanePoint Velocity => _walker.Velocity;

    public void NextLeg()
    {
        _legStart += _walker.Seconds;
        _walker.Legs++;
        Next(ref _walker);
    }

    private static Walker StartOf(MovementModel model, ulong seed, int node)
    {
        var stream = RandomStream.For(seed, 0, (ulong)node, StreamPurpose.Movement);
        return model.Start(ref stream);
    }
}

internal static class Walks
{
    /// <summary>Square cells: routers in the middle of the squares of a board.</summary>
    public static CellPlane Board(int side, double spacing) => new(
        [.. from row in Enumerable.Range(0, side) from column in Enumerable.Range(0, side) select new PlanePoint((column + 0.5) * spacing, (row + 0.5) * spacing)],
        spacing);

    /// <summary>Every handover of a node until an instant.</summary>
    public static List<PlannedHandover> Handovers(MovementModel model, CellPlane cells, HandoverRule rule, ulong seed, int node, double end)
    {
        var legs = new Walk(model, seed, node);
        var tracker = new HandoverTracker(legs.Walker, cells.Locate(legs.Walker.At));
        var handovers = new List<PlannedHandover>();
        while (tracker.Next(cells, rule, end, 1, ref legs) is { } handover)
            handovers.Add(handover);
        return handovers;
    }

    /// <summary>Asserts that the mean of samples is a value, within five standard errors.</summary>
    public static void AssertMean(double expected, IReadOnlyCollection<double> samples)
    {
        var mean = samples.Average();
        var error = Math.Sqrt(samples.Average(sample => (sample - mean) * (sample - mean)) / samples.Count);
        Assert.True(error > 0, "nothing varies");
        Assert.True(Math.Abs(mean - expected) < 5 * error, $"{mean} +- {error}, not {expected}");
    }
}
