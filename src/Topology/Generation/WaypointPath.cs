using Topology.Plans;

namespace Topology.Generation;

/// <summary>The way of a mobile node by names: of domains, which stand for their access router, or of access routers.</summary>
public static class WaypointPath
{
    private const string Code = "HO2010";

    /// <summary>The routers of the path, or what is wrong with it (HO2010).</summary>
    public static (IReadOnlyList<NodeId> Routers, PlanError? Error) Resolve(NetworkPlan plan, IReadOnlyList<string> path)
    {
        var mobile = plan.Mobiles[0];
        var name = plan[mobile.Node].Name;
        var routers = new List<NodeId>();
        foreach (var waypoint in path)
        {
            if (RouterOf(plan, waypoint) is not { } router)
                return (routers, Error($"there is no waypoint '{waypoint}'", NameSuggestion.For(waypoint, Names(plan))));
            if (routers.Count == 0 && router != mobile.FirstRouter)
            {
                return (routers, Error(
                    $"{name} does not start at {waypoint}", $"Begin the path with {DomainOf(plan, mobile.FirstRouter)}."));
            }

            if (routers.Count > 0 && router == routers[^1])
                return (routers, Error($"waypoint {waypoint} is where {name} is already", "Leave it out."));
            if (routers.Count > 0 && plan.LinkBetween(routers[^1], router) < 0)
            {
                return (routers, Error(
                    $"{name} never leaves {DomainOf(plan, routers[^1])}: waypoint {waypoint} is unreachable (no link {plan[routers[^1]].Name}>{plan[router].Name})",
                    "Choose neighbouring waypoints."));
            }

            routers.Add(router);
        }

        return (routers, routers.Count < 2 ? Error($"a path of {routers.Count} waypoints leads nowhere", "Write two or more.") : null);

        PlanError Error(string what, string remedy) => new(Code, string.Join(", ", path), what, remedy);
    }

    /// <summary>Every name that a path may hold.</summary>
    private static IReadOnlyList<string> Names(NetworkPlan plan) =>
        [.. plan.Cells.Select(cell => DomainOf(plan, cell.Router)).Distinct(), .. plan.Cells.Select(cell => plan[cell.Router].Name)];

    /// <summary>The first router with a cell that the name means.</summary>
    private static NodeId? RouterOf(NetworkPlan plan, string name)
    {
        foreach (var cell in plan.Cells)
        {
            if (plan[cell.Router].Name == name || DomainOf(plan, cell.Router) == name)
                return cell.Router;
        }

        return null;
    }

    private static string DomainOf(NetworkPlan plan, NodeId router) => plan.Domains[plan[router].Domain.Index].Name;
}
