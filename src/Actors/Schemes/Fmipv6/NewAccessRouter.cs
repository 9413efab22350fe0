using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// An access router towards the mobile nodes that come to it: HI makes it keep a care-of address and buffer, UNA ends that.
/// An HI of reactive mode is about a node that is here already, so that there is nothing to keep.
/// </summary>
public class NewAccessRouter : RoleMachine
{
    private readonly int? _bufferPackets;

    public NewAccessRouter(RoleContext context)
        : this(context, null)
    {
    }

    /// <param name="lifetime">Of an arrival that nothing is heard of; null for one that outlasts a peer that still tries.</param>
    protected NewAccessRouter(RoleContext context, TimeSpan? lifetime)
    {
        Self = context.Node.Id;
        Address = Address.Of(Self);
        _bufferPackets = context.BufferPackets;
        Retransmission = context.Options.Duration(RetransmissionOption.Name);
        Arrivals = lifetime is { } life ? new SessionTable<Arrival>(life) : SessionTable<Arrival>.ForTimeout(Retransmission);
    }

    public SessionTable<Arrival> Arrivals { get; }

    protected NodeId Self { get; }

    protected Address Address { get; }

    protected TimeSpan Retransmission { get; }

    /// <summary>Whether any packet from the new care-of address shows that the mobile node is there, where UNA was lost.</summary>
    protected virtual bool BelievesAnyPacket => true;

    /// <summary>How signalling with the previous router is protected.</summary>
    protected virtual EspMode RouterProtection => EspMode.None;

    /// <summary>How data on the link is protected.</summary>
    protected virtual EspMode LinkProtection => EspMode.None;

    public override void Reset(RunContext run) => Arrivals.Clear();

    public sealed override void OnPacket(Packet packet, Effects effects)
    {
        Arrivals.Expire(effects);
        switch (packet.Message)
        {
            case HandoverInitiate initiate:
                if (initiate.IsReactive)
                    OnReactive(packet, initiate, effects);
                else
                    OnInitiate(packet, initiate, effects);
                break;
            case UnsolicitedNeighborAdvertisement advertisement:
                if (Arrivals.TryFind(packet.Source.Host, out var arrival) && arrival.State == ArrivalState.Buffering
                    && arrival.CareOfAddress == advertisement.Target && IsAuthentic(arrival, advertisement))
                    OnAttached(arrival, effects);
                break;
            default:
                OnOther(packet, effects);
                break;
        }
    }

