using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.FHmipv6;

/// <summary>An anchor point that also prepares the moves of its mobile nodes, in the place of their previous access routers.</summary>
public sealed class AnchorPoint(PreviousAccessRouter preparation, MobilityAnchorPoint registrations) : RoleMachine
{
    public PreviousAccessRouter Preparation { get; } = preparation;

    public MobilityAnchorPoint Registrations { get; } = registrations;

    public override void Reset(RunContext run)
    {
        Preparation.Reset(run);
        Registrations.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is ProxyRouterSolicitation or FastBindingUpdate or HandoverAcknowledge)
            Preparation.OnPacket(packet, effects);
        else
            Registrations.OnPacket(packet, effects);

        // A node that registers where an earlier handover has led it away from is there again.
        if (packet.Message is BindingUpdate)
            Preparation.OnReturned(packet);
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects) => Preparation.OnTimer(timer, effects);

    /// <summary>Data for the previous on-link address goes to the new one before that is registered.</summary>
    public override bool OnTransit(Packet packet, Effects effects)
    {
        if (packet.Message.Data is null || Registrations.Tunnel(packet, effects.Now) is not { } tunnelled)
            return Registrations.OnTransit(packet, effects);
        if (!Preparation.OnTransit(tunnelled, effects))
            effects.Send(tunnelled);
        return true;
    }
}
