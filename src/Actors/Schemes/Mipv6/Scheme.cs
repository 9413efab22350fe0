using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Mipv6;

/// <summary>Mobile IPv6 without any preparation: the baseline of all others.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "mipv6";

    public string Title => "MIPv6";

    public string? Parent => null;

    public string Source => "RFC 6275 (RFC 3775), sections 9.5, 10.3, 11.5 and 11.7.1";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, MovementDetection.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("after-link-up", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["after-link-up"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new AccessRouter(context.Node.Id),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(("total", registration), ("after-link-up", registration)) with
        {
            Interruption = Tl2 + MovementDetection.Form(options) + registration,
        };
    }
}
