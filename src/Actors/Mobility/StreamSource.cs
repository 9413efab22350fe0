using Actors.Kernel;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>The stream of one mobile node, and the timer of its next packet.</summary>
public sealed class DataStream(MobileSpec mobile) : ProtocolTimer
{
    public NodeId Mobile => mobile.Node;

    public Address HomeAddress { get; } = Address.On(mobile.HomeAgent, mobile.Node);

    /// <summary>Of the next packet.</summary>
    public int Sequence { get; set; }

    public override string Name => "next packet";
}

/// <summary>A correspondent that knows where mobile nodes are, so that its packets need not go by way of the home agent.</summary>
public interface IRouteOptimiser
{
    /// <summary>The care-of address of a mobile node; null where it is not known.</summary>
    Address? RouteTo(Address home, SimTime now);
}

/// <summary>A correspondent that sends streams of data; all else that it does is its role's.</summary>
/// <param name="role">The scheme's machine; null where the scheme has none for correspondents.</param>
public sealed class StreamSource(NodeId self, Traffic traffic, RoleMachine? role) : RoleMachine
{
    private readonly Address _address = Address.Of(self);

    public override void Reset(RunContext run) => role?.Reset(run);

    public override void OnPacket(Packet packet, Effects effects) => role?.OnPacket(packet, effects);

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is DataStream stream)
            SendNext(stream, effects);
        else
            role?.OnTimer(timer, effects);
    }

    public override void OnComputed(object continuation, Effects effects) => role?.OnComputed(continuation, effects);

    public override bool OnTransit(Packet packet, Effects effects) => role?.OnTransit(packet, effects) ?? false;

    private void SendNext(DataStream stream, Effects effects)
    {
        var route = (role as IRouteOptimiser)?.RouteTo(stream.HomeAddress, effects.Now);
        var data = new DataPacket(stream.Mobile, stream.Sequence, effects.Now, traffic.PayloadBytes) { IsRouteOptimised = route is not null };

        // No handover has caused it. It meets the delays of the first one, until an agent knows of a later one.
        effects.Send(new Packet(_address, route ?? stream.HomeAddress, data, new HandoverKey(stream.Mobile, 1)));
        effects.CountData(DataEvent.Sent);
        if (++stream.Sequence * traffic.Interval < traffic.Duration)
            effects.Start(stream, traffic.Interval);
    }
}
