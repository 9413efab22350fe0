using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IpsecFmipv6Hmipv6;

/// <summary>The paper's proposal over Hierarchical Mobile IPv6: the scalability that the paper claims and does not measure.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "ipsec-fmipv6-hmipv6";

    public string Title => "IPSec-FMIPv6 over HMIPv6";

    public string? Parent => "ipsec-fmipv6";

    public string Source => "the paper, section III, with the local registration of RFC 5380";

    public int Version => 4;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent, NodeRole.MobilityAnchorPoint];

    public bool CachesByThePaper => true;

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "registration"];

    public RoleMachine? CreateMachine(RoleContext context)
    {
        if (context.Mobile is not null)
            return new MobileNode(context);
        if (context.Node.Role == NodeRole.MobilityAnchorPoint)
            return new MobilityAnchorPoint(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf };
        if (context.Node.Role == NodeRole.HomeAgent)
            return new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstRegionalAddressOf };
        if (context.Node.Role != NodeRole.AccessRouter)
            return null;
        var next = new IpsecFmipv6.NewAccessRouter(context);
        return new AccessRouter(new IpsecFmipv6.PreviousAccessRouter(context, next), next);
    }

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * D + 6 * Tp + 2 * Trsa + 2 * Tcert + Tke;
        var registration = 2 * A + 2 * B + 2 * Tp + 2 * Tf;
        return DelayModel.Of(("total", pre + registration), ("pre", pre), ("registration", registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp),
        };
    }
}
