using Actors.Network;
using Actors.Network.TrafficModels;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility;

/// <summary>One direction of the stream of one mobile node, and the timer of its next packet.</summary>
public sealed class DataStream(MobileSpec mobile, Traffic traffic, DataDirection direction, RandomStream random) : ProtocolTimer
{
    private StreamState _state = new(random);
    private int _sequence;

    public Address HomeAddress { get; } = Address.On(mobile.HomeAgent, mobile.Node);

    public override string Name => "next packet";

    /// <summary>Send what is due, and wait for what is due next.</summary>
    /// <param name="route">A packet on its way; null for none.</param>
    public void SendNext(Func<DataStream, DataPacket, Packet?> route, Effects effects)
    {
        TimeSpan gap;
        do
        {
            (var payloadBytes, gap) = traffic.Model.Next(ref _state);
            var data = new DataPacket(mobile.Node, _sequence++, effects.Now, payloadBytes) { Direction = direction };
            effects.CountData(DataEvent.Sent, data);
            if (route(this, data) is { } packet)
                effects.Send(packet);
            else
                effects.CountData(DataEvent.Dropped, data);
        }
        while (gap == TimeSpan.Zero);
        if (effects.Now - Kernel.SimTime.Zero + gap < traffic.Duration)
            effects.Start(this, gap);
    }
}
