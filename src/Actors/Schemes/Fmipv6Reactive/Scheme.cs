using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Fmipv6Reactive;

/// <summary>Fast Handovers for Mobile IPv6 in reactive mode, always.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "fmipv6-reactive";

    public string Title => "FMIPv6, reactive";

    public string? Parent => "fmipv6";

    public string Source => "RFC 5568, section 3.3";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("redirection", Fmipv6.Scheme.RedirectionSent, Fmipv6.Scheme.Forwarding),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "redirection", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new PreviousAccessRouter(context), new NewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 2 * A + 2 * Tp;
        var redirection = A + 3 * D + 3 * Tp + Tf;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        var recovery = 2 * A + 4 * D + 4 * Tp + 2 * Tf;
        return DelayModel.Of(
            ("total", pre + redirection + registration), ("pre", pre), ("redirection", redirection), ("registration", registration), ("recovery", recovery)) with
        {
            Interruption = Tl2 + recovery,
        };
    }
}
