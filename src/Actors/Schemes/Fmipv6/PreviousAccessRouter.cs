using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// An access router towards the mobile nodes that leave it. In RFC 5568's order: RtSolPr is answered from the neighbour
/// table without any state, FBU makes it initiate the handover, HAck makes it forward. An FBU from the new link is one of
/// reactive mode.
/// </summary>
public class PreviousAccessRouter : RoleMachine
{
    private readonly NetworkFacts _network;
    private readonly TimeSpan _retransmission;
    private readonly bool _redirectsAtUpdate;
    private readonly int? _bufferPackets;
    private Redirection? _redirection;
    private ushort _lastSequence;

    /// <param name="redirectsAtUpdate">Whether data is held back from FBU on; else a node that is still here gets it until FBack leaves.</param>
    public PreviousAccessRouter(RoleContext context, bool redirectsAtUpdate = false)
    {
        _redirectsAtUpdate = redirectsAtUpdate;
        _bufferPackets = context.BufferPackets;
        _network = context.Network;
        Address = Address.Of(context.Node.Id);
        _retransmission = context.Options.Duration(RetransmissionOption.Name);
        Departures = SessionTable<Departure>.ForTimeout(_retransmission);
    }

    public SessionTable<Departure> Departures { get; }

    protected Address Address { get; }

    private Redirection Redirection => _redirection ??= new Redirection(Address, _redirectsAtUpdate, RouterProtection != EspMode.None, _bufferPackets);

    /// <summary>How signalling with the mobile node is protected.</summary>
    protected virtual EspMode MobileProtection => EspMode.None;

    /// <summary>How signalling with the new router is protected.</summary>
    protected virtual EspMode RouterProtection => EspMode.None;

    public override void Reset(RunContext run)
    {
        Departures.Clear();
        _lastSequence = run.FirstSequence;
    }

    public sealed override void OnPacket(Packet packet, Effects effects)
    {
        Departures.Expire(effects);
        switch (packet.Message)
        {
            case ProxyRouterSolicitation solicitation:
                OnSolicitation(packet, solicitation, effects);
                break;
            case FastBindingUpdate update:
                OnUpdate(packet, update, effects);
                break;
            case HandoverAcknowledge acknowledge:
                if (Departures.TryFind(acknowledge.NewCareOfAddress.Host, out var departure) && departure.IsOpen
                    && departure.InitiateSequence == acknowledge.Sequence && departure.NewRouter == packet.Source)
                {
                    departure.Close(effects);
                    Departures.Touch(departure, effects);
                    OnAcknowledge(departure, acknowledge, effects);
                }

                break;
        }
    }

