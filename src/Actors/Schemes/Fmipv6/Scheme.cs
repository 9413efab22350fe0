using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Fmipv6;

/// <summary>Fast Handovers for Mobile IPv6: predictive mode, and reactive mode where the old link fails too early.</summary>
public sealed class Scheme : IHandoverScheme
{
    /// <summary>FBU has left from the new link,</summary>
    internal static readonly Mark RedirectionSent = Mark.Named("redirection-sent");

    /// <summary>the previous router forwards,</summary>
    internal static readonly Mark Forwarding = Mark.Named("forwarding");

    /// <summary>and what it forwards, FBack first, is here.</summary>
    internal static readonly Mark Redirected = Mark.Named("redirected");

    /// <summary>How long a handover whose preparation was cut off takes on the new link.</summary>
    internal static readonly Phase Recovery = new("recovery", Mark.LinkUp, Redirected);

    public string Name => "fmipv6";

    public string Title => "FMIPv6";

    public string? Parent => null;

    public string Source => "RFC 5568, sections 3.2 and 3.3";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, Redirection.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Recovery,
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
        var pre = 4 * A + 2 * D + 6 * Tp;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(("total", pre + registration), ("pre", pre), ("registration", registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp, Redirection.IsAtUpdate(options)),
        };
    }
}
