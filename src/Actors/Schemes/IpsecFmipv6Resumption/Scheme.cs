using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IpsecFmipv6Resumption;

/// <summary>The paper's proposal with IKEv2 session resumption for mobile nodes that arrive unprepared.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "ipsec-fmipv6-resumption";

    public string Title => "IPSec-FMIPv6, resumption";

    public string? Parent => "ipsec-fmipv6";

    public string Source => "the paper, section III; RFC 5723 for fallback F0";

    public int Version => 2;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

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
            return new IpsecFmipv6.MobileNode(context, resumes: true);
        if (context.Node.Role == NodeRole.HomeAgent)
            return new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf };
        if (context.Node.Role != NodeRole.AccessRouter)
            return null;
        var next = new IpsecFmipv6.NewAccessRouter(context, resumes: true);
        return new AccessRouter(new IpsecFmipv6.PreviousAccessRouter(context, next), next);
    }

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * D + 6 * Tp + 2 * Trsa + 2 * Tcert + Tke;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(("total", pre + registration), ("pre", pre), ("registration", registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp),
        };
    }
}
