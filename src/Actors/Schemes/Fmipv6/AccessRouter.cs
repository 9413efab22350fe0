using Actors.Network;

namespace Actors.Schemes.Fmipv6;

/// <summary>An access router is previous router to some mobile nodes and new router to others, at the same time.</summary>
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
        if (packet.Message is UnsolicitedNeighborAdvertisement)
            Previous.OnReturned(packet);
        if (packet.Message is ProxyRouterSolicitation or FastBindingUpdate or HandoverAcknowledge)
            Previous.OnPacket(packet, effects);
        else
            Next.OnPacket(packet, effects);
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is Departure)
            Previous.OnTimer(timer, effects);
        else
            Next.OnTimer(timer, effects);
    }

    /// <summary>Data for a mobile node: the later of its leaving and its coming says where it is.</summary>
    public override bool OnTransit(Packet packet, Effects effects)
    {
        if (packet.Message.Data is null)
            return false;
        var mobile = packet.Destination.Host;
        return Previous.LastHandover(mobile, effects) > Next.LastHandover(mobile, effects)
            ? Previous.OnTransit(packet, effects) || Next.TryProtect(packet, effects)
            : Next.OnTransit(packet, effects);
    }

    public override bool OnUplink(Packet packet, Effects effects) => Next.OnUplink(packet, effects);

    /// <summary>Each of the two knows its own computations by their type.</summary>
    public override void OnComputed(object continuation, Effects effects)
    {
        Previous.OnComputed(continuation, effects);
        Next.OnComputed(continuation, effects);
    }
}
