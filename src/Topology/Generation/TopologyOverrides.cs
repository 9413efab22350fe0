using System.Collections.Immutable;
using Topology.Plans;
using Topology.Randomness;

namespace Topology.Generation;

/// <summary>Properties to replace on one link; null keeps what the topology has.</summary>
public sealed record LinkOverride
{
    public LinkDelay? Delay { get; init; }

    /// <summary>Probability, 0 to 1.</summary>
    public double? Loss { get; init; }

    public BitRate? Bandwidth { get; init; }

    public int? QueuePackets { get; init; }

    public DelayDistribution? Jitter { get; init; }

    public IReadOnlyList<Outage>? Outages { get; init; }

    /// <summary>Probability, 0 to 1.</summary>
    public double? Duplication { get; init; }

    /// <summary>Probability, 0 to 1.</summary>
    public double? Corruption { get; init; }

    public Reordering? Reordering { get; init; }

    internal LinkSpec ApplyTo(LinkSpec link) => link with
    {
        Delay = Delay ?? link.Delay,
        Loss = Loss ?? link.Loss,
        Bandwidth = Bandwidth ?? link.Bandwidth,
        QueuePackets = QueuePackets ?? link.QueuePackets,
        Jitter = Jitter ?? link.Jitter,
        Outages = Outages ?? link.Outages,
        Duplication = Duplication ?? link.Duplication,
        Corruption = Corruption ?? link.Corruption,
        Reordering = Reordering ?? link.Reordering,
    };
}

/// <summary>Properties to replace on one node; null keeps what the topology has.</summary>
public sealed record NodeOverride(TimeSpan? Processing)
{
    /// <summary>At least 1.</summary>
    public int? Cores { get; init; }

    public IReadOnlyList<Restart>? Restarts { get; init; }

    public Refusal? Refusal { get; init; }

    internal NodeSpec ApplyTo(NodeSpec node) => node with
    {
        Processing = Processing ?? node.Processing,
        Cores = Cores ?? node.Cores,
        Restarts = Restarts ?? node.Restarts,
        Refusal = Refusal ?? node.Refusal,
    };
}

/// <summary>
/// Changes to links and nodes by name. A link is `from>to`; between a mobile node and an access router it is the
/// router's cell, `mn>par` the uplink and `par>mn` the downlink, which all mobile nodes share.
/// </summary>
public sealed record TopologyOverrides(
    ImmutableSortedDictionary<string, LinkOverride> Links, ImmutableSortedDictionary<string, NodeOverride> Nodes)
{
    /// <summary>Changes nothing.</summary>
    public static readonly TopologyOverrides None = new(
        ImmutableSortedDictionary.Create<string, LinkOverride>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, NodeOverride>(StringComparer.Ordinal));

    /// <summary>Changes to every link and both directions of every cell; what a link's own change says stands above it.</summary>
    public LinkOverride? EveryLink { get; init; }

    /// <summary>One error (HO3009) for each name that the plan does not have.</summary>
    public IReadOnlyList<PlanError> Unknown(NetworkPlan plan)
    {
        var errors = new List<PlanError>();
        foreach (var name in Links.Keys.Where(name => Resolve(plan, name) is null))
            errors.Add(new("HO3009", name, $"there is no link '{name}'", NameSuggestion.For(name, LinkNames(plan))));
        foreach (var name in Nodes.Keys.Where(name => plan.Find(name) is null))
            errors.Add(new("HO3009", name, $"there is no node '{name}'", NameSuggestion.For(name, [.. plan.Nodes.Select(node => node.Name)])));
        return errors;
    }

    /// <summary>The plan with every change, validated; or every error at once.</summary>
    public PlanResult Build(NetworkPlan plan)
    {
        var errors = Unknown(plan);
        if (errors.Count > 0)
            return new PlanResult(null, errors);
        var overridden = ApplyTo(plan);
        errors = NetworkPlanValidation.Errors(overridden);
        return new PlanResult(errors.Count == 0 ? overridden : null, errors);
    }

    /// <summary>The plan with every change whose name it has; <see cref="Unknown"/> tells of the others.</summary>
    public NetworkPlan ApplyTo(NetworkPlan plan)
    {
        var links = plan.Links.ToArray();
        var cells = plan.Cells.ToArray();
        if (EveryLink is { } every)
        {
            links = Array.ConvertAll(links, every.ApplyTo);
            cells = Array.ConvertAll(cells, cell => cell with { Uplink = every.ApplyTo(cell.Uplink), Downlink = every.ApplyTo(cell.Downlink) });
        }

        foreach (var (name, change) in Links)
        {
            switch (Resolve(plan, name))
            {
                case { Wire: >= 0 } place:
                    links[place.Wire] = change.ApplyTo(links[place.Wire]);
                    break;
                case { Uplink: true } place:
                    cells[place.Cell] = cells[place.Cell] with { Uplink = change.ApplyTo(cells[place.Cell].Uplink) };
                    break;
                case { } place:
                    cells[place.Cell] = cells[place.Cell] with { Downlink = change.ApplyTo(cells[place.Cell].Downlink) };
                    break;
            }
        }

        return new NetworkPlan
        {
            Name = plan.Name,
            Domains = plan.Domains,
            Nodes = Nodes.IsEmpty ? plan.Nodes : [.. plan.Nodes.Select(Changed)],
            Links = links,
            Cells = cells,
            Mobiles = plan.Mobiles,
        };
    }

    private NodeSpec Changed(NodeSpec node) => Nodes.GetValueOrDefault(node.Name)?.ApplyTo(node) ?? node;

    /// <summary>Where a link's name points: a wired link, or else the cell and its direction.</summary>
    private static (int Wire, int Cell, bool Uplink)? Resolve(NetworkPlan plan, string name)
    {
        if (name.Split('>') is not [var left, var right] || plan.Find(left) is not { } from || plan.Find(right) is not { } to)
            return null;
        var wire = plan.LinkBetween(from, to);
        if (wire >= 0)
            return (wire, -1, false);
        var (mobile, router) = plan.IsMobile(from) ? (from, to) : (to, from);
        var cell = plan.Cells.Select(cell => cell.Router).ToList().IndexOf(router);
        return plan.IsMobile(mobile) && cell >= 0 ? (-1, cell, plan.IsMobile(from)) : null;
    }

    private static IReadOnlyList<string> LinkNames(NetworkPlan plan)
    {
        var wired = plan.Links.Select(link => $"{plan[link.From].Name}>{plan[link.To].Name}");
        // One mobile node stands for all, which share the cells.
        var wireless = from mobile in plan.Mobiles.Take(1).Select(mobile => plan[mobile.Node].Name)
                       from router in plan.Cells.Select(cell => plan[cell.Router].Name)
                       from name in new[] { $"{mobile}>{router}", $"{router}>{mobile}" }
                       select name;
        return [.. wired, .. wireless];
    }
}
