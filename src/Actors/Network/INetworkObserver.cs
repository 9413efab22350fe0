using Actors.Kernel;
using Actors.Observation;
using Actors.Security;
using Topology.Plans;

namespace Actors.Network;

/// <summary>Sees everything that the nodes of a simulation do; used for traces, and absent from measured runs. It need not take notice of all of it.</summary>
public interface INetworkObserver
{
    /// <summary>A node puts a packet on the link to its next hop.</summary>
    void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet)
    {
    }

    /// <summary>A packet has reached a node and been processed by it.</summary>
    void Received(SimTime at, NodeId node, Packet packet)
    {
    }

    /// <summary>A packet was lost on its way from a node.</summary>
    void Lost(SimTime at, NodeId node, Packet packet)
    {
    }

    /// <summary>A packet from a node was damaged on its way and will be discarded where it arrives; told as a loss where nobody tells them apart.</summary>
    void Corrupted(SimTime at, NodeId node, Packet packet) => Lost(at, node, packet);

    /// <summary>A computation starts.</summary>
    void Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost)
    {
    }

    void TimerExpired(SimTime at, NodeId node, ProtocolTimer timer)
    {
    }

    void Marked(SimTime at, NodeId node, Mark mark)
    {
    }

    void Completed(SimTime at, HandoverKey handover, Outcome outcome)
    {
    }
}
