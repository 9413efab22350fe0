using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>What a previous access router keeps of a mobile node that is about to leave.</summary>
public sealed class Departure : MobileSession
{
    private NodeId _newRouter;

    public Departure(Address previousCareOfAddress, HandoverKey handover, Address newRouter)
        : base(previousCareOfAddress.Host) => Begin(previousCareOfAddress, handover, newRouter);

    public Address PreviousCareOfAddress { get; private set; }

    public HandoverKey Handover { get; private set; }

    public Address NewRouter => Address.Of(_newRouter);

    public DepartureState State { get; set; }

    /// <summary>Whether the mobile node has asked from the new link, before this router had initiated anything.</summary>
    public bool IsReactive { get; set; }

    /// <summary>Where the mobile node is to hear of its update.</summary>
    public Address AcknowledgeTo { get; set; }

    /// <summary>Whether the update has come from the new link before HAck.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>When the new router was known to take the mobile node's packets.</summary>
    public SimTime ForwardingSince { get; set; }

    /// <summary>Of the solicitation, where the handover was initiated by one.</summary>
    public ushort Identifier { get; set; }

    /// <summary>Of the handover initiate that is sent.</summary>
    public ushort InitiateSequence { get; set; }

    /// <summary>Of the fast binding update.</summary>
    public ushort UpdateSequence { get; set; }

    /// <summary>The mobile node's address on the new link, once it is proposed or assigned.</summary>
    public Address NewCareOfAddress { get; set; }

    public FastBindingStatus Status { get; set; }

    /// <summary>Whether the mobile node has come back by a later handover.</summary>
    public bool HasReturned { get; set; }

    /// <summary>Data that is held back until the new router is known to take it; null for none yet.</summary>
    public PacketBuffer? Buffer { get; set; }

    /// <summary>What the new router has added to its acknowledgement, for as long as the mobile node may ask for it.</summary>
    public MessageExtension? Extension { get; set; }

    protected internal override bool MayServeAgain => true;

    /// <summary>Start anew, with nothing of what it was before.</summary>
    public void Begin(Address previousCareOfAddress, HandoverKey handover, Address newRouter)
    {
        Mobile = previousCareOfAddress.Host;
        PreviousCareOfAddress = AcknowledgeTo = previousCareOfAddress;
        Handover = handover;
        _newRouter = newRouter.PrefixOwner;
        State = DepartureState.Initiating;
        IsReactive = IsAwaited = HasReturned = false;
        ForwardingSince = default;
        Identifier = InitiateSequence = UpdateSequence = 0;
        NewCareOfAddress = default;
        Status = default;
        Buffer = null;
        Extension = null;
    }
}

/// <summary>How far a departure has come.</summary>
public enum DepartureState : byte
{
    /// <summary>HI is sent.</summary>
    Initiating,

    /// <summary>HAck has arrived before FBU.</summary>
    Initiated,

    /// <summary>FBU has arrived: what comes for the mobile node is buffered until the new router is known to take it.</summary>
    Buffering,

    /// <summary>FBack is sent: the previous care-of address is bound to the new one and packets go to the new router.</summary>
    Forwarding,

    /// <summary>The new router has refused.</summary>
    Refused,
}
