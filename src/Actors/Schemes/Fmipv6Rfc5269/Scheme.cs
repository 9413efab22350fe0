using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>FMIPv6 whose FBU is authorized by a handover key that SEND brings.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "fmipv6-rfc5269";

    public string Title => "FMIPv6 + RFC 5269";

    public string? Parent => "fmipv6";

    public string Source => "RFC 5269 with RFC 5568, section 3.2, and RFC 3971";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, Redirection.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new PreviousAccessRouter(context, Redirection.IsAtUpdate(context.Options)), new NewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * D + 6 * Tp + 2 * Trsa + Tkt;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(("total", pre + registration), ("pre", pre), ("registration", registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp, Redirection.IsAtUpdate(options)),
        };
    }
}
