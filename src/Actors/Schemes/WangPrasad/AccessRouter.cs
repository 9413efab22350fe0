using Actors.Network;

namespace Actors.Schemes.WangPrasad;

/// <summary>An access router serves some mobile nodes and is the target of others, at the same time.</summary>
public sealed class AccessRouter(PreviousAccessRouter previous, NewAccessRouter next) : RoleMachine
{
    public PreviousAccessRouter Previous { get; } = previous;

    public NewAccessRouter Next { get; } = next;

    public override void Reset(RunContext run)
    {
        Previous.Reset(run);
        Next.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is HandoverDecision or KeyAcknowledgement)
            Previous.OnPacket(packet, effects);
        else
            Next.OnPacket(packet, effects);
    }

    public override bool OnTransit(Packet packet, Effects effects) => Next.OnTransit(packet, effects);

    public override void OnTimer(ProtocolTimer timer, Effects effects) => Previous.OnTimer(timer, effects);
}
