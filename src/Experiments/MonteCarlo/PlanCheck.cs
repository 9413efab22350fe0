using System.Globalization;
using Actors.Network;
using Experiments.Configuration;
using Experiments.Plans;
using Topology.Generation;
using Topology.Partitioning;
using Topology.Plans;

namespace Experiments.MonteCarlo;

/// <summary>What a plan that reads well cannot mean: links that the topology has not, metrics that a scheme does not measure.</summary>
public static class PlanCheck
{
    private const string PaperTopologyName = "paper";

    /// <summary>Errors and warnings, each once, in plan order.</summary>
    public static IReadOnlyList<Diagnostic> Check(ExperimentPlan plan, SchemeLibrary schemes) =>
        [.. plan.Studies.SelectMany(study => Check(study, schemes)).Concat(plan.Partitions is { } count ? Cuts(plan, count) : []).Distinct()];

    /// <summary>Pairs of domains that no lookahead separates, where the file wants more partitions than are left without them.</summary>
    private static IEnumerable<Diagnostic> Cuts(ExperimentPlan plan, int count)
    {
        foreach (var cell in plan.Cells.Where(cell => cell.Engine == Engine.Simulation).DistinctBy(cell => (cell.Study, cell.Topology.Generated?.Canonical)))
        {
            if (CellScenario.NetworkOf(cell).Plan is not { } network || count > network.Domains.Count || PartitionPlan.Create(network, 1).LogicalProcesses >= count)
                continue;
            foreach (var error in PartitionPlan.ZeroLookaheadCuts(network))
                yield return new Diagnostic($"{cell.Study}:", error.Code, Severity.Error, $"{error.What}. {error.Remedy}");
        }
    }

    private static IEnumerable<Diagnostic> Check(StudyPlan study, SchemeLibrary schemes)
    {
        // Names are the same in all cells of a template, so one cell stands for all; values were checked for each.
        foreach (var error in study.Cells.DistinctBy(cell => (cell.Topology.Generated?.Canonical, cell.Mobility?.FileSha256, cell.Mobiles?.Count)).SelectMany(cell => CellScenario.NetworkOf(cell).Errors))
            yield return Error(error.Code, $"{error.What}. {error.Remedy}");
        foreach (var error in study.Cells.Count > 0 && CellScenario.NetworkOf(study.Cells[0]).Plan is { } network ? OnNetwork(study.Cells, network, schemes) : [])
            yield return Error(error.Code, $"{error.What}. {error.Remedy}");

        foreach (var cell in study.Cells)
        {
            if (cell.Engine == Engine.Analytic)
                continue;
            if (MissingRole(cell, schemes) is { } role)
                yield return Error(Codes.NoServer, $"scheme {cell.Scheme.Name} needs an {role} in every domain that mobile nodes visit. Write aaa = on, and correspondents = 1 or more.");
            if (cell.Mobiles is { HandoversPerSecond: > 0 } mobiles && mobiles.Count < PoissonHandovers.Enough(mobiles.HandoversPerSecond, mobiles.Duration))
            {
                yield return Error(Codes.TooFewMobiles, string.Create(CultureInfo.InvariantCulture,
                    $"{mobiles.Count} mobiles are too few for {mobiles.HandoversPerSecond} handovers a second in {mobiles.Duration.TotalSeconds} s. Write mobiles.count = {PoissonHandovers.Enough(mobiles.HandoversPerSecond, mobiles.Duration)} or more."));
            }

            var measured = CellMetrics.Of(cell, schemes).Definitions.Select(metric => metric.Name).ToList();
            foreach (var statistic in cell.Stop.On.Where(statistic => !measured.Contains(statistic.Metric) && !statistic.Metric.StartsWith(Metric.OutcomePrefix, StringComparison.Ordinal)))
            {
                yield return Error(Codes.NoSuchMetric,
                    $"stop.on = {statistic}: scheme {cell.Scheme.Name} does not measure {statistic.Metric}. {Suggestion.For(statistic.Metric, measured)}");
            }
        }

        foreach (var obstacle in study.Cells.Where(cell => cell.Engine == Engine.Analytic).Select(ClosedForm.Obstacle).OfType<string>().Distinct())
        {
            yield return new Diagnostic($"{study.Name}:", Codes.NoClosedForm, Severity.Warning,
                $"{obstacle}, which the closed forms know nothing of: their rows are left out. Write engines = [simulation].");
        }

        static string? MissingRole(CellPlan cell, SchemeLibrary schemes)
        {
            if (cell.Topology.Generated?.Shape is not { } shape)
                return null;
            var roles = schemes[cell.Scheme.Name].RequiredRoles;
            return (roles.Contains(NodeRole.VisitedAaa) || roles.Contains(NodeRole.HomeAaa)) && shape.AaaDomains is { } some && some.Distinct().Count() < shape.Domains ? NodeRole.VisitedAaa.Name
                : (roles.Contains(NodeRole.CorrespondentNode) || cell.Traffic is not null) && shape.Correspondents == 0 ? NodeRole.CorrespondentNode.Name
                : null;
        }

        Diagnostic Error(string code, string message) => new($"{study.Name}:", code, Severity.Error, message);
    }

    /// <summary>Paths that the network has not, and roles that it has not.</summary>
    private static IEnumerable<PlanError> OnNetwork(ValueList<CellPlan> cells, NetworkPlan network, SchemeLibrary schemes)
    {
        if (cells[0].Waypoints is { } waypoints)
        {
            if (WaypointPath.Resolve(network, waypoints.Path).Error is { } error)
                yield return error;
            if (cells[0].Mobiles is not null)
                yield return new PlanError(Codes.BadWaypoint, "mobility", "mobiles hand over once, at instants of their own, so none goes along a path", "Delete mobiles or mobility.model.");
        }

        if (cells[0].Topology.Generated is not null)
            yield break;
        var roles = network.Nodes.Take(network.WiredCount).Select(node => node.Role).ToHashSet();
        foreach (var scheme in cells.Select(cell => cell.Scheme.Name).Distinct())
        {
            if (schemes[scheme].RequiredRoles.FirstOrDefault(role => !roles.Contains(role)) is { Name: not null } missing)
                yield return new PlanError(Codes.MissingRole, scheme, $"scheme {scheme} needs the role {missing}, which template {cells[0].Topology.Template} has not", $"Write topology {{ template = {PaperTopologyName} }}.");
        }
    }
}
