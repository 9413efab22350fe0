using Topology.Plans;

namespace Topology.Movement;

/// <summary>When a link is given up for the next one.</summary>
/// <param name="Hysteresis">The trigger comes no earlier than so far beyond the line midway between two routers, in metres; at least 0.</param>
/// <param name="Margin">How far beyond that line the old link still holds, in metres.</param>
/// <param name="TriggerDistance">The trigger comes so far before the old link fails, where the hysteresis allows it; in metres.</param>
public sealed record HandoverRule(double Hysteresis, double Margin, double TriggerDistance)
{
    /// <summary>How far beyond the line midway a handover is triggered.</summary>
    public double TriggersAt => Math.Max(Hysteresis, Margin - TriggerDistance);
}

/// <summary>A handover that a movement brings about.</summary>
/// <param name="AtSeconds">The trigger, from the start of the run.</param>
/// <param name="Router">The next router, as a place in the list of cells.</param>
/// <param name="FailsAfterSeconds">T_ant: from the trigger until the old link fails; null where the node stays in reach for as long as is looked ahead.</param>
/// <param name="IsPingPong">Whether it goes back to the router that had been left less than the ping-pong time before.</param>
public readonly record struct PlannedHandover(double AtSeconds, int Router, double? FailsAfterSeconds, bool IsPingPong);

/// <summary>A node on its way through the cells: a value of constant size, from which the next handover follows when it is asked for.</summary>
public struct HandoverTracker
{
    /// <summary>The old link of a node that has stayed in its reach for so long is not watched any more.</summary>
    public const double LookAheadSeconds = 30;

    private Walker _walker;
    private double _legStart;
    private double _now;
    private int _left;
    private double _leftAt;

    /// <param name="router">The cell in which it starts.</param>
    public HandoverTracker(in Walker walker, int router)
    {
        (_walker, Router, _left) = (walker, router, -1);
    }

    /// <summary>The router of the handover that was triggered last.</summary>
    public int Router { get; private set; }

    /// <summary>The next handover; null when there is none before the end.</summary>
    /// <param name="legs">Gives a walker its next leg, the same for the same number of legs.</param>
    public PlannedHandover? Next<T>(CellPlane cells, HandoverRule rule, double endSeconds, double pingPongSeconds, ref T legs)
        where T : ILegs
    {
        if (Cross(cells, rule.TriggersAt, endSeconds, ref legs) is not { } next)
            return null;
        var ahead = this;
        double? fails = ahead.Cross(cells, rule.Margin, _now + LookAheadSeconds, ref legs) is null ? null : ahead._now - _now;
        var isPingPong = next == _left && _now - _leftAt < pingPongSeconds;
        (_left, _leftAt, Router) = (Router, _now, next);
        return new PlannedHandover(_now, next, fails, isPingPong);
    }

    /// <summary>Goes on to the first instant so far beyond the border of the present cell, and tells whose side that is.</summary>
    private int? Cross<T>(CellPlane cells, double beyond, double endSeconds, ref T legs)
        where T : ILegs
    {
        while (true)
        {
            var spent = _now - _legStart;
            if (cells.Crossing(Router, _walker.After(spent), _walker.Velocity, Math.Max(0, _walker.Seconds - spent), beyond) is { } crossing)
            {
                _now += crossing.Seconds;
                return _now < endSeconds ? crossing.Neighbour : null;
            }

            _now = _legStart += _walker.Seconds;
            if (_now >= endSeconds)
                return null;
            _walker.Legs++;
            legs.Next(ref _walker);
        }
    }
}

/// <summary>Where the legs of a walker come from.</summary>
public interface ILegs
{
    /// <summary>Gives it the leg after its present one; <see cref="Walker.Legs"/> counts it already.</summary>
    void Next(ref Walker walker);
}
