using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IpsecFmipv6Early;

/// <summary>The paper's proposal with steps (1) to (4) when the next access point comes in sight, before there is any need to move.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "ipsec-fmipv6-early";

    public string Title => "IPSec-FMIPv6, early";

    public string? Parent => "ipsec-fmipv6";

    public string Source => "the paper, section III, steps (1) to (4) before the trigger";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public bool CachesByThePaper => true;

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre-authentication", Mark.NeighborFound, MobileNode.Acquainted),
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre-authentication", "pre", "registration"];

    public RoleMachine? CreateMachine(RoleContext context)
    {
        if (context.Mobile is not null)
            return new MobileNode(context);
        if (context.Node.Role == NodeRole.HomeAgent)
            return new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf };
        if (context.Node.Role != NodeRole.AccessRouter)
            return null;
        var next = new IpsecFmipv6.NewAccessRouter(context);
        return new AccessRouter(new IpsecFmipv6.PreviousAccessRouter(context, next), next);
    }

    public DelayModel Delays(SchemeOptions options)
    {
        var preAuthentication = 2 * A + 2 * D + 4 * Tp + 2 * Trsa + 2 * Tcert + Tke;
        var pre = 2 * A + 2 * Tp;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(
            ("total", preAuthentication + pre + registration),
            ("pre-authentication", preAuthentication),
            ("pre", pre),
            ("registration", registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp),
        };
    }
}
