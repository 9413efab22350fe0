using Topology.Plans;

namespace Topology.Partitioning;

/// <summary>A way from one domain into another, and the least time from its start to the end of the receiver's processing.</summary>
/// <param name="Link">What is crossed: a wired link, or one direction of a cell.</param>
internal readonly record struct DomainCrossing(DomainId From, DomainId To, TimeSpan Time, LinkSpec Link);

/// <summary>Every way from one domain of a plan into another: its wired links, and its cells for mobile nodes of other domains.</summary>
internal sealed class DomainCrossings(NetworkPlan plan)
{
    /// <summary>By domain; null for a domain without mobile nodes.</summary>
    private readonly TimeSpan?[] _leastMobileProcessing = LeastMobileProcessing(plan);

    public IEnumerable<DomainCrossing> All()
    {
        foreach (var link in plan.Links)
        {
            if (plan[link.From].Domain != plan[link.To].Domain)
                yield return new(plan[link.From].Domain, plan[link.To].Domain, LeastDelay(link) + plan[link.To].LeastProcessing, link);
        }

        foreach (var cell in plan.Cells)
        {
            var router = plan[cell.Router];
            for (var domain = 0; domain < _leastMobileProcessing.Length; domain++)
            {
                if (domain == router.Domain.Index || _leastMobileProcessing[domain] is not { } processing)
                    continue;
                yield return new(new(domain), router.Domain, LeastDelay(cell.Uplink) + router.LeastProcessing, cell.Uplink);
                yield return new(router.Domain, new(domain), LeastDelay(cell.Downlink) + processing, cell.Downlink);
            }
        }
    }

    public IEnumerable<DomainCrossing> WithoutLookahead() => All().Where(crossing => crossing.Time <= TimeSpan.Zero);

    /// <summary>The least time between any two different processes, the lower one first, in order.</summary>
    public SortedDictionary<(int Low, int High), TimeSpan> LeastBetween(int[] processOf)
    {
        var least = new SortedDictionary<(int, int), TimeSpan>();
        foreach (var crossing in All())
        {
            var (from, to) = (processOf[crossing.From.Index], processOf[crossing.To.Index]);
            var pair = (Math.Min(from, to), Math.Max(from, to));
            if (from != to && !(least.TryGetValue(pair, out var known) && known <= crossing.Time))
                least[pair] = crossing.Time;
        }

        return least;
    }

    private static TimeSpan LeastDelay(LinkSpec link) => link.Delay.Distribution.Minimum + (link.Jitter?.Minimum ?? TimeSpan.Zero);

    private static TimeSpan?[] LeastMobileProcessing(NetworkPlan plan)
    {
        var least = new TimeSpan?[plan.Domains.Count];
        for (var index = plan.WiredCount; index < plan.Nodes.Count; index++)
        {
            var node = plan.Nodes[index];
            if (!(least[node.Domain.Index] <= node.Processing))
                least[node.Domain.Index] = node.Processing;
        }

        return least;
    }
}
