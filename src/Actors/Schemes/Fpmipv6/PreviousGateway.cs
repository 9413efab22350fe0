using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fpmipv6;

/// <summary>What a gateway keeps of a mobile node that is about to leave it.</summary>
public sealed class Departure(NodeId mobile, HandoverKey handover, Address newGateway, ushort identifier) : MobileSession(mobile)
{
    public HandoverKey Handover { get; } = handover;

    public Address NewGateway { get; } = newGateway;

    /// <summary>Of the node's report.</summary>
    public ushort Identifier { get; } = identifier;

    /// <summary>Of the initiation.</summary>
    public ushort Sequence { get; set; }

    /// <summary>What the node was told; null until then.</summary>
    public HandoverCommand? Command { get; set; }

    /// <summary>Whether the node has come back by a later handover.</summary>
    public bool HasReturned { get; set; }
}

/// <summary>
/// A gateway towards the nodes that leave it (RFC 5949 section 4.1): a node's report makes it hand over the node's context,
/// and the new gateway's acknowledgement makes it send the node on its way.
/// </summary>
public sealed class PreviousGateway : RoleMachine
{
    private readonly NetworkFacts _network;
    private readonly Address _address;
    private readonly TimeSpan _retransmission;
    private ushort _sequence;

    public PreviousGateway(RoleContext context)
    {
        _network = context.Network;
        _address = Address.Of(context.Node.Id);
        _retransmission = context.Options.Duration(RetransmissionOption.Name);
        Departures = SessionTable<Departure>.ForTimeout(_retransmission);
    }

    public SessionTable<Departure> Departures { get; }

    public override void Reset(RunContext run)
    {
        Departures.Clear();
        _sequence = run.FirstSequence;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        Departures.Expire(effects);
        switch (packet.Message)
        {
            case HandoverReport report:
                OnReport(packet, report, effects);
                break;
            case HandoverAcknowledge acknowledge
                when Departures.TryFind(acknowledge.MobileNode, out var departure) && departure.IsOpen
                    && departure.Sequence == acknowledge.Sequence && departure.NewGateway == packet.Source:
                departure.Close(effects);
                Departures.Touch(departure, effects);
                departure.Command = new HandoverCommand(departure.Identifier, acknowledge.Accepted, effects.Now);
                Send(departure, effects);
                break;
        }
    }

    /// <summary>The number of the handover by which a mobile node leaves or has left; 0 where nothing is known of it.</summary>
    public int LastHandover(NodeId mobile, Effects effects)
    {
        Departures.Expire(effects);
        return Departures.TryFind(mobile, out var departure) ? departure.Handover.Number : 0;
    }

    /// <summary>A mobile node is on the link.</summary>
    public void OnReturned(Packet packet)
    {
        if (Departures.TryFind(packet.Source.Host, out var departure) && departure.Handover.Number < packet.Handover.Number)
            departure.HasReturned = true;
    }

    /// <summary>Data for a node that has been told to go goes to the new gateway; false for one that is still here, or here again.</summary>
    public bool TryRedirect(Tunnelled tunnelled, Effects effects)
    {
        if (!Departures.TryFind(tunnelled.Data!.Mobile, out var departure) || departure.HasReturned || departure.Command is not { Accepted: true })
            return false;
        effects.CountData(DataEvent.Forwarded, tunnelled.Data);
        effects.Send(_address, departure.NewGateway, tunnelled.Noting(DataPath.Forwarded), departure.Handover);
        return true;
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Departure departure || !Departures.Holds(departure))
            return;
        if (departure.MayRepeat)
            departure.Repeat(effects);
        else
            Departures.Remove(departure, effects);
    }

    private void OnReport(Packet packet, HandoverReport report, Effects effects)
    {
        var mobile = packet.Source.Host;
        if (Departures.TryFind(mobile, out var former) && !SequenceNumber.IsNewer(report.Identifier, former.Identifier))
        {
            if (report.Identifier != former.Identifier)
                return;
            Departures.Touch(former, effects);
            if (former.Command is not null)
                Send(former, effects);
            return;
        }

        if (_network.RouterOf(report.NewAccessPoint) is not { } router)
        {
            effects.Send(_address, packet.Source, new HandoverCommand(report.Identifier, false, effects.Now), packet.Handover);
            return;
        }

        var departure = new Departure(mobile, packet.Handover, Address.Of(router), report.Identifier) { Sequence = ++_sequence };
        Departures.Put(departure, effects);
        var prefix = Address.On(_network.ProfileOf(mobile).HomeAgent, mobile);
        var initiate = new HandoverInitiate(departure.Sequence, mobile, prefix);
        var esp = EspOverhead.Bytes(EspMode.Transport, initiate.SizeBytes);
        departure.Open(new Packet(_address, departure.NewGateway, initiate, departure.Handover, esp), _retransmission, effects);
    }

    private void Send(Departure departure, Effects effects) => effects.Send(
        _address, Address.On(_address.PrefixOwner, departure.Mobile), departure.Command!, departure.Handover);
}
