using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Pmipv6;

/// <summary>Proxy Mobile IPv6: the network registers the node.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "pmipv6";

    public string Title => "PMIPv6";

    public string? Parent => null;

    public string Source => "RFC 5213, sections 3, 5 and 6";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("after-link-up", MobileNode.SolicitationSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["after-link-up"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new MobileAccessGateway(context),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new LocalMobilityAnchor(context),
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var attachment = 2 * A + 2 * C + 4 * Tp;
        return DelayModel.Of(("total", attachment), ("after-link-up", attachment)) with
        {
            Interruption = Tl2 + Md + attachment,
        };
    }
}
