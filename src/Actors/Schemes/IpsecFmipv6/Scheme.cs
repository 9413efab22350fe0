using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>The paper's proposal: authentication and key agreement with the new access router inside fast handover signalling.</summary>
public sealed class Scheme : IHandoverScheme
{
    private const string Registration = "registration";

    /// <summary>M1 never arrived: the whole of IKEv2 on the new link.</summary>
    internal static readonly Outcome FallbackF0 = new("fallback-f0");

    /// <summary>The new router has the key, the mobile node has not: M3 again on the new link.</summary>
    internal static readonly Outcome FallbackF1 = new("fallback-f1");

    /// <summary>M4 is verified, FBack is missing: FBU again from the new link.</summary>
    internal static readonly Outcome FallbackF2 = new("fallback-f2");

    public string Name => "ipsec-fmipv6";

    public string Title => "IPSec-FMIPv6";

    public string? Parent => "fmipv6";

    public string Source => "the paper, section III, steps (1) to (8)";

    public int Version => 3;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    public bool CachesByThePaper => true;

    public IReadOnlyList<SchemeOption> Options { get; } =
    [
        RetransmissionOption.Option,
        HalfOpenOptions.PaperLifetimeOption,
        HalfOpenOptions.PaperLimitOption,
        new(Registration, "counted", "Whether the total counts steps (7) and (8); a reading of the paper's lost formula.", ["counted", "uncounted"]),
    ];

    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("pre", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new(Registration, Mark.BindingUpdateSent, Mark.Registered),
        Fmipv6.Scheme.Recovery,
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["pre", Registration];

    public IReadOnlyList<string> TotalPhasesUnder(SchemeOptions options) => CountsRegistration(options) ? TotalPhases : ["pre"];

    public RoleMachine? CreateMachine(RoleContext context)
    {
        if (context.Mobile is not null)
            return new MobileNode(context);
        if (context.Node.Role == NodeRole.HomeAgent)
            return new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf };
        if (context.Node.Role != NodeRole.AccessRouter)
            return null;
        var lifetime = context.Options.Duration(HalfOpenOptions.Lifetime);
        var next = new NewAccessRouter(
            context,
            halfOpenLifetime: lifetime > TimeSpan.Zero ? lifetime : null,
            halfOpenLimit: (int)context.Options.Number(HalfOpenOptions.Limit));
        return new AccessRouter(new PreviousAccessRouter(context, next), next);
    }

    public DelayModel Delays(SchemeOptions options)
    {
        var pre = 4 * A + 2 * D + 6 * Tp + 2 * Trsa + 2 * Tcert + Tke;
        var registration = 2 * A + 2 * C + 2 * Tp + 2 * Tf;
        return DelayModel.Of(
            ("total", CountsRegistration(options) ? pre + registration : pre), ("pre", pre), (Registration, registration)) with
        {
            Anticipation = pre,
            Interruption = Redirection.Interruption(2 * A + 2 * Tp),
        };
    }

    private static bool CountsRegistration(SchemeOptions options) => options.Text(Registration) == "counted";
}
