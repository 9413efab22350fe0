using Actors.Mobility;
using Actors.Network;

namespace Actors.Schemes.Fpmipv6;

/// <summary>A gateway is previous gateway to some mobile nodes and new gateway to others, at the same time.</summary>
public sealed class Gateway(PreviousGateway previous, NewGateway next) : RoleMachine
{
    public PreviousGateway Previous { get; } = previous;

    public NewGateway Next { get; } = next;

    public override void Reset(RunContext run)
    {
        Previous.Reset(run);
        Next.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is Tunnelled { Data: { } data } tunnelled && tunnelled.Inner.Source.Host != data.Mobile)
        {
            // The later of the node's leaving and its coming says where it is.
            if (Previous.LastHandover(data.Mobile, effects) <= Next.LastHandover(data.Mobile) || !Previous.TryRedirect(tunnelled, effects))
                Next.OnPacket(packet, effects);
            return;
        }

        if (packet.Message is RouterSolicitation)
            Previous.OnReturned(packet);
        if (packet.Message is HandoverReport or HandoverAcknowledge)
            Previous.OnPacket(packet, effects);
        else
            Next.OnPacket(packet, effects);
    }

    public override bool OnUplink(Packet packet, Effects effects) => Next.OnUplink(packet, effects);

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is Departure)
            Previous.OnTimer(timer, effects);
        else
            Next.OnTimer(timer, effects);
    }
}
