using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Topology.Plans;
using Topology.Randomness;

namespace Experiments.Cli;

/// <summary>
/// Passes on what happens in the handovers of some mobile nodes, which the seed chooses, so that the trace of a million of them stays
/// small: their packets on every link, and what they do themselves. What a router computes is in no packet and is left out.
/// </summary>
/// <param name="share">Of the mobile nodes, between 0 and 1.</param>
internal sealed class SampledObserver(INetworkObserver observer, NetworkPlan plan, ulong seed, double share) : INetworkObserver
{
    public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet)
    {
        if (IsSampled(packet.Handover.Mobile))
            observer.Sent(at, node, nextHop, packet);
    }

    public void Received(SimTime at, NodeId node, Packet packet)
    {
        if (IsSampled(packet.Handover.Mobile))
            observer.Received(at, node, packet);
    }

    public void Lost(SimTime at, NodeId node, Packet packet)
    {
        if (IsSampled(packet.Handover.Mobile))
            observer.Lost(at, node, packet);
    }

    public void Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost)
    {
        if (IsSampled(node))
            observer.Computing(at, node, operation, cost);
    }

    public void TimerExpired(SimTime at, NodeId node, ProtocolTimer timer)
    {
        if (IsSampled(node))
            observer.TimerExpired(at, node, timer);
    }

    public void Marked(SimTime at, NodeId node, Mark mark)
    {
        if (IsSampled(node))
            observer.Marked(at, node, mark);
    }

    public void Completed(SimTime at, HandoverKey handover, Outcome outcome)
    {
        if (IsSampled(handover.Mobile))
            observer.Completed(at, handover, outcome);
    }

    private bool IsSampled(NodeId node) =>
        plan.IsMobile(node) && RandomStream.Mix(seed ^ RandomStream.Mix((ulong)node.Index)) < share * ulong.MaxValue;
}
