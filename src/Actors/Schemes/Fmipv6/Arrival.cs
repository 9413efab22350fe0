using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>What a new access router keeps of a mobile node that is about to come; schemes derive theirs.</summary>
public class Arrival : MobileSession
{
    public Arrival(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate? initiate)
        : base(mobile) => Begin(mobile, handover, previousRouter, initiate);

    public HandoverKey Handover { get; private set; }

    public Address PreviousRouter { get; set; }

    /// <summary>What the previous router asks for; null for a mobile node that has come without an initiation.</summary>
    public HandoverInitiate? Initiate { get; protected set; }

    /// <summary>Of the last copy of the initiation, which is the one to answer.</summary>
    public ushort Sequence { get; set; }

    public ArrivalState State { get; set; }

    public HandoverCode Code { get; set; }

    /// <summary>The mobile node's address on this link.</summary>
    public required Address CareOfAddress { get; set; }

    /// <summary>Data that is held back until the mobile node is there and let in; null for none yet.</summary>
    public PacketBuffer? Buffer { get; set; }

    /// <summary>What goes back to the mobile node with the acknowledgement.</summary>
    public MessageExtension? Extension { get; set; }

    /// <summary>Start anew, with nothing of what it was before.</summary>
    protected void Begin(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate? initiate)
    {
        Mobile = mobile;
        Handover = handover;
        PreviousRouter = previousRouter;
        Initiate = initiate;
        Sequence = initiate?.Sequence ?? 0;
        State = ArrivalState.Initiated;
        Code = default;
        Buffer = null;
        Extension = null;
    }
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
