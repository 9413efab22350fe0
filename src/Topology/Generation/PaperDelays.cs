using Topology.Plans;

namespace Topology.Generation;

/// <summary>The delays of the paper, one-way per link class, and t_p.</summary>
/// <param name="Wireless">a, mobile node to access router.</param>
/// <param name="IntraDomain">b, two nodes of one domain.</param>
/// <param name="Home">c, visited network to home network; <see cref="LinkDelay.PerHandover"/> "home" draws it once per handover (A1).</param>
/// <param name="InterDomain">d, adjacent domains.</param>
/// <param name="HomeCorrespondent">f, home agent to correspondent.</param>
/// <param name="RouterCorrespondent">g, access router to correspondent.</param>
/// <param name="Processing">t_p, spent by every node on every packet that reaches it (A3).</param>
public sealed record PaperDelays(
    LinkDelay Wireless,
    LinkDelay IntraDomain,
    LinkDelay Home,
    LinkDelay InterDomain,
    LinkDelay HomeCorrespondent,
    LinkDelay RouterCorrespondent,
    TimeSpan Processing)
{
    /// <summary>What a node spends instead on a packet that it passes on; null for <see cref="Processing"/> (A3).</summary>
    public TimeSpan? Forwarding { get; init; }

    /// <summary>The delay of a link of this class.</summary>
    public LinkDelay Of(LinkClass link) => link switch
    {
        LinkClass.Wireless => Wireless,
        LinkClass.IntraDomain => IntraDomain,
        LinkClass.Home => Home,
        LinkClass.InterDomain => InterDomain,
        LinkClass.HomeCorrespondent => HomeCorrespondent,
        LinkClass.RouterCorrespondent => RouterCorrespondent,
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, "No such class of links."),
    };

    /// <summary>A cell with this wireless delay in both directions.</summary>
    internal CellSpec Cell(NodeId router)
    {
        var link = new LinkSpec(router, router, LinkClass.Wireless, Wireless);
        return new CellSpec(router, link, link);
    }

    /// <summary>Both directions of a wired link.</summary>
    internal IEnumerable<LinkSpec> Duplex(NodeId left, NodeId right, LinkClass link) =>
        [new LinkSpec(left, right, link, Of(link)), new LinkSpec(right, left, link, Of(link))];
}
