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

    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option, Redirection.Option, .. Readings.Options];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("authentication", Mark.AuthenticationSent, Mark.Authenticated),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", "authentication", "registration"];

    public IReadOnlyList<string> TotalPhasesUnder(SchemeOptions options) =>
        Readings.Of(options).UpdatesInParallel ? ["pre", "authentication"] : TotalPhases;

    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context, Readings.Of(context.Options)),
        { Node.Role: var role } when role == NodeRole.AccessRouter =>
            new AccessRouter(new PreviousAccessRouter(context, Redirection.IsAtUpdate(context.Options)), new AuthenticatingNewAccessRouter(context)),
        { Node.Role: var role } when role == NodeRole.VisitedAaa => new AaaRelay(context),
        { Node.Role: var role } when role == NodeRole.HomeAaa => new HomeAaa(context, Readings.Of(context.Options)),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    public DelayModel Delays(SchemeOptions options)
    {
        var readings = Readings.Of(options);
        var pre = 4 * A + 2 * D + 6 * Tp;
        var authentication = (readings.IsChallenged ? 2 : 1) * (2 * A + 2 * B + 2 * C + 6 * Tp) + readings.SignaturePairs * Trsa;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(
            ("total", readings.UpdatesInParallel ? pre + authentication : pre + authentication + registration),
            ("pre", pre),
            ("authentication", authentication),
            ("registration", registration)) with
        {
            Anticipation = pre,

            // With a signed decision the gate opens before the mobile node has verified it, by a part of t_RSA that is no symbol.
            Interruption = readings.HomeSigns ? null : Redirection.Interruption(authentication, Redirection.IsAtUpdate(options)),
        };
    }
}
