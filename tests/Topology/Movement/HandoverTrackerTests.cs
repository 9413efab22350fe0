using CsCheck;
using Topology.Movement;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Movement.Walks;

namespace Tests.Topology.Movement;

public sealed class HandoverTrackerTests
{
    private static readonly HandoverRule AtTheBorder = new(Hysteresis: 0, Margin: 15, TriggerDistance: 15);

    [Fact]
    public void Fluid_flow_crosses_borders_at_the_rate_v_P_over_pi_S()
    {
        const int Side = 12;
        const double Spacing = 100, Seconds = 100;
        var model = new FluidFlow(new Area(Side * Spacing, Side * Spacing), new SpeedRange(5, 15));
        var cells = Board(Side, Spacing);

        // P = 4 s and S = s^2, but for the rim of the board, which nobody crosses.
        var rate = 10 * 4 * Spacing / (Math.PI * Spacing * Spacing) * (Side - 1) / Side;
        AssertMean(rate * Seconds, [.. Enumerable.Range(0, 3000).Select(node => (double)Handovers(model, cells, AtTheBorder, 1, node, Seconds).Count)]);
    }

    /// <summary>Asking for the nearest router every few milliseconds finds the same cells.</summary>
    [Fact]
    public void Between_two_handovers_a_node_is_in_the_cell_of_its_router() => Gen.Select(Gen.Int[0, 3], Gen.ULong).Sample((kind, seed) =>
    {
        var cells = Board(5, 100);
        var area = new Area(500, 500);
        MovementModel model = kind switch
        {
            0 => new RandomWaypoint(area, new SpeedRange(1, 30), 3),
            1 => new GaussMarkov(area, new SpeedRange(1, 30), 0.7, 1),
            2 => new ManhattanGrid(area, new SpeedRange(1, 30), 60),
            _ => new RandomDirection(area, new SpeedRange(1, 30), 10, 2),
        };
        var handovers = Handovers(model, cells, AtTheBorder, seed, 0, 60);
        var walk = new Walk(model, seed, 0);
        var router = cells.Locate(walk.Walker.At);
        var next = 0;
        for (var time = 0.0; time < 60; time += 0.05)
        {
            while (next < handovers.Count && handovers[next].AtSeconds <= time)
                router = handovers[next++].Router;
            var place = walk.At(time);
            var nearest = cells.Locate(place);
            Assert.True(place.DistanceTo(cells[router]) < place.DistanceTo(cells[nearest]) + 1e-6, $"{time}: {place} is not in cell {router}");
        }
    }, iter: 60);

    [Fact]
    public void The_trigger_comes_before_the_link_fails_by_the_distance_over_the_speed()
    {
        var cells = Board(3, 170);
        var route = new Route(new Area(510, 510), [new(85, 85), new(425, 85)], new SpeedRange(10, 10), 5);
        var legs = new Walk(route, 1, 0);
        var walker = default(Walker);
        walker.GoAlong(new(85, 85), new(10, 0), 34);
        walker.OtherMemory = 10;
        var tracker = new HandoverTracker(walker, 0);

        // Midway is 170 m; the old link holds 15 m more, and the trigger would come 10 m before that.
        var first = tracker.Next(cells, new HandoverRule(2, 15, 10), 1000, 1, ref legs)!.Value;
        Assert.Equal(((170 + 5 - 85) / 10.0, 1, 1.0), (first.AtSeconds, first.Router, Math.Round(first.FailsAfterSeconds!.Value, 9)));
        var second = tracker.Next(cells, new HandoverRule(12, 15, 10), 1000, 1, ref legs)!.Value;
        Assert.Equal(((340 + 12 - 85) / 10.0, 2, 0.3), (Math.Round(second.AtSeconds, 9), second.Router, Math.Round(second.FailsAfterSeconds!.Value, 9)));
    }

    [Fact]
    public void A_node_that_turns_back_within_the_margin_keeps_its_old_link_and_its_return_is_a_ping_pong()
    {
        var cells = Board(2, 100);
        var route = new Route(new Area(200, 200), [new(95, 50), new(108, 50)], new SpeedRange(10, 10), 0);
        var legs = new Walk(route, 1, 0);
        var tracker = new HandoverTracker(Towards(new(95, 50), new(108, 50)), 0);
        var rule = new HandoverRule(Hysteresis: 2, Margin: 20, TriggerDistance: 30);
        var there = tracker.Next(cells, rule, 3, 1, ref legs)!.Value;
        Assert.Equal((0.7, 1, (double?)null), (Math.Round(there.AtSeconds, 9), there.Router, there.FailsAfterSeconds));
        Assert.False(there.IsPingPong);
        var back = tracker.Next(cells, rule, 3, 1.7, ref legs)!.Value;
        Assert.Equal((2.3, 0, true), (Math.Round(back.AtSeconds, 9), back.Router, back.IsPingPong));
        Assert.False(tracker.Next(cells, rule, 3.5, 0.1, ref legs)!.Value.IsPingPong);
        Assert.Null(tracker.Next(cells, rule, 3.5, 0.1, ref legs));
    }

