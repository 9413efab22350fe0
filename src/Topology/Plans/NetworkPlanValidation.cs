using System.Globalization;

namespace Topology.Plans;

/// <summary>
/// Every reason why a network cannot run: HO3001 unreachable node, HO3003 duplicate name, HO3004 reference to a node,
/// domain or cell that is not there, HO3005 delay, HO3006 probability, HO3007 bandwidth or queue, HO3008 outage,
/// HO3010 restart, HO3011 refusal.
/// HO3002 (zero lookahead) belongs to the partition plan, HO3009 (unknown name) to the overrides.
/// </summary>
public static class NetworkPlanValidation
{
    /// <summary>All errors, in order of domains, nodes, links, cells, mobile nodes; empty for a plan that may run.</summary>
    public static IReadOnlyList<PlanError> Errors(NetworkPlan plan)
    {
        List<PlanError> errors = [.. Domains(plan), .. Nodes(plan), .. Links(plan), .. Cells(plan), .. Mobiles(plan)];
        // A search over links that lead nowhere would fail, and its findings would only repeat theirs.
        return errors.Exists(error => error.Code == "HO3004") ? errors : [.. errors, .. Unreachable(plan)];
    }

    private static IEnumerable<PlanError> Domains(NetworkPlan plan)
    {
        for (var index = 0; index < plan.Domains.Count; index++)
        {
            if (plan.Domains[index].Id.Index != index)
                yield return Misplaced("domain", plan.Domains[index].Name, index);
        }

        foreach (var name in Duplicates(plan.Domains.Select(domain => domain.Name)))
            yield return new("HO3003", name, $"two domains are named '{name}'", "Rename one of them.");
    }

    private static IEnumerable<PlanError> Nodes(NetworkPlan plan)
    {
        // One pass: a computed node is made anew each time it is asked for.
        var names = new HashSet<string>(plan.Nodes.Count, StringComparer.Ordinal);
        var duplicates = new List<string>();
        var faulty = new List<NodeSpec>();
        for (var index = 0; index < plan.Nodes.Count; index++)
        {
            var node = plan.Nodes[index];
            if (!names.Add(node.Name))
                duplicates.Add(node.Name);
            if (node.Id.Index != index)
                yield return Misplaced("node", node.Name, index);
            if (!Has(plan.Domains, node.Domain.Index))
                yield return new("HO3004", node.Name,
                    $"node '{node.Name}' is in {node.Domain}, which is not there", "Name a domain of the topology.");
            if (node.LeastProcessing < TimeSpan.Zero)
                yield return new("HO3005", node.Name,
                    $"the processing time of node '{node.Name}' is negative ({Ms(node.LeastProcessing)})", "Give 0 ms or more.");
            if (node.Restarts.Count > 0 || node.Refusal is not null)
                faulty.Add(node);
        }

        foreach (var name in duplicates.Distinct())
            yield return new("HO3003", name, $"two nodes are named '{name}'", "Rename one of them.");
        foreach (var error in faulty.SelectMany(node => NodeFaultValidation.Errors(plan, node)))
            yield return error;
    }

    private static IEnumerable<PlanError> Links(NetworkPlan plan)
    {
        var named = plan.Links.Where(link => Has(plan.Nodes, link.From.Index) && Has(plan.Nodes, link.To.Index))
            .Select(link => $"{plan[link.From].Name}>{plan[link.To].Name}");
        foreach (var name in Duplicates(named))
            yield return new("HO3003", name, $"there are two links '{name}'", "Keep one of them.");
        foreach (var link in plan.Links)
        {
            var ends = new[] { link.From, link.To };
            foreach (var end in ends.Where(end => !Has(plan.Nodes, end.Index)))
                yield return new("HO3004", $"{link.From}>{link.To}",
                    $"link {link.From}>{link.To} names node {end}, which is not there", "Name two nodes of the topology.");
            if (!ends.All(end => Has(plan.Nodes, end.Index)))
                continue;
            var name = $"{plan[link.From].Name}>{plan[link.To].Name}";
            if (ends.Any(plan.IsMobile))
                yield return new("HO3004", name,
                    $"link '{name}' ends at a mobile node", "Give the access router a cell instead.");
            foreach (var error in Properties(name, link))
                yield return error;
        }
    }

    private static IEnumerable<PlanError> Cells(NetworkPlan plan)
    {
        // One mobile node stands for all, which share the cells.
        var mobile = plan.Mobiles.Count > 0 && plan.WiredCount >= 0 ? plan.Nodes[plan.WiredCount].Name : "mobile";
        for (var index = 0; index < plan.Cells.Count; index++)
        {
            var cell = plan.Cells[index];
            if (!IsWired(plan, cell.Router))
            {
                yield return new("HO3004", cell.Router.ToString(),
                    $"a cell names router {cell.Router}, which is not there", "Name a node of the topology that is not mobile.");
                continue;
            }

            var name = plan[cell.Router].Name;
            if (index > 0 && plan.Cells[index - 1].Router.Index >= cell.Router.Index)
                yield return new("HO3003", name,
                    $"the cell of '{name}' is a second one or out of order", "Give each router one cell, in order of the routers.");
            if (new[] { cell.Uplink.From, cell.Uplink.To, cell.Downlink.From, cell.Downlink.To }.Any(end => end != cell.Router))
                yield return new("HO3004", name,
                    $"a link of the cell of '{name}' ends elsewhere", "Both ends of a cell's links name its router.");
            foreach (var error in Properties($"{mobile}>{name}", cell.Uplink).Concat(Properties($"{name}>{mobile}", cell.Downlink)))
                yield return error;
        }
    }

