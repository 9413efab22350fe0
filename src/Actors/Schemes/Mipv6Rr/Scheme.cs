using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Mipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Mipv6Rr;

/// <summary>Mobile IPv6 with route optimisation: the handover lasts until the correspondent knows the new address.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "mipv6-rr";

    public string Title => "MIPv6 + return routability";

    public string? Parent => "mipv6";

    public string Source => "RFC 6275 (RFC 3775), sections 5.2, 9.4, 9.5 and 11.6";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.CorrespondentNode];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, MovementDetection.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("return-routability", MobileNode.TestsSent, MobileNode.Tested),
        new("route-optimisation", MobileNode.Tested, MobileNode.Optimised),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["return-routability", "route-optimisation"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new AccessRouter(context.Node.Id),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        { Node.Role: var role } when role == NodeRole.CorrespondentNode => new CorrespondentNode(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var routability = Max(2 * A + 2 * C + 2 * F + 3 * Tp + 3 * Tf, 2 * A + 2 * G + 2 * Tp + 2 * Tf);
        var optimisation = A + G + Tp + Tf;
        return DelayModel.Of(
            ("total", routability + optimisation),
            ("return-routability", routability),
            ("route-optimisation", optimisation),
            ("registration", 2 * A + 2 * C + 2 * Tp + 2 * Tf)) with
        {
            Interruption = Tl2 + MovementDetection.Form(options) + routability + optimisation + G + A + Tp + Tf,
        };
    }
}
