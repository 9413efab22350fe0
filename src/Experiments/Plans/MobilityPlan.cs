using System.Globalization;
using Topology.Movement;
using Topology.Plans;

namespace Experiments.Plans;

/// <summary>How mobile nodes move on the plane. A parameter counts for the models that have it.</summary>
/// <param name="Model">One of the words of <c>mobility.model</c>.</param>
/// <param name="Leg">Mean time between two changes of direction.</param>
/// <param name="Memory">Share of the velocity that a step keeps.</param>
/// <param name="BlockMetres">Between two streets.</param>
/// <param name="File">Of a trace, rooted; null for the other models.</param>
/// <param name="FileSha256">Of its bytes.</param>
/// <param name="HysteresisMetres">Null for 5 % of the cells' radius.</param>
/// <param name="TriggerMetres">Null for 10 % of the cells' radius.</param>
/// <param name="PingPong">A handover back within this time is counted as one.</param>
/// <param name="Duration">Until when handovers are triggered; null for as long as the trace lasts.</param>
public sealed record MobilityPlan(
    string Model,
    SpeedRange Speed,
    TimeSpan Pause,
    TimeSpan Leg,
    TimeSpan Step,
    double Memory,
    double BlockMetres,
    ValueList<PlanePoint> Places,
    string? File,
    string? FileSha256,
    double? HysteresisMetres,
    double? TriggerMetres,
    TimeSpan PingPong,
    TimeSpan? Duration)
{
    /// <summary>All of it that decides a result, in one line.</summary>
    public string Canonical => string.Create(CultureInfo.InvariantCulture,
        $"{Model};{Speed.Least:R};{Speed.Most:R};{Pause.Ticks};{Leg.Ticks};{Step.Ticks};{Memory:R};{BlockMetres:R};{string.Join(',', Places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:R}/{place.Y:R}")))};{FileSha256};{HysteresisMetres:R};{TriggerMetres:R};{PingPong.Ticks};{Duration?.Ticks}");

    /// <summary>The model in an area; null for a trace.</summary>
    public MovementModel? In(Area area) => Model switch
    {
        "random-waypoint" => new RandomWaypoint(area, Speed, Pause.TotalSeconds),
        "random-direction" => new RandomDirection(area, Speed, Leg.TotalSeconds, Pause.TotalSeconds),
        "gauss-markov" => new GaussMarkov(area, Speed, Memory, Step.TotalSeconds),
        "manhattan" => new ManhattanGrid(area, Speed, BlockMetres),
        "fluid-flow" => new FluidFlow(area, Speed),
        "route" => new Route(area, Places, Speed, Pause.TotalSeconds),
        _ => null,
    };
}
