using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Famipv6;

/// <summary>FMIPv6 with AAA access authentication by symmetric keys after the switch (assumption A2).</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "famipv6";

    public string Title => "FAMIPv6";

    public string? Parent => "fmipv6";

    public string Source => "reading A2 of the paper's baseline: RFC 5568 with AAA as in RFC 6733";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.HomeAaa, NodeRole.VisitedAaa];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("authentication", Mark.AuthenticationSent, Mark.Authenticated),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "authentication", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new PreviousAccessRouter(context), new AuthenticatingNewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.VisitedAaa => new AaaRelay(context),
        { Node.Role: var role } when role == NodeRole.HomeAaa => new CredentialServer(context),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id),
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * D + 6 * Tp;
        var authentication = 2 * A + 2 * B + 2 * C + 6 * Tp;
        var registration = 2 * A + 2 * C + 4 * Tp;
        return DelayModel.Of(
            ("total", pre + authentication + registration),
            ("pre", pre),
            ("authentication", authentication),
            ("registration", registration));
    }
}