    [Fact]
    public void Hysteresis_makes_handovers_rarer()
    {
        var cells = Board(5, 100);
        var model = new GaussMarkov(new Area(500, 500), new SpeedRange(5, 5), 0.5, 1);
        int Count(double hysteresis) => Enumerable.Range(0, 200).Sum(node => Handovers(model, cells, new HandoverRule(hysteresis, 30, 30), 1, node, 100).Count);
        Assert.True(Count(0) > Count(5) && Count(5) > Count(20));
    }

    [Fact]
    public void A_start_that_is_drawn_in_a_cell_is_in_it_and_cells_are_drawn_as_often_as_nodes_are_there()
    {
        var cells = Board(4, 100);
        var model = new RandomWaypoint(new Area(400, 400), new SpeedRange(1, 10), 0);
        var first = FirstCells.Of(model, cells, AtTheBorder, 4000, 1);
        for (var node = 0; node < 200; node++)
        {
            var stream = RandomStream.For(1, 0, (ulong)node, StreamPurpose.Movement);
            Assert.Equal(first[node], cells.Locate(FirstCells.In(first[node], model, cells, AtTheBorder, 100, ref stream).At));
        }

        var inner = Enumerable.Range(0, 4000).Select(node => cells.Locate(new Walk(model, 9, node).Walker.At) is 5 or 6 or 9 or 10 ? 1.0 : 0).Average();
        AssertMean(inner, [.. first.Select(cell => cell is 5 or 6 or 9 or 10 ? 1.0 : 0)]);
    }

    /// <summary>Nodes that are on their way across a border have the router that they came from, so that handovers need not begin to come.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Handovers_come_as_often_in_the_first_seconds_as_later(int kind)
    {
        var cells = Board(6, 100);
        var area = new Area(600, 600);
        MovementModel model = kind switch
        {
            0 => new FluidFlow(area, new SpeedRange(5, 10)),
            1 => new ManhattanGrid(area, new SpeedRange(5, 10), 60),
            _ => new RandomWaypoint(area, new SpeedRange(5, 10), 0),
        };
        var rule = new HandoverRule(Hysteresis: 8, Margin: 15, TriggerDistance: 10);
        var first = FirstCells.Of(model, cells, rule, 8000, 3);
        var early = new List<double>();
        var late = new List<double>();
        for (var node = 0; node < first.Length; node++)
        {
            var stream = RandomStream.For(3, 0, (ulong)node, StreamPurpose.Movement);
            var legs = new Walk(model, 3, node);
            var tracker = new HandoverTracker(FirstCells.In(first[node], model, cells, rule, 100, ref stream), first[node]);
            var counts = new int[2];
            while (tracker.Next(cells, rule, 6, 1, ref legs) is { } handover)
                counts[handover.AtSeconds < 2 ? 0 : 1]++;
            early.Add(counts[0]);
            late.Add(counts[1] / 2.0);
        }

        AssertMean(late.Average(), early);
    }

    [Fact]
    public void The_nearest_router_is_found_wherever_a_node_is() =>
        Gen.Select(Gen.Double[-300, 900], Gen.Double[-300, 900]).Sample((x, y) =>
        {
            var cells = Board(6, 100);
            var place = new PlanePoint(x, y);
            var nearest = Enumerable.Range(0, cells.Count).Min(router => place.DistanceTo(cells[router]));
            Assert.Equal(nearest, place.DistanceTo(cells[cells.Locate(place)]), 9);
        }, iter: 1000);

    private static Walker Towards(PlanePoint from, PlanePoint to)
    {
        var walker = default(Walker);
        walker.GoAlong(from, 10 / from.DistanceTo(to) * (to - from), from.DistanceTo(to) / 10);
        walker.OtherMemory = 10;
        return walker;
    }
}

internal static class WalkerSteps
{
    public static void GoAlong(this ref Walker walker, PlanePoint from, PlanePoint velocity, double seconds) =>
        (walker.At, walker.Velocity, walker.Seconds) = (from, velocity, seconds);
}
