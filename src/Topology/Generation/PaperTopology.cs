using Topology.Plans;

namespace Topology.Generation;

/// <summary>
/// The network of the paper's handover from foreign domain 1 to foreign domain 2: a mobile node that starts at the
/// previous access router (par), the new one (nar), a mobility anchor point and AAA server in each, and at home the
/// home agent, home AAA server and correspondent. Every visited node has a link of its own to its peer at home, so one
/// traversal of c is one link. The anchor point of foreign domain 1 covers the new router too, so that a handover can stay
/// with its anchor point (HMIPv6 within one, F-HMIPv6).
/// </summary>
public static class PaperTopology
{
    private static readonly DomainId Home = new(0);
    private static readonly DomainId Foreign1 = new(1);
    private static readonly DomainId Foreign2 = new(2);

    private static readonly (string Name, DomainId Domain, NodeRole Role)[] Roles =
    [
        ("par", Foreign1, NodeRole.AccessRouter),
        ("nar", Foreign2, NodeRole.AccessRouter),
        ("pmap", Foreign1, NodeRole.MobilityAnchorPoint),
        ("nmap", Foreign2, NodeRole.MobilityAnchorPoint),
        ("ha", Home, NodeRole.HomeAgent),
        ("aaav", Foreign2, NodeRole.VisitedAaa),
        ("paaav", Foreign1, NodeRole.VisitedAaa),
        ("aaah", Home, NodeRole.HomeAaa),
        ("cn", Home, NodeRole.CorrespondentNode),
        ("mn", Foreign1, NodeRole.MobileNode),
    ];

    private static readonly (string Left, string Right, LinkClass Class)[] Wires =
    [
        ("par", "nar", LinkClass.InterDomain),
        ("pmap", "nmap", LinkClass.InterDomain),
        ("paaav", "aaav", LinkClass.InterDomain),
        ("par", "pmap", LinkClass.IntraDomain),
        ("nar", "nmap", LinkClass.IntraDomain),
        ("pmap", "nar", LinkClass.IntraDomain),
        ("par", "paaav", LinkClass.IntraDomain),
        ("nar", "aaav", LinkClass.IntraDomain),
        ("ha", "aaah", LinkClass.IntraDomain),
        ("par", "ha", LinkClass.Home),
        ("nar", "ha", LinkClass.Home),
        ("pmap", "ha", LinkClass.Home),
        ("nmap", "ha", LinkClass.Home),
        ("paaav", "aaah", LinkClass.Home),
        ("aaav", "aaah", LinkClass.Home),
        ("ha", "cn", LinkClass.HomeCorrespondent),
        ("par", "cn", LinkClass.RouterCorrespondent),
        ("nar", "cn", LinkClass.RouterCorrespondent),
    ];

    /// <summary>Every node that an override may name.</summary>
    public static IReadOnlyList<string> NodeNames { get; } = [.. Roles.Select(node => node.Name)];

    /// <summary>The network, with the overrides applied and validated; every error at once.</summary>
    public static PlanResult Build(PaperDelays delays, TopologyOverrides overrides, int mobiles = 1) => overrides.Build(Build(delays, mobiles));

    /// <summary>The network as the paper has it.</summary>
    /// <param name="mobiles">Mobile nodes that start at the previous router: mn, mn2, mn3, ...; at least 1.</param>
    public static NetworkPlan Build(PaperDelays delays, int mobiles = 1) => new()
    {
        Name = "paper",
        Domains = [new DomainSpec(Home, "home"), new DomainSpec(Foreign1, "fn1"), new DomainSpec(Foreign2, "fn2")],
        Nodes =
        [
            .. Roles.Select((node, index) => new NodeSpec(new NodeId(index), node.Name, node.Domain, node.Role, delays.Processing) { Forwarding = delays.Forwarding }),
            .. Enumerable.Range(1, mobiles - 1).Select(more => new NodeSpec(
                new NodeId(Node("mn").Index + more), $"mn{more + 1}", Foreign1, NodeRole.MobileNode, delays.Processing)
            {
                Forwarding = delays.Forwarding,
            }),
        ],
        Links = [.. Wires.SelectMany(wire => delays.Duplex(Node(wire.Left), Node(wire.Right), wire.Class))],
        Cells = [delays.Cell(Node("par")), delays.Cell(Node("nar"))],
        Mobiles =
        [
            .. Enumerable.Range(Node("mn").Index, mobiles).Select(node => new MobileSpec(
                new NodeId(node), Node("par"), Node("ha"), Node("aaah"), Node("cn"))),
        ],
    };

    private static NodeId Node(string name) => new(Array.FindIndex(Roles, node => node.Name == name));
}
