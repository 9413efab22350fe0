using CsCheck;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Tests.Topology;

/// <summary>Networks that tests of plans share.</summary>
internal static class Networks
{
    /// <summary>The paper's delays at H = 20 ms, and some for f and g, which it leaves open.</summary>
    public static readonly PaperDelays Delays = new(
        Wireless: Fixed(4),
        IntraDomain: Fixed(2),
        Home: new LinkDelay(new UniformDelay(TimeSpan.Zero, Ms(40)), "home"),
        InterDomain: Fixed(2.5),
        HomeCorrespondent: Fixed(3),
        RouterCorrespondent: Fixed(5),
        Processing: Ms(0.5));

    public static readonly NetworkPlan Paper = PaperTopology.Build(Delays);

    public static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    public static LinkDelay Fixed(double ms) => LinkDelay.Fixed(Ms(ms));

    public static NodeId Node(this NetworkPlan plan, string name) => plan.Find(name) ?? throw new ArgumentException($"No node {name}.");

    public static string LinkName(this NetworkPlan plan, LinkSpec link) => $"{plan[link.From].Name}>{plan[link.To].Name}";

    /// <summary>The plan with some parts replaced.</summary>
    public static NetworkPlan With(
        this NetworkPlan plan,
        IReadOnlyList<DomainSpec>? domains = null,
        IReadOnlyList<NodeSpec>? nodes = null,
        IReadOnlyList<LinkSpec>? links = null,
        IReadOnlyList<CellSpec>? cells = null,
        IReadOnlyList<MobileSpec>? mobiles = null) => new()
        {
            Name = plan.Name,
            Domains = domains ?? plan.Domains,
            Nodes = nodes ?? plan.Nodes,
            Links = links ?? plan.Links,
            Cells = cells ?? plan.Cells,
            Mobiles = mobiles ?? plan.Mobiles,
        };

    /// <summary>
    /// Networks of 1 to 7 domains and up to 24 wired nodes with random directed links (parallel ones, self-links and missing
    /// ones too), whole milliseconds of delay from 0, cells and mobile nodes.
    /// </summary>
    public static readonly Gen<NetworkPlan> Random =
        from domains in Gen.Int[1, 7]
        from processing in Gen.Int[0, 2].Array[domains, 24]
        from home in Gen.Int[0, domains - 1].Array[processing.Length]
        from links in Gen.Select(Gen.Int[0, processing.Length - 1], Gen.Int[0, processing.Length - 1], Gen.Int[0, 6]).Array[0, 80]
        from cells in Gen.Int[0, 5].Array[processing.Length]
        from mobiles in Gen.Select(Gen.Int[0, processing.Length - 1], Gen.Int[0, 2]).Array[0, 12]
        select Assemble(domains, processing, home, links, cells, mobiles);

    private static NetworkPlan Assemble(
        int domains, int[] processing, int[] home, (int From, int To, int Ms)[] links, int[] cells, (int Router, int Processing)[] mobiles)
    {
        var wired = processing.Select((ms, n) => new NodeSpec(new(n), $"n{n}", new(home[n]), NodeRole.AccessRouter, Ms(ms))).ToArray();
        LinkSpec Wireless(int router) => new(new(router), new(router), LinkClass.Wireless, Fixed(cells[router]));
        return new NetworkPlan
        {
            Name = "random",
            Domains = [.. Enumerable.Range(0, domains).Select(d => new DomainSpec(new(d), $"d{d}"))],
            Nodes =
            [
                .. wired,
                .. mobiles.Select((mobile, m) => new NodeSpec(
                    new(wired.Length + m), $"mn{m}", wired[mobile.Router].Domain, NodeRole.MobileNode, Ms(mobile.Processing))),
            ],
            Links = [.. links.Select(link => new LinkSpec(new(link.From), new(link.To), LinkClass.InterDomain, Fixed(link.Ms)))],
            Cells = [.. wired.Select(node => new CellSpec(node.Id, Wireless(node.Id.Index), Wireless(node.Id.Index)))],
            Mobiles = [.. mobiles.Select((mobile, m) => new MobileSpec(new(wired.Length + m), new(mobile.Router), new(0), null, null))],
        };
    }
}
