using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IbsFamipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Ibs;

/// <summary>Fast authentication by identity-based signatures, in parallel with the registration: the paper's reference [6].</summary>
public sealed class Scheme : IHandoverScheme
{
    /// <summary>The node is both authenticated and registered.</summary>
    internal static readonly Mark Admitted = Mark.Named("admitted");

    public string Name => "ibs";

    public string Title => "IBS";

    public string? Parent => "ibs-famipv6";

    public string Source => "the paper's reference [6], as its section II describes it";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.HomeAaa, NodeRole.VisitedAaa];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("after-link-up", Mark.AuthenticationSent, Admitted),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "after-link-up"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new AssigningPreviousAccessRouter(context), new IbsFamipv6.NewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.VisitedAaa => new VisitedAaa(context),
        { Node.Role: var role } when role == NodeRole.HomeAaa => new HomeAaa(context),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * B + 2 * C + 2 * D + 10 * Tp;
        var afterLinkUp = 2 * A + 2 * Tp + Max(2 * B + 2 * Tp + 2 * Ts + 2 * Tv, 2 * C + 2 * Tf);
        return DelayModel.Of(("total", pre + afterLinkUp), ("pre", pre), ("after-link-up", afterLinkUp)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * B + 4 * Tp + 2 * Ts + Tv),
        };
    }
}
