using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.FHmipv6;

/// <summary>
/// Fast handovers in a hierarchy: the mobility anchor point prepares the move, and the registration ends at it, or at home where
/// the move has led to another one.
/// </summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "f-hmipv6";

    public string Title => "F-HMIPv6";

    public string? Parent => "fmipv6";

    public string Source => "RFC 5568, section 3.2, with the anchor point of RFC 5380 in the previous router's role";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.MobilityAnchorPoint];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, Redirection.Option, AnchorPointChoice.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        new("local-registration", Mark.BindingUpdateSent, RegionalRegistration.LocallyRegistered),
        new("home-registration", RegionalRegistration.HomeUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new NewAccessRouter(context),
        { Node.Role: var role } when role == NodeRole.MobilityAnchorPoint =>
            new AnchorPoint(new PreviousAccessRouter(context, Redirection.IsAtUpdate(context.Options)), new MobilityAnchorPoint(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf }),
        { Node: { Id: var id, Role: var role } } when role == NodeRole.HomeAgent =>
            new HomeAgent(id) { FirstBinding = context.Network.FirstRegionalAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 6 * B + 6 * Tp + 4 * Tf;
        var local = 2 * A + 2 * B + 2 * Tp + 2 * Tf;
        var home = 2 * A + 2 * B + 2 * C + 3 * Tp + 3 * Tf;
        var held = Tl2 + 2 * A + 2 * Tp;
        var model = AnchorPointChoice.Keeps(options)
            ? DelayModel.Of(("total", pre + local), ("pre", pre), ("registration", local), ("local-registration", local))
            : DelayModel.Of(
                ("total", pre + local + home), ("pre", pre), ("registration", local + home), ("local-registration", local), ("home-registration", home));
        return model with { Anticipation = pre, Interruption = Redirection.IsAtUpdate(options) ? held + 2 * B + 2 * Tp : held };
    }
}
