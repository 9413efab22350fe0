using Actors.Kernel;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>A correspondent that knows where mobile nodes are, so that its packets need not go by way of the home agent.</summary>
public interface IRouteOptimiser
{
    /// <summary>The care-of address of a mobile node; null where it is not known.</summary>
    Address? RouteTo(Address home, SimTime now);
}

/// <summary>A correspondent that sends and receives streams of data; all else that it does is its role's.</summary>
/// <param name="role">The scheme's machine; null where the scheme has none for correspondents.</param>
public sealed class StreamSource(NodeId self, NetworkFacts network, RoleMachine? role) : RoleMachine
{
    private readonly Address _address = Address.Of(self);

    public override void Reset(RunContext run) => role?.Reset(run);

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not DataPacket data)
            role?.OnPacket(packet, effects);
        else if (!data.IsRouteOptimised || RouteTo(Address.On(network.ProfileOf(data.Mobile).HomeAgent, data.Mobile), effects.Now) == packet.Source)
            effects.ReceiveData(data);
        else
            effects.CountData(DataEvent.Dropped, data);
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is DataStream stream)
            stream.SendNext(Route, effects);
        else
            role?.OnTimer(timer, effects);
    }

    public override void OnComputed(object continuation, Effects effects) => role?.OnComputed(continuation, effects);

    public override bool OnTransit(Packet packet, Effects effects) => role?.OnTransit(packet, effects) ?? false;

    /// <summary>No handover has caused it. It meets the delays of the first one, until an agent knows of a later one.</summary>
    private Packet Route(DataStream stream, DataPacket data)
    {
        var route = RouteTo(stream.HomeAddress, data.SentAt);
        return new Packet(
            _address, route ?? stream.HomeAddress, route is null ? data : data with { IsRouteOptimised = true }, new HandoverKey(data.Mobile, 1));
    }

    /// <summary>Where a mobile node can be reached straight (RFC 6275 section 9.3.1: from where it may send straight, too).</summary>
    private Address? RouteTo(Address home, SimTime now) => (role as IRouteOptimiser)?.RouteTo(home, now);
}
