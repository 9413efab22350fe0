using CsCheck;
using Topology.Movement;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Movement.Walks;

namespace Tests.Topology.Movement;

public sealed class MovementModelTests
{
    private static readonly Area Field = new(1000, 700);
    private static readonly SpeedRange Speeds = new(2, 20);

    private static readonly Gen<MovementModel> Models =
        from least in Gen.Double[0.5, 5]
        from more in Gen.Double[0, 25]
        from pause in Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 20])
        from model in Gen.Int[0, 5]
        let speed = new SpeedRange(least, least + more)
        select model switch
        {
            0 => (MovementModel)new RandomWaypoint(Field, speed, pause),
            1 => new RandomDirection(Field, speed, 15, pause),
            2 => new GaussMarkov(Field, speed, 0.8, 1),
            3 => new ManhattanGrid(Field, speed, 100),
            4 => new FluidFlow(Field, speed),
            _ => new Route(Field, [new(10, 10), new(900, 50), new(500, 600)], speed, pause),
        };

    [Fact]
    public void Legs_join_stay_in_the_area_and_take_time() => Gen.Select(Models, Gen.ULong).Sample((model, seed) =>
    {
        var walk = new Walk(model, seed, 0);
        for (var leg = 0; leg < 200; leg++)
        {
            var end = walk.Walker.End;
            walk.NextLeg();
            Assert.True(end.DistanceTo(walk.Walker.At) < 1e-6);
            Assert.InRange(walk.Walker.End.X, -1e-6, model.Area.Width + 1e-6);
            Assert.InRange(walk.Walker.End.Y, -1e-6, model.Area.Height + 1e-6);
            Assert.True(walk.Walker.Seconds >= 0 && double.IsFinite(walk.Walker.Seconds));
        }
    }, iter: 300);

    [Fact]
    public void The_start_is_stationary_places_and_speeds_are_the_same_later() => Gen.Select(Models, Gen.ULong).Sample((model, seed) =>
    {
        const int Nodes = 1500;
        var walks = Enumerable.Range(0, Nodes).Select(node => new Walk(model, seed, node)).ToArray();
        var before = walks.Select(walk => State(walk, 0)).ToArray();
        var after = walks.Select(walk => State(walk, 120)).ToArray();
        for (var what = 0; what < before[0].Length; what++)
        {
            var (early, late) = (before.Average(state => state[what]), after.Average(state => state[what]));
            var spread = Math.Sqrt(before.Concat(after).Average(state => Math.Pow(state[what] - (early + late) / 2, 2)) * 2 / Nodes);
            Assert.True(Math.Abs(early - late) <= 5 * spread + 1e-9, $"{model}: {what} is {early}, later {late}, +- {spread}");
        }
    }, iter: 40);

    [Fact]
    public void Two_places_in_a_unit_square_are_0_5214_apart_on_average() =>
        Assert.Equal(0.521405433, RandomWaypoint.MeanDistance(new Area(1, 1)), 8);

    /// <summary>A way spends its time where its length is: the share of the length of ways in the middle quarter of the area.</summary>
    [Fact]
    public void Random_waypoint_starts_in_the_middle_as_often_as_its_ways_lead_through_it()
    {
        var model = new RandomWaypoint(Field, Speeds, 0);
        var stream = RandomStream.For(1, 0, 0, StreamPurpose.Movement);
        double inside = 0, all = 0;
        for (var way = 0; way < 100_000; way++)
        {
            PlanePoint from = new(stream.NextDouble() * 1000, stream.NextDouble() * 700), to = new(stream.NextDouble() * 1000, stream.NextDouble() * 700);
            all += from.DistanceTo(to);
            for (var step = 0; step < 20; step++)
                inside += IsInMiddle(from + (step + 0.5) / 20 * (to - from)) ? from.DistanceTo(to) / 20 : 0;
        }

        AssertMean(inside / all, [.. Enumerable.Range(0, 20_000).Select(node => IsInMiddle(new Walk(model, 7, node).Walker.At) ? 1.0 : 0)]);
        Assert.InRange(inside / all, 0.4, 0.55);

        static bool IsInMiddle(PlanePoint place) => place is { X: > 250 and < 750, Y: > 175 and < 525 };
    }

    [Fact]
    public void Random_waypoint_is_slower_at_an_instant_than_its_speeds_on_average()
    {
        var model = new RandomWaypoint(Field, Speeds, 5);
        var speeds = Enumerable.Range(0, 20_000).Select(node => new Walk(model, 3, node).Velocity.Length).ToList();
        AssertMean(18 / Math.Log(10), [.. speeds.Where(speed => speed > 0)]);
        AssertMean(model.PausedShare, [.. speeds.Select(speed => speed == 0 ? 1.0 : 0)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.75)]
    [InlineData(0.95)]
    public void Gauss_Markov_forgets_its_velocity_by_its_memory_each_step(double memory)
    {
        var model = new GaussMarkov(new Area(1e7, 1e7), new SpeedRange(10, 10), memory, 1);
        var walks = Enumerable.Range(0, 20_000).Select(node => new Walk(model, 5, node)).ToList();
        var first = walks.Select(walk => walk.Velocity).ToList();
        AssertMean(10, [.. first.Select(velocity => velocity.Length)]);
        var variance = 10 * 10 / (Math.PI / 2);
        for (var steps = 1; steps <= 4; steps++)
        {
            walks.ForEach(walk => walk.NextLeg());
            AssertMean(Math.Pow(memory, steps), [.. walks.Select((walk, node) => walk.Velocity.X * first[node].X / variance)]);
        }
    }

    [Fact]
    public void Manhattan_nodes_keep_to_the_streets_turn_as_often_as_they_should_and_are_uniform_on_them()
    {
        var model = new ManhattanGrid(new Area(450, 310), Speeds, 100);
        Assert.Equal(new Area(400, 300), model.Area);
        var (straight, turns) = (0, new List<double>());
        var onRim = new List<double>();
        for (var node = 0; node < 5000; node++)
        {
            var walk = new Walk(model, 2, node);
            Assert.True(OffStreet(walk.Walker.At.X) < 1e-9 || OffStreet(walk.Walker.At.Y) < 1e-9);
            onRim.Add(IsRim(walk.At(60)) ? 1 : 0);
            var (before, corner) = (walk.Velocity, walk.Walker.End);
            walk.NextLeg();
            if (corner.X is > 50 and < 350 && corner.Y is > 50 and < 250)
            {
                straight = before.Dot(walk.Velocity) > 1e-6 ? 1 : 0;
                turns.Add(straight);
            }
        }

        AssertMean(0.5, turns);

        // 2 (400 + 300) m of 4 * 400 + 5 * 300.
        AssertMean(1400.0 / 3100, onRim);

        static double OffStreet(double x) => Math.Abs(x - Math.Round(x / 100) * 100);
        bool IsRim(PlanePoint place) => place.X < 1e-6 || place.Y < 1e-6 || place.X > 400 - 1e-6 || place.Y > 300 - 1e-6;
    }

    [Fact]
    public void A_walk_is_a_function_of_seed_node_and_leg() => Gen.Select(Models, Gen.ULong).Sample((model, seed) =>
    {
        Assert.Equal(new Walk(model, seed, 3).At(50), new Walk(model, seed, 3).At(50));
        if (model is not Route)
            Assert.NotEqual(new Walk(model, seed, 3).At(50), new Walk(model, seed, 4).At(50));
    }, iter: 50);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 4)]
    public void A_speed_of_zero_or_a_range_that_runs_backwards_is_refused(double least, double most) =>
        Assert.NotNull(new FluidFlow(Field, new SpeedRange(least, most)).Flaw);

    private static double[] State(Walk walk, double seconds)
    {
        var place = walk.At(seconds);
        return [place.X, place.Y, place.X * place.X, place.X * place.Y, Math.Abs(place.X - 500), walk.Velocity.Length, Math.Abs(walk.Velocity.X)];
    }
}
