using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Experiments.Reports.SequenceCharts;
using Topology.Plans;

namespace Experiments.Cli;

/// <summary>Writes down every step of a simulation of one partition, in order, and tells which receive ends which send.</summary>
internal sealed class TraceRecorder(NetworkPlan plan) : INetworkObserver
{
    /// <summary>Sends under way, by packet and the node they go to. A packet may be on several hops, and twice on one.</summary>
    private readonly Dictionary<(Packet Packet, NodeId To), Queue<(NodeId From, long Id)>> _underWay = [];
    private long _sends;

    public List<TraceStep> Steps { get; } = [];

    public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet)
    {
        var id = ++_sends;
        if (!_underWay.TryGetValue((packet, nextHop), out var queue))
            _underWay[(packet, nextHop)] = queue = new Queue<(NodeId, long)>();
        queue.Enqueue((node, id));
        Steps.Add(new TraceStep(at, plan[node].Name, "send", packet.Message.Name, plan[nextHop].Name, packet.SizeBytes, id) { IsProtected = packet.EspBytes > 0 });
    }

    public void Received(SimTime at, NodeId node, Packet packet)
    {
        // A packet of a node to itself crosses no link.
        if (_underWay.TryGetValue((packet, node), out var queue) && queue.TryDequeue(out var send))
            Steps.Add(new TraceStep(at, plan[node].Name, "receive", packet.Message.Name, plan[send.From].Name, packet.SizeBytes, send.Id) { IsProtected = packet.EspBytes > 0 });
    }

    /// <summary>The send stays without a receive.</summary>
    public void Lost(SimTime at, NodeId node, Packet packet)
    {
        foreach (var ((other, _), queue) in _underWay)
        {
            if (ReferenceEquals(other, packet) && queue.TryPeek(out var send) && send.From == node)
            {
                queue.Dequeue();
                return;
            }
        }
    }

    public void Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost) =>
        Steps.Add(new TraceStep(at, plan[node].Name, "compute", operation.Name, null, null, null) { Cost = cost });

    public void TimerExpired(SimTime at, NodeId node, ProtocolTimer timer) =>
        Steps.Add(new TraceStep(at, plan[node].Name, "timer", timer.Name, null, null, null));

    public void Marked(SimTime at, NodeId node, Mark mark) =>
        Steps.Add(new TraceStep(at, plan[node].Name, "mark", mark.Name, null, null, null));

    public void Completed(SimTime at, HandoverKey handover, Outcome outcome) =>
        Steps.Add(new TraceStep(at, plan[handover.Mobile].Name, "mark", outcome.Name, null, null, null));
}
