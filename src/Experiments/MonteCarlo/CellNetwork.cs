using System.Globalization;
using System.Runtime.CompilerServices;
using Actors.Network;
using Experiments.Plans;
using Topology.Exchange;
using Topology.Generation;
using Topology.Movement;
using Topology.Plans;

namespace Experiments.MonteCarlo;

/// <summary>The network of a cell and where its mobile nodes are: built once for all workers.</summary>
internal sealed class CellNetwork
{
    private static readonly ConditionalWeakTable<CellPlan, CellNetwork> Built = [];

    private readonly CellPlan _cell;
    private CellPlane? _plane;
    private TraceTracks? _tracks;
    private MovementModel? _model;
    private int[] _firstCells = [];

    private CellNetwork(CellPlan cell)
    {
        _cell = cell;
        var (delays, overrides) = (cell.Delays.OfTopology(), cell.Topology.Overrides());
        Result = cell.Topology.Generated is { } generated ? Generate(generated)
            : CellScenario.IsHomePlusTwo(cell) ? HomePlusTwoTopology.Build(delays, overrides, Count)
            : PaperTopology.Build(delays, overrides, Count);
    }

    /// <summary>The network, or what is wrong with it.</summary>
    public PlanResult Result { get; }

    private int Count => _cell.Mobiles?.Count ?? 1;

    /// <summary>The routers of cells, in order.</summary>
    private NodeId[] Routers => [.. Result.Plan!.Cells.Select(cell => cell.Router)];

    public static CellNetwork Of(CellPlan cell) => Built.GetValue(cell, static cell => new CellNetwork(cell));

    /// <summary>A movement for one simulation; null for a cell whose nodes do not move on the plane.</summary>
    public IMovement? Movement()
    {
        if (_plane is null || _cell.Mobility is not { } mobility)
            return null;
        var first = new NodeId(Result.Plan!.WiredCount);
        if (_tracks is not null)
            return new TraceMovement(_tracks, Routers, first, Result.Plan.Mobiles.Count, mobility.Duration ?? TimeSpan.MaxValue, _cell.WarmUp);
        return new PlaneMovement(
            _plane, _cell.Topology.Generated!.Shape.Layout.Spacing, Routers, _model!, Rule(mobility), _firstCells, first, mobility.Duration!.Value, mobility.PingPong, _cell.WarmUp);
    }

    private PlanResult Generate(GeneratedPlan generated)
    {
        var shape = generated.Shape;
        if (_cell.Mobility is not { } mobility)
            return Build(Count, null);
        var layout = shape.Layout;
        _plane = new CellPlane(
            [
                .. from domain in Enumerable.Range(0, shape.Domains)
                   from map in Enumerable.Range(0, shape.MapsPerDomain)
                   from router in Enumerable.Range(0, shape.RoutersPerMap)
                   select layout.Router(domain, map, router),
            ],
            layout.Spacing);
        _model = mobility.In(new Area(layout.Size.X, layout.Size.Y));
        if (_model is not null)
        {
            _firstCells = FirstCells.Of(_model, _plane, Rule(mobility), Count, generated.Seed);
            return Build(Count, node => _firstCells[node]);
        }

        _tracks = new TraceTracks(_plane, Rule(mobility), mobility.PingPong.TotalSeconds);
        if (TraceReader.Read(mobility.File!, point => _tracks.TryAdd(point)) is { } problem)
        {
            var remedy = problem.Message.LastIndexOf(". ", StringComparison.Ordinal);
            return new PlanResult(null, [new PlanError(problem.Code, mobility.File!, $"{problem.Where} {problem.Message[..remedy]}", problem.Message[(remedy + 2)..])]);
        }

        if (Count > _tracks.Count && _cell.Mobiles is not null)
        {
            return new PlanResult(null, [new PlanError("HO3016", mobility.File!,
                string.Create(CultureInfo.InvariantCulture, $"the trace has {_tracks.Count} nodes for {Count} mobiles"), "Leave mobiles.count out, or ask for fewer.")]);
        }

        return Build(_cell.Mobiles is { Count: > 0 } some ? some.Count : _tracks.Count, _tracks.FirstRouter);

        PlanResult Build(int mobiles, Func<int, int>? firstRouter) =>
            shape.Build(_cell.Delays.OfTopology(), generated.Seed, _cell.Topology.Overrides(), mobiles, firstRouter);
    }

    private HandoverRule Rule(MobilityPlan mobility)
    {
        var layout = _cell.Topology.Generated!.Shape.Layout;
        return new HandoverRule(mobility.HysteresisMetres ?? 0.05 * layout.Radius, layout.Margin, mobility.TriggerMetres ?? 0.1 * layout.Radius);
    }
}