    private static IEnumerable<PlanError> Mobiles(NetworkPlan plan)
    {
        for (var index = 0; index < plan.Mobiles.Count; index++)
        {
            var mobile = plan.Mobiles[index];
            if (mobile.Node.Index != plan.WiredCount + index || !Has(plan.Nodes, mobile.Node.Index))
            {
                yield return new("HO3004", mobile.Node.ToString(),
                    $"mobile node {mobile.Node} is not the node at {plan.WiredCount + index}", "List mobile nodes last, in order.");
                continue;
            }

            if (!IsWired(plan, mobile.FirstRouter) || plan.CellOf(mobile.FirstRouter) is null)
                yield return Missing(plan, mobile.Node, "starts at a router without a cell", "Give the router a cell.");
            else if (plan[mobile.FirstRouter].Domain != plan[mobile.Node].Domain)
                yield return Missing(plan, mobile.Node, "is in another domain than its first router", "Put it in its first router's domain.");
            if (!IsWired(plan, mobile.HomeAgent) || !IsWired(plan, mobile.HomeAaa ?? mobile.HomeAgent)
                || !IsWired(plan, mobile.Correspondent ?? mobile.HomeAgent))
                yield return Missing(plan, mobile.Node, "is served by a node that is not there", "Name nodes of the topology that are not mobile.");
        }
    }

    private static IEnumerable<PlanError> Properties(string name, LinkSpec link)
    {
        if (link.Delay.Distribution.Flaw is { } flaw)
            yield return new("HO3005", name,
                $"the delay of link '{name}' is no delay: {flaw}", "Give a distribution of delays of 0 ms or more.");
        if (link.Jitter?.Flaw is { } jitterFlaw)
            yield return new("HO3005", name,
                $"the jitter of link '{name}' is no delay: {jitterFlaw}", "Give a distribution of delays of 0 ms or more.");
        foreach (var (what, probability) in Probabilities(link).Where(share => !(share.Value is >= 0 and <= 1)))
            yield return new("HO3006", name,
                string.Create(CultureInfo.InvariantCulture, $"the {what} of link '{name}' is {probability * 100} %"), "Give 0 % to 100 %.");
        if (link.Reordering?.Delay.Flaw is { } heldFlaw)
            yield return new("HO3005", name,
                $"the reordering delay of link '{name}' is no delay: {heldFlaw}", "Give a distribution of delays of 0 ms or more.");
        if (link.Bandwidth is { } rate && !(rate.BitsPerSecond > 0 && double.IsFinite(rate.BitsPerSecond)))
            yield return new("HO3007", name,
                $"the bandwidth of link '{name}' is not above 0", "Give a positive bandwidth, or none.");
        if (link.QueuePackets < 0)
            yield return new("HO3007", name, $"the queue of link '{name}' is negative", "Give 0 packets or more.");
        foreach (var outage in link.Outages.Where(outage => outage.From < TimeSpan.Zero || outage.Until <= outage.From))
            yield return new("HO3008", name,
                $"an outage of link '{name}' runs from {Ms(outage.From)} to {Ms(outage.Until)}", "Let it begin at 0 ms or later and end after it begins.");
    }

    private static IEnumerable<(string What, double Value)> Probabilities(LinkSpec link) =>
    [
        ("loss", link.Loss), ("duplication", link.Duplication), ("corruption", link.Corruption),
        ("reordering", link.Reordering?.Probability ?? 0),
    ];

    /// <summary>Wired nodes that the first wired node cannot send to, or that cannot send to it.</summary>
    private static IEnumerable<PlanError> Unreachable(NetworkPlan plan)
    {
        if (plan.WiredCount <= 0)
            yield break;
        var first = plan.Nodes[0].Name;
        var to = Reached(plan, plan.Links.ToLookup(link => link.From.Index, link => link.To.Index));
        var from = Reached(plan, plan.Links.ToLookup(link => link.To.Index, link => link.From.Index));
        for (var index = 1; index < plan.WiredCount; index++)
        {
            var name = plan.Nodes[index].Name;
            if (!to[index])
                yield return new("HO3001", name,
                    $"node '{name}' is unreachable from '{first}'", $"Add a link that leads to '{name}'.");
            else if (!from[index])
                yield return new("HO3001", name,
                    $"node '{first}' is unreachable from '{name}'", $"Add a link that leads away from '{name}'.");
        }
    }

    private static bool[] Reached(NetworkPlan plan, ILookup<int, int> neighbours)
    {
        var reached = new bool[plan.WiredCount];
        var pending = new Stack<int>([0]);
        while (pending.TryPop(out var index))
        {
            if (reached[index])
                continue;
            reached[index] = true;
            foreach (var next in neighbours[index])
                pending.Push(next);
        }

        return reached;
    }

    private static IEnumerable<string> Duplicates(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.Where(name => !seen.Add(name)).Distinct();
    }

    private static PlanError Misplaced(string kind, string name, int index) =>
        new("HO3004", name, $"{kind} '{name}' stands at place {index}, which is not its index", $"Number the {kind}s from 0 in order.");

    private static PlanError Missing(NetworkPlan plan, NodeId mobile, string what, string remedy) =>
        new("HO3004", plan[mobile].Name, $"mobile node '{plan[mobile].Name}' {what}", remedy);

    private static bool Has<T>(IReadOnlyList<T> list, int index) => (uint)index < (uint)list.Count;

    private static bool IsWired(NetworkPlan plan, NodeId node) => node.Index >= 0 && node.Index < plan.WiredCount;

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds} ms");
}
