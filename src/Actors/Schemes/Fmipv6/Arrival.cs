using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>What a new access router keeps of a mobile node that is about to come; schemes derive theirs.</summary>
public class Arrival(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate? initiate) : MobileSession(mobile)
{
    public HandoverKey Handover { get; } = handover;

    public Address PreviousRouter { get; set; } = previousRouter;

    /// <summary>What the previous router asks for; null for a mobile node that has come without an initiation.</summary>
    public HandoverInitiate? Initiate { get; } = initiate;

    /// <summary>Of the last copy of the initiation, which is the one to answer.</summary>
    public ushort Sequence { get; set; } = initiate?.Sequence ?? 0;

    public ArrivalState State { get; set; }

    public HandoverCode Code { get; set; }

    /// <summary>The mobile node's address on this link.</summary>
    public required Address CareOfAddress { get; init; }

    /// <summary>Data that is held back until the mobile node is there and let in; null for none yet.</summary>
    public PacketBuffer? Buffer { get; set; }

    /// <summary>What goes back to the mobile node with the acknowledgement.</summary>
    public MessageExtension? Extension { get; set; }
}

/// <summary>How far an arrival has come.</summary>
public enum ArrivalState : byte
{
    /// <summary>HI has arrived and is not answered yet.</summary>
    Initiated,

    /// <summary>HAck is sent: what comes for the mobile node is buffered until it is there.</summary>
    Buffering,

    /// <summary>The mobile node is on the link, its packets wait for its authentication.</summary>
    Attached,

    /// <summary>The mobile node may send and receive.</summary>
    Open,

    /// <summary>The mobile node is not let in.</summary>
    Refused,
}
