using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Mipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Mipv6Aaa;

/// <summary>Mobile IPv6 with AAA access authentication between the switch and the registration.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "mipv6-aaa";

    public string Title => "MIPv6 + AAA";

    public string? Parent => "mipv6";

    public string Source => "RFC 6275 with Diameter (RFC 6733, RFC 5778)";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.HomeAaa, NodeRole.VisitedAaa];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, MovementDetection.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("authentication", Mark.AuthenticationSent, Mark.Authenticated),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["authentication", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new AccessRouter(context),
        { Node.Role: var role } when role == NodeRole.VisitedAaa => new AaaRelay(context),
        { Node.Role: var role } when role == NodeRole.HomeAaa => new CredentialServer(context),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var authentication = 2 * A + 2 * B + 2 * C + 6 * Tp;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(
            ("total", authentication + registration), ("authentication", authentication), ("registration", registration)) with
        {
            Interruption = Tl2 + MovementDetection.Form(options) + authentication + registration,
        };
    }
}
