using System.Globalization;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>A network as lines of text: its domains with their prefixes, its links by class.</summary>
public static class TopologyTable
{
    public static IEnumerable<string> Of(NetworkPlan plan)
    {
        yield return Line($"{plan.Name}: {plan.Domains.Count} domains, {plan.WiredCount} wired nodes, {plan.Links.Count} links (one per direction), {plan.Cells.Count} cells, {plan.Mobiles.Count} mobile nodes");
        yield return "";
        yield return Line($"{"domain",-12}{"nodes",7}{"maps",7}{"routers",9}{"servers",9}  prefixes");
        foreach (var domain in plan.Domains)
        {
            var nodes = Enumerable.Range(0, plan.WiredCount).Select(index => plan.Nodes[index]).Where(node => node.Domain == domain.Id).ToList();
            int Count(NodeRole role) => nodes.Count(node => node.Role == role);
            var (routers, maps, core) = (Count(NodeRole.AccessRouter), Count(NodeRole.MobilityAnchorPoint), Count(NodeRole.CoreRouter));
            yield return Line($"{domain.Name,-12}{nodes.Count,7}{maps,7}{routers,9}{nodes.Count - routers - maps - core,9}  {string.Join(", ", Ranges(nodes))}");
        }

        yield return "";
        yield return Line($"{"links",-22}{"number",8}{"delay ms: least",17}{"mean",10}{"greatest",10}  bandwidth");
        foreach (var group in plan.Links.Concat(plan.Cells.SelectMany(cell => new[] { cell.Uplink, cell.Downlink })).GroupBy(link => link.Class).OrderBy(group => group.Key))
        {
            var delays = group.Select(link => link.Delay.Distribution.MeanMs).ToList();
            var rates = group.Select(link => link.Bandwidth).Distinct().Select(Rate);
            yield return Line($"{GraphMlWriter.ClassName(group.Key),-22}{group.Count(),8}{delays.Min(),17:0.###}{delays.Average(),10:0.###}{delays.Max(),10:0.###}  {string.Join(", ", rates.Order(StringComparer.Ordinal))}");
        }
    }

    public static IEnumerable<string> Of(CoreGraph core)
    {
        var degrees = core.Nodes.Select((_, index) => core.Edges.Count(edge => edge.From == index || edge.To == index)).ToList();
        var delays = core.Edges.Select(edge => edge.Delay).OfType<TimeSpan>().Select(delay => delay.TotalMilliseconds).ToList();
        yield return Line($"{core.Nodes.Count} nodes, {core.Edges.Count} links, {degrees.Min()} to {degrees.Max()} links a node, {core.Nodes.Count(node => node.Position is not null)} nodes with a place");
        yield return delays.Count == 0
            ? "no link has a delay: the inter-domain delay of the topology holds"
            : Line($"{delays.Count} links with a delay: {delays.Min():0.###} to {delays.Max():0.###} ms, mean {delays.Average():0.###} ms");
    }

    /// <summary>The /64 prefixes of nodes, as ranges where they follow one another.</summary>
    private static IEnumerable<string> Ranges(List<NodeSpec> nodes)
    {
        for (var first = 0; first < nodes.Count;)
        {
            var last = first;
            while (last + 1 < nodes.Count && nodes[last + 1].Id.Index == nodes[last].Id.Index + 1)
                last++;
            yield return first == last ? Prefix(nodes[first]) : $"{Prefix(nodes[first])} to {Prefix(nodes[last])}";
            first = last + 1;
        }
    }

    private static string Prefix(NodeSpec node) => $"{Address.Of(node.Id) with { InterfaceId = 0 }}/64";

    private static string Rate(BitRate? rate) => rate is { } bits ? Line($"{bits.BitsPerSecond / 1e6:0.###} Mbit/s") : "unlimited";

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
