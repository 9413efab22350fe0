using Topology.Plans;

namespace Topology.Generation;

/// <summary>
/// The network of the paper's simulation (its Fig. 1): a mobile node starts at home and visits two foreign networks, one access router
/// each (ar1, ar2). Its home agent is the router of its home link, so that the first handover's inter-router hop costs c
/// (assumption A9). Every cell is a shared medium of 11 Mbit/s, as 802.11b; wires take no time for a packet's length.
/// </summary>
public static class HomePlusTwoTopology
{
    public const string Name = "home-plus-two";

    /// <summary>Of every cell, in either direction.</summary>
    public static readonly BitRate CellRate = BitRate.FromMegabits(11);

    private static readonly DomainSpec[] Domains = [new(new DomainId(0), "home"), new(new DomainId(1), "fn1"), new(new DomainId(2), "fn2")];

    private static readonly (string Name, int Domain, NodeRole Role)[] Roles =
    [
        ("ha", 0, NodeRole.HomeAgent),
        ("ar1", 1, NodeRole.AccessRouter),
        ("ar2", 2, NodeRole.AccessRouter),
        ("cn", 0, NodeRole.CorrespondentNode),
        ("mn", 0, NodeRole.MobileNode),
    ];

    private static readonly (string Left, string Right, LinkClass Class)[] Wires =
    [
        ("ar1", "ha", LinkClass.Home),
        ("ar2", "ha", LinkClass.Home),
        ("ar1", "ar2", LinkClass.InterDomain),
        ("ha", "cn", LinkClass.HomeCorrespondent),
        ("ar1", "cn", LinkClass.RouterCorrespondent),
        ("ar2", "cn", LinkClass.RouterCorrespondent),
    ];

    /// <summary>The network, with the overrides applied and validated; every error at once.</summary>
    public static PlanResult Build(PaperDelays delays, TopologyOverrides overrides, int mobiles = 1) => overrides.Build(Build(delays, mobiles));

    /// <param name="mobiles">Mobile nodes that start at home: mn, mn2, mn3, ...; at least 1.</param>
    public static NetworkPlan Build(PaperDelays delays, int mobiles = 1) => new()
    {
        Name = Name,
        Domains = Domains,
        Nodes =
        [
            .. Roles.Select((node, index) => new NodeSpec(new NodeId(index), node.Name, new DomainId(node.Domain), node.Role, delays.Processing) { Forwarding = delays.Forwarding }),
            .. Enumerable.Range(1, mobiles - 1).Select(more => new NodeSpec(
                new NodeId(Node("mn").Index + more), $"mn{more + 1}", new DomainId(0), NodeRole.MobileNode, delays.Processing)
            {
                Forwarding = delays.Forwarding,
            }),
        ],
        Links = [.. Wires.SelectMany(wire => delays.Duplex(Node(wire.Left), Node(wire.Right), wire.Class))],
        Cells = [.. new[] { "ha", "ar1", "ar2" }.Select(router => WithRate(delays.Cell(Node(router))))],
        Mobiles =
        [
            .. Enumerable.Range(Node("mn").Index, mobiles).Select(node => new MobileSpec(new NodeId(node), Node("ha"), Node("ha"), null, Node("cn"))),
        ],
    };

    private static CellSpec WithRate(CellSpec cell) =>
        cell with { Uplink = cell.Uplink with { Bandwidth = CellRate }, Downlink = cell.Downlink with { Bandwidth = CellRate } };

    private static NodeId Node(string name) => new(Array.FindIndex(Roles, node => node.Name == name));
}