    public sealed override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Arrival arrival || !Arrivals.Holds(arrival))
            return;
        if (arrival.MayRepeat)
            arrival.Repeat(effects);
        else
            Arrivals.Remove(arrival, effects);
    }

    /// <summary>Data for a mobile node that comes is held back until it is there and let in.</summary>
    public sealed override bool OnTransit(Packet packet, Effects effects)
    {
        if (packet.Message.Data is null)
            return false;
        Arrivals.Expire(effects);
        if (!Arrivals.TryFind(packet.Destination.Host, out var arrival) || arrival.State == ArrivalState.Open)
            return TryProtect(packet, effects);
        if (arrival.State == ArrivalState.Refused)
            effects.CountData(DataEvent.Dropped, packet.Message.Data);
        else
            (arrival.Buffer ??= new PacketBuffer(_bufferPackets)).Add(packet, effects);
        return true;
    }

    /// <summary>
    /// What a mobile node sends shows that it is there, as UNA would have (RFC 4861 section 7.3.1 takes hints from other protocols too;
    /// RFC 5568 section 6.3 lets the node repeat UNA). Data under the link's protection goes on without it.
    /// </summary>
    public sealed override bool OnUplink(Packet packet, Effects effects)
    {
        Arrivals.Expire(effects);
        if (BelievesAnyPacket && Arrivals.TryFind(packet.Source.Host, out var arrival) && arrival.State == ArrivalState.Buffering
            && arrival.CareOfAddress == packet.Source)
            OnAttached(arrival, effects);
        if (LinkProtection == EspMode.None || packet.Message.Data is null || packet.EspBytes == 0)
            return false;
        effects.Send(packet.WithEsp(0));
        return true;
    }

    /// <summary>Send data on the link under protection; false where it needs none.</summary>
    public bool TryProtect(Packet packet, Effects effects)
    {
        if (LinkProtection == EspMode.None)
            return false;
        effects.Send(Protected(packet));
        return true;
    }

    /// <summary>The number of the handover by which a mobile node comes or has come; 0 where nothing is known of it.</summary>
    public int LastHandover(NodeId mobile, Effects effects)
    {
        Arrivals.Expire(effects);
        return Arrivals.TryFind(mobile, out var arrival) ? arrival.Handover.Number : 0;
    }

    /// <summary>A message that a scheme adds.</summary>
    protected virtual void OnOther(Packet packet, Effects effects)
    {
    }

    /// <param name="initiate">Null for a mobile node that has come without one.</param>
    protected virtual Arrival Create(Packet packet, HandoverInitiate? initiate, Address careOfAddress, Effects effects) =>
        new(careOfAddress.Host, packet.Handover, packet.Source, initiate) { CareOfAddress = careOfAddress };

    /// <summary>What goes back to the mobile node with an acknowledgement.</summary>
    protected virtual MessageExtension? AnswerOf(Arrival arrival) => arrival.Extension;

    /// <summary>Whether an initiation says the same again as the one before.</summary>
    protected virtual bool IsRepeated(Arrival former, HandoverInitiate initiate) => former.Initiate is not null && former.Sequence == initiate.Sequence;

    /// <summary>A new initiation: it takes the place of the one before at once, then it is checked.</summary>
    protected virtual void Take(Arrival arrival, Effects effects)
    {
        Arrivals.Put(arrival, effects);
        Admit(arrival, effects);
    }

    /// <summary>A new initiation that has its place: check it, then <see cref="Acknowledge"/> it.</summary>
    protected virtual void Admit(Arrival arrival, Effects effects) => Acknowledge(arrival, effects);

    /// <summary>Whether it is the mobile node that says it is there; FMIPv6 itself believes everyone.</summary>
    protected virtual bool IsAuthentic(Arrival arrival, UnsolicitedNeighborAdvertisement advertisement) => true;

    /// <summary>The mobile node is on the link: what is buffered goes out, and the session is over.</summary>
    protected virtual void OnAttached(Arrival arrival, Effects effects)
    {
        Arrivals.Remove(arrival, effects);
        ReleaseData(arrival, effects);
    }

    /// <summary>The mobile node is let in: what is held back goes out.</summary>
    protected void ReleaseData(Arrival arrival, Effects effects) => arrival.Buffer?.Release(packet => effects.Send(Protected(packet)), effects);

    /// <summary>Whether what comes for a mobile node on this link may be let through; FMIPv6 itself asks nothing.</summary>
    protected virtual bool IsAdmitted(NodeId mobile) => true;

    /// <summary>Answer an initiation with an address, and buffer from now on.</summary>
    protected void Acknowledge(Arrival arrival, Effects effects)
    {
        arrival.State = ArrivalState.Buffering;
        arrival.Code = arrival.Initiate?.NewCareOfAddress == arrival.CareOfAddress ? HandoverCode.Accepted : HandoverCode.AddressAssigned;
        SendAcknowledge(arrival, effects);
    }

    /// <summary>Answer an initiation with a refusal.</summary>
    protected void Refuse(Arrival arrival, Effects effects, HandoverCode code = HandoverCode.Prohibited)
    {
        arrival.State = ArrivalState.Refused;
        arrival.Code = code;
        SendAcknowledge(arrival, effects);
    }

    /// <summary>The address that the mobile node proposes when it lies on this link, else one that this router assigns.</summary>
    private Address AddressFor(HandoverInitiate initiate) =>
        initiate is { AssignsAddress: false, NewCareOfAddress: { } proposed } && proposed.PrefixOwner == Self
            ? proposed
            : Address.On(Self, initiate.PreviousCareOfAddress.Host);

    private void OnInitiate(Packet packet, HandoverInitiate initiate, Effects effects)
    {
        if (Arrivals.TryFind(initiate.PreviousCareOfAddress.Host, out var former) && former.PreviousRouter == packet.Source)
        {
            if (IsRepeated(former, initiate))
            {
                former.Sequence = initiate.Sequence;
                if (former.State != ArrivalState.Open)
                    Arrivals.Touch(former, effects);
                if (former.State != ArrivalState.Initiated)
                    SendAcknowledge(former, effects);
                return;
            }

            if (former.State != ArrivalState.Open && !SequenceNumber.IsNewer(initiate.Sequence, former.Sequence))
                return;
        }

        Take(Create(packet, initiate, AddressFor(initiate), effects), effects);
    }

    private void OnReactive(Packet packet, HandoverInitiate initiate, Effects effects)
    {
        var careOfAddress = initiate.NewCareOfAddress!.Value;
        var mobile = careOfAddress.Host;
        var isKept = Arrivals.TryFind(mobile, out var arrival) && arrival.CareOfAddress == careOfAddress;
        if (!isKept)
            arrival = new Arrival(mobile, packet.Handover, packet.Source, initiate) { CareOfAddress = careOfAddress };
        arrival!.PreviousRouter = packet.Source;
        arrival.Sequence = initiate.Sequence;
        arrival.Code = IsAdmitted(mobile) ? HandoverCode.Accepted : HandoverCode.Prohibited;
        SendAcknowledge(arrival, effects);
        if (isKept && arrival.Code == HandoverCode.Accepted && arrival.State is ArrivalState.Initiated or ArrivalState.Buffering)
            OnAttached(arrival, effects);
    }

    /// <summary>A packet in ESP; one that has come in a protected tunnel changes from that to the link's without getting longer.</summary>
    private Packet Protected(Packet packet) => LinkProtection == EspMode.None || packet.EspBytes > 0
        ? packet
        : packet.WithEsp(EspOverhead.Bytes(LinkProtection, packet.Message.SizeBytes));

    private void SendAcknowledge(Arrival arrival, Effects effects)
    {
        var acknowledge = new HandoverAcknowledge(arrival.Sequence, arrival.Code, arrival.CareOfAddress, AnswerOf(arrival));
        var esp = EspOverhead.Bytes(RouterProtection, acknowledge.SizeBytes);
        effects.Send(Address, arrival.PreviousRouter, acknowledge, arrival.Handover, esp);
    }
}
