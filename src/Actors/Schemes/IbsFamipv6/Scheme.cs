using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>Fast handovers with identity-based signatures: one signed round trip to home authenticates and registers (assumption A2).</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "ibs-famipv6";

    public string Title => "IBS-FAMIPv6";

    public string? Parent => "fmipv6";

    public string Source => "reading A2 of the paper's reference [7], prepared before the switch as its reference [6]";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.HomeAaa, NodeRole.VisitedAaa];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, Readings.ParametersOption, Readings.SignaturesOption];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("authentication", Mark.AuthenticationSent, Mark.Authenticated),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "authentication"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context, Readings.Of(context.Options).NetworkSigns),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new AssigningPreviousAccessRouter(context), new NewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.VisitedAaa => new VisitedAaa(context, Readings.Of(context.Options)),
        { Node.Role: var role } when role == NodeRole.HomeAaa => new HomeAaa(context, Readings.Of(context.Options).NetworkSigns),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var readings = Readings.Of(options);
        var pre = 4 * A + 2 * B + 2 * D + 8 * Tp;
        if (!readings.ParametersAreCached)
            pre += 2 * C + 2 * Tp;
        var pairs = readings.NetworkSigns ? 2 : 1;
        var authentication = 2 * A + 2 * B + 2 * C + 6 * Tp + pairs * Ts + pairs * Tv;
        return DelayModel.Of(("total", pre + authentication), ("pre", pre), ("authentication", authentication)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * B + 2 * C + 6 * Tp + pairs * Ts + Tv),
        };
    }
}
