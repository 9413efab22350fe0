using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>The paper's proposal with identities and transcript signed, and the key confirmed, without one more round trip.</summary>
public sealed class Scheme : IHandoverScheme
{
    public string Name => "ipsec-fmipv6-plus";

    public string Title => "IPSec-FMIPv6+";

    public string? Parent => "ipsec-fmipv6";

    public string Source => "the paper, section III, with the changes of README.md";

    public int Version => 3;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public bool CachesByThePaper => true;

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, HalfOpenOptions.LifetimeOption, HalfOpenOptions.LimitOption];

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
        if (context.Node.Role == NodeRole.HomeAgent)
            return new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf };
        if (context.Node.Role != NodeRole.AccessRouter)
            return null;
        var next = new NewAccessRouter(context);
        return new AccessRouter(new PreviousAccessRouter(context, next), next);
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
