using Actors.Kernel;
using Topology.Movement;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// Mobile nodes that move on the plane of the cells: each handover is computed when the one before is triggered, from a value of constant size
/// for each node, which the thread of that node alone touches.
/// </summary>
/// <param name="cells">In order of <paramref name="routers"/>.</param>
/// <param name="spacing">Between neighbouring routers, in metres.</param>
/// <param name="firstCells">By mobile node: where it starts.</param>
/// <param name="first">The first of the mobile nodes, which follow one another.</param>
/// <param name="duration">Until when handovers are triggered; those that are under way come to their end.</param>
/// <param name="pingPong">Within which a handover back counts as ping-pong.</param>
/// <param name="warmUp">See <see cref="Scenario.WarmUp"/>: a ping-pong before it is not counted.</param>
public sealed class PlaneMovement(
    CellPlane cells,
    double spacing,
    IReadOnlyList<NodeId> routers,
    MovementModel model,
    HandoverRule rule,
    IReadOnlyList<int> firstCells,
    NodeId first,
    TimeSpan duration,
    TimeSpan pingPong,
    TimeSpan warmUp) : IMovement
{
    private readonly HandoverTracker[] _trackers = new HandoverTracker[firstCells.Count];
    private readonly int[] _pingPongs = new int[firstCells.Count];

    public bool IsHeadless => true;

    public long? PingPongs(Func<NodeId, bool> isHere) =>
        _pingPongs.Where((_, node) => isHere(new NodeId(first.Index + node))).Sum(count => (long)count);

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) => throw new NotSupportedException("the time is needed");

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers, SimTime now)
    {
        var node = mobile.Index - first.Index;
        ref var tracker = ref _trackers[node];
        if (handovers == 0)
        {
            var stream = run.Stream((ulong)mobile.Index, StreamPurpose.Movement);
            tracker = new HandoverTracker(FirstCells.In(firstCells[node], model, cells, rule, spacing, ref stream), firstCells[node]);
            _pingPongs[node] = 0;
        }

        var legs = new Legs(run, mobile, model);
        if (tracker.Next(cells, rule, duration.TotalSeconds, pingPong.TotalSeconds, ref legs) is not { } handover)
            return null;
        if (handover.IsPingPongFrom(warmUp))
            _pingPongs[node]++;
        return handover.ToMove(routers, now);
    }

    private struct Legs(RunContext run, NodeId mobile, MovementModel model) : ILegs
    {
        public readonly void Next(ref Walker walker)
        {
            var stream = run.Stream((ulong)mobile.Index, StreamPurpose.Movement, walker.Legs);
            model.Next(ref walker, ref stream);
        }
    }
}

/// <summary>Mobile nodes that move as recorded: the same in every replication.</summary>
/// <param name="tracks">Of as many nodes as there are mobile ones, or more.</param>
/// <param name="warmUp">See <see cref="Scenario.WarmUp"/>: a ping-pong before it is not counted.</param>
public sealed class TraceMovement(
    TraceTracks tracks, IReadOnlyList<NodeId> routers, NodeId first, int mobiles, TimeSpan duration, TimeSpan warmUp) : IMovement
{
    private readonly int[] _pingPongs =
    [
        .. Enumerable.Range(0, mobiles).Select(node => tracks.Handovers(node)
            .Count(handover => handover.AtSeconds < duration.TotalSeconds && handover.IsPingPongFrom(warmUp))),
    ];

    public bool IsHeadless => true;

    public long? PingPongs(Func<NodeId, bool> isHere) => _pingPongs.Where((_, node) => isHere(new NodeId(first.Index + node))).Sum(count => (long)count);

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) => throw new NotSupportedException("the time is needed");

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers, SimTime now)
    {
        var planned = tracks.Handovers(mobile.Index - first.Index);
        return handovers < planned.Count && planned[handovers].AtSeconds < duration.TotalSeconds ? planned[handovers].ToMove(routers, now) : null;
    }
}

/// <summary>From seconds on the plane to ticks of the run.</summary>
internal static class PlannedMoves
{
    public static Move ToMove(this PlannedHandover handover, IReadOnlyList<NodeId> routers, SimTime now) => new(
        TimeSpan.FromTicks(Math.Max(0, Ticks(handover.AtSeconds) - now.Ticks)),
        routers[handover.Router],
        handover.FailsAfterSeconds is { } seconds ? TimeSpan.FromTicks(Ticks(seconds)) : null);

    public static bool IsPingPongFrom(this PlannedHandover handover, TimeSpan warmUp) =>
        handover.IsPingPong && Ticks(handover.AtSeconds) >= warmUp.Ticks;

    private static long Ticks(double seconds) => (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
}
