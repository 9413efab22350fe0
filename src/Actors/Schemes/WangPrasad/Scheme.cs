using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.WangPrasad;

/// <summary>Fast authentication between domains by a key that the serving network decides on: the paper's reference [3].</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "wang-prasad";

    public string Title => "Wang-Prasad";

    public string? Parent => null;

    public string Source => "the paper's reference [3], as its section II describes it";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("after-link-up", Mark.AuthenticationSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "after-link-up"];

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new PreviousAccessRouter(context), new NewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id, EspMode.None) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 2 * A + 2 * D + 4 * Tp;
        var afterLinkUp = 4 * A + 2 * C + 4 * Tp + 2 * Tf;
        return DelayModel.Of(("total", pre + afterLinkUp), ("pre", pre), ("after-link-up", afterLinkUp)) with
        {
            Anticipation = pre,
            Interruption = Tl2 + Md + Dad + afterLinkUp,
        };
    }
}