    public sealed override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Departure departure || !Departures.Holds(departure))
            return;
        if (departure.MayRepeat)
            departure.Repeat(effects);
        else
            GiveUp(departure, effects);
    }

    public sealed override bool OnTransit(Packet packet, Effects effects) =>
        packet.Message.Data is not null && Departures.TryFind(packet.Destination.Host, out var departure)
        && Redirection.TryTake(departure, packet, effects);

    /// <summary>The number of the handover by which a mobile node leaves or has left; 0 where nothing is known of it.</summary>
    public int LastHandover(NodeId mobile, Effects effects)
    {
        Departures.Expire(effects);
        return Departures.TryFind(mobile, out var departure) ? departure.Handover.Number : 0;
    }

    /// <summary>A mobile node says that it is on the link.</summary>
    public void OnReturned(Packet packet)
    {
        if (Departures.TryFind(packet.Source.Host, out var departure) && departure.Handover.Number < packet.Handover.Number)
            departure.HasReturned = true;
    }

    protected virtual void OnSolicitation(Packet packet, ProxyRouterSolicitation solicitation, Effects effects)
    {
        if (RouterOf(packet, solicitation, effects) is { } router)
            Advertise(packet.Source, solicitation, router, packet.Handover, effects);
    }

    protected virtual void OnUpdate(Packet packet, FastBindingUpdate update, Effects effects)
    {
        var mobile = update.PreviousCareOfAddress.Host;
        if (Departures.TryFind(mobile, out var former))
        {
            if (former.UpdateSequence == update.Sequence)
            {
                Departures.Touch(former, effects);
                if (former.State is DepartureState.Forwarding or DepartureState.Refused)
                    Acknowledge(former, effects);
                return;
            }

            if (!SequenceNumber.IsNewer(update.Sequence, former.UpdateSequence))
                return;
        }

        if (_network.RouterOf(update.NewCareOfAddress.PrefixOwner) is not { } router)
        {
            Refuse(packet, update, effects);
            return;
        }

        var departure = NewDeparture(update.PreviousCareOfAddress, packet.Handover, Address.Of(router), effects);
        departure.IsReactive = IsReactive(packet, update);
        departure.AcknowledgeTo = packet.Source;
        departure.State = DepartureState.Buffering;
        departure.UpdateSequence = update.Sequence;
        departure.NewCareOfAddress = update.NewCareOfAddress;
        Initiate(departure, false, null, effects);
    }

    protected virtual void OnAcknowledge(Departure departure, HandoverAcknowledge acknowledge, Effects effects)
    {
        if (acknowledge.Code >= HandoverCode.Refused)
        {
            departure.Status = FastBindingStatus.Prohibited;
            departure.State = DepartureState.Refused;
        }
        else
        {
            departure.Status = acknowledge.Code == HandoverCode.AddressAssigned ? FastBindingStatus.UseSuppliedAddress : FastBindingStatus.Accepted;
            departure.NewCareOfAddress = acknowledge.NewCareOfAddress;
            Forward(departure, effects);
        }

        Acknowledge(departure, effects);
    }

    protected static bool IsReactive(Packet packet, FastBindingUpdate update) => packet.Source != update.PreviousCareOfAddress;

    /// <summary>The new router takes the mobile node's packets.</summary>
    protected static void Forward(Departure departure, Effects effects)
    {
        departure.State = DepartureState.Forwarding;
        departure.ForwardingSince = effects.Now;
        departure.Extension = null;
    }

    /// <summary>The router of the access point; when nobody knows it, the answer says so.</summary>
    protected Address? RouterOf(Packet packet, ProxyRouterSolicitation solicitation, Effects effects)
    {
        if (_network.RouterOf(solicitation.NewAccessPoint) is { } router)
            return Address.Of(router);
        Advertise(
            packet.Source,
            new ProxyRouterAdvertisement(solicitation.Identifier, ProxyCode.NoInformation, solicitation.NewAccessPoint, null),
            packet.Handover,
            effects);
        return null;
    }

    protected static Departure NewDeparture(Address previousCareOfAddress, HandoverKey handover, Address newRouter, Effects effects)
    {
        if (!effects.TryReuse<Departure>(out var departure))
            return new Departure(previousCareOfAddress, handover, newRouter);
        departure.Begin(previousCareOfAddress, handover, newRouter);
        return departure;
    }

    /// <summary>Ask the new router to take the mobile node.</summary>
    protected void Initiate(Departure departure, bool assignsAddress, MessageExtension? extension, Effects effects)
    {
        departure.InitiateSequence = ++_lastSequence;
        Departures.Put(departure, effects);
        var initiate = new HandoverInitiate(
            departure.InitiateSequence,
            assignsAddress,
            departure.PreviousCareOfAddress,
            assignsAddress ? null : departure.NewCareOfAddress,
            extension)
        {
            IsReactive = departure.IsReactive,
        };
        var esp = EspOverhead.Bytes(RouterProtection, initiate.SizeBytes);
        departure.Open(new Packet(Address, departure.NewRouter, initiate, departure.Handover, esp), _retransmission, effects);
    }

    protected void Advertise(Address to, ProxyRouterAdvertisement advertisement, HandoverKey handover, Effects effects)
    {
        var esp = EspOverhead.Bytes(MobileProtection, advertisement.SizeBytes);
        effects.Send(Address, to, advertisement, handover, esp);
    }

    /// <summary>Acknowledge the update of a departure, or say that the new router refuses.</summary>
    protected void Acknowledge(Departure departure, Effects effects)
    {
        SendAcknowledgment(
            departure.AcknowledgeTo,
            new FastBindingAcknowledgment(departure.Status, departure.UpdateSequence, departure.NewCareOfAddress, LifetimeSeconds)
            {
                ForwardingSince = departure.ForwardingSince,
            },
            departure.Handover,
            effects);
        Redirection.Release(departure, effects);
    }

    /// <summary>Refuse an update that leads nowhere.</summary>
    protected void Refuse(Packet packet, FastBindingUpdate update, Effects effects) => SendAcknowledgment(
        packet.Source,
        new FastBindingAcknowledgment(FastBindingStatus.Refused, update.Sequence, update.NewCareOfAddress, 0),
        packet.Handover,
        effects);

    /// <summary>What authorizes an acknowledgment; FMIPv6 itself leaves that to ESP.</summary>
    protected virtual MessageExtension? ProofOf(NodeId mobile, FastBindingAcknowledgment acknowledgment) => null;

    private void GiveUp(Departure departure, Effects effects)
    {
        Departures.Remove(departure, effects);
        Redirection.Release(departure, effects);
    }

    private ushort LifetimeSeconds => (ushort)Math.Clamp(Departures.Lifetime.TotalSeconds, 1, ushort.MaxValue);

    private void Advertise(
        Address to, ProxyRouterSolicitation solicitation, Address router, HandoverKey handover, Effects effects) => Advertise(
        to,
        new ProxyRouterAdvertisement(solicitation.Identifier, ProxyCode.Information, solicitation.NewAccessPoint, router),
        handover,
        effects);

    private void SendAcknowledgment(Address to, FastBindingAcknowledgment acknowledgment, HandoverKey handover, Effects effects)
    {
        acknowledgment = acknowledgment with { Extension = ProofOf(to.Host, acknowledgment) };
        var esp = EspOverhead.Bytes(MobileProtection, acknowledgment.SizeBytes);
        effects.Send(Address, to, acknowledgment, handover, esp);
    }
}
