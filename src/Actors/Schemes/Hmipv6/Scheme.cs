using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Mipv6;
using Topology.Addressing;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Hmipv6;

/// <summary>Hierarchical Mobile IPv6: registration with a mobility anchor point nearby.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "hmipv6";

    public string Title => "HMIPv6";

    public string? Parent => "mipv6";

    public string Source => "RFC 5380, sections 4 to 6";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.MobilityAnchorPoint];

    public IReadOnlyList<SchemeOption> Options { get; } =
    [
        RetransmissionOption.Option,
        MovementDetection.Option with
        {
            Meaning = "After link-up: ask for a Router Advertisement, whose MAP options name the anchor points (solicited), or have it come by itself within MD (link-layer).",
        },
        AnchorPointChoice.Option,
    ];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("local-registration", Mark.BindingUpdateSent, RegionalRegistration.LocallyRegistered),
        new("home-registration", RegionalRegistration.HomeUpdateSent, Mark.Registered),
        new("after-link-up", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["after-link-up"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node: { Id: var id, Role: var role } } when role == NodeRole.AccessRouter =>
            new AccessRouter(id, new RouterAdvertisement(id, [.. context.Network.AnchorPointsOf(id).Select(Address.Of)])),
        { Node: { Id: var id, Role: var role } } when role == NodeRole.MobilityAnchorPoint => new MobilityAnchorPoint(id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        { Node: { Id: var id, Role: var role } } when role == NodeRole.HomeAgent => new HomeAgent(id) { FirstBinding = context.Network.FirstRegionalAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var local = 2 * A + 2 * B + 2 * Tp + 2 * Tf;
        var interruption = Tl2 + MovementDetection.Form(options) + local;
        if (AnchorPointChoice.Keeps(options))
            return DelayModel.Of(("total", local), ("after-link-up", local), ("local-registration", local)) with { Interruption = interruption };
        var home = 2 * A + 2 * B + 2 * C + 3 * Tp + 3 * Tf;
        return DelayModel.Of(
            ("total", local + home), ("after-link-up", local + home), ("local-registration", local), ("home-registration", home)) with
        {
            Interruption = interruption + home,
        };
    }
}
