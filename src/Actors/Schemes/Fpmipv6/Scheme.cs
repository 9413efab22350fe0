using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Pmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Fpmipv6;

/// <summary>Fast handovers for Proxy Mobile IPv6 in predictive mode.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "fpmipv6";

    public string Title => "FPMIPv6";

    public string? Parent => "pmipv6";

    public string Source => "RFC 5949, section 4, predictive mode";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("after-link-up", Mark.LinkUp, Mark.FirstPacket),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new Gateway(new PreviousGateway(context), new NewGateway(context)),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new LocalMobilityAnchor(context),
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = A + 2 * D + 3 * Tp;
        var registration = 2 * C + 2 * Tp;
        return DelayModel.Of(
            ("total", pre + registration), ("pre", pre), ("after-link-up", 2 * A + 2 * Tp), ("registration", registration)) with
        {
            Anticipation = pre + A + Tp,
            Interruption = Max(Tl2 + 2 * A + 2 * Tp, D + Tp),
        };
    }
}
