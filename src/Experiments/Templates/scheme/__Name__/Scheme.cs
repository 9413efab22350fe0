using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;
using static Actors.Mobility.DelayForm;

namespace __Name__;

/// <summary>What the laboratory must know of the scheme. It finds this class by its interface.</summary>
public sealed class Scheme : IHandoverScheme
{
    /// <summary>As experiment files name it.</summary>
    public string Name => "__name__";

    /// <summary>As figures name it.</summary>
    public string Title => "__Name__";

    public string? Parent => null;

    public string Source => "your own";

    public int Version => 1;

    public IReadOnlyList<NodeRole> RequiredRoles { get; } = [NodeRole.HomeAgent];

    /// <summary>Options that a file may set. More: <c>new SchemeOption("name", default, "meaning, with unit and source.")</c>.</summary>
    public IReadOnlyList<SchemeOption> Options { get; } = [RetransmissionOption.Option];

    /// <summary>What is measured: from one mark of the mobile node to another. Each phase is a metric.</summary>
    public IReadOnlyList<Phase> Phases { get; } =
    [
        new("farewell", Mark.Trigger, Mark.Prepared),
        new("link-switch", Mark.LinkDown, Mark.LinkUp),
        new("registration", Mark.BindingUpdateSent, Mark.Registered),
    ];

    public IReadOnlyList<string> TotalPhases { get; } = ["farewell", "registration"];

    /// <summary>A new machine for each node that has a role in the scheme; others only forward.</summary>
    public RoleMachine? CreateMachine(RoleContext context) => context switch
    {
        { Mobile: not null } => new MobileNode(context),
        { Node.Role: var role } when role == NodeRole.AccessRouter => new AccessRouter(context),
        { Node.Role: var role } when role == NodeRole.HomeAgent => new HomeAgent(context.Node.Id) { FirstBinding = context.Network.FirstCareOfAddressOf },
        _ => null,
    };

    /// <summary>
    /// The closed form, counted from the chart in README.md: A wireless, B within a domain, C to home, D between domains, Tp
    /// processing. The simulation never reads it; the tests compare the two to the tick.
    /// </summary>
    public DelayModel Delays(SchemeOptions options)
    {
        var farewell = 2 * A + 2 * Tp;
        var registration = 2 * A + 2 * C + 4 * Tp;
        return DelayModel.Of(("total", farewell + registration), ("farewell", farewell), ("registration", registration));
    }
}
