using Actors.Network;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// A home agent that is also the access router of its link: mobile nodes at home are in its cell. Each of the two roles knows its own
/// packets and timers; what comes for a mobile node is the home agent's first, which tunnels it where the node is registered away.
/// </summary>
public sealed class HomeRouter(RoleMachine homeAgent, RoleMachine accessRouter) : RoleMachine
{
    /// <summary>The machine of a node, which is two where a home agent has a cell.</summary>
    /// <param name="create">The machine of a role.</param>
    public static RoleMachine? Of(NodeSpec node, bool hasCell, Func<NodeSpec, RoleMachine?> create)
    {
        var machine = create(node);
        return machine is not null && hasCell && node.Role == NodeRole.HomeAgent && create(node with { Role = NodeRole.AccessRouter, Refusal = null }) is { } router
            ? new HomeRouter(machine, router)
            : machine;
    }

    public override void Reset(RunContext run)
    {
        homeAgent.Reset(run);
        accessRouter.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        homeAgent.OnPacket(packet, effects);
        accessRouter.OnPacket(packet, effects);
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        homeAgent.OnTimer(timer, effects);
        accessRouter.OnTimer(timer, effects);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        homeAgent.OnComputed(continuation, effects);
        accessRouter.OnComputed(continuation, effects);
    }

    public override bool OnTransit(Packet packet, Effects effects) =>
        homeAgent.OnTransit(packet, effects) || accessRouter.OnTransit(packet, effects);

    public override bool OnUplink(Packet packet, Effects effects) => accessRouter.OnUplink(packet, effects);
}
