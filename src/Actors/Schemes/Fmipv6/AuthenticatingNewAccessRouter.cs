using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>An arrival whose access an AAA server decides on.</summary>
public sealed class AuthenticatedArrival(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate? initiate)
    : Arrival(mobile, handover, previousRouter, initiate)
{
    /// <summary>Of the last request to the AAA server.</summary>
    public uint HopByHop { get; set; }

    /// <summary>Of the mobile node's last access request; 0 before the first.</summary>
    public uint AccessIdentifier { get; set; }

    /// <summary>What the mobile node was told; null until then.</summary>
    public AccessReply? Reply { get; set; }
}

/// <summary>
/// A new access router that lets a mobile node in only after the AAA servers' success: it is the AAA client, passes access
/// requests to the server of its domain, and holds the node's packets until the answer. For schemes that authenticate over
/// AAA; FMIPv6 itself does not use it.
/// </summary>
public class AuthenticatingNewAccessRouter(RoleContext context) : NewAccessRouter(context)
{
    private uint _lastHopByHop;

    protected NodeId Server { get; } = context.Server(NodeRole.VisitedAaa);

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _lastHopByHop = run.FirstIdentifier;
    }

    protected override Arrival Create(Packet packet, HandoverInitiate? initiate, Address careOfAddress, Effects effects) =>
        new AuthenticatedArrival(careOfAddress.Host, packet.Handover, initiate is null ? default : packet.Source, initiate)
        {
            CareOfAddress = careOfAddress,
        };

    /// <summary>On the link, but not let in: what is buffered stays so.</summary>
    protected override void OnAttached(Arrival arrival, Effects effects) => arrival.State = ArrivalState.Attached;

    protected override void OnOther(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case AccessRequest request:
                OnAccessRequest(packet, request, effects);
                break;
            case AaaAnswer answer when Arrivals.TryFind(answer.User, out var found) && found is AuthenticatedArrival { IsOpen: true } arrival
                && arrival.HopByHop == answer.HopByHop && packet.Source == Address.Of(Server):
                arrival.Close(effects);
                OnAnswer(arrival, answer, effects);
                break;
        }
    }

    /// <summary>The AAA server has decided on the access, or asks for more.</summary>
    protected virtual void OnAnswer(AuthenticatedArrival arrival, AaaAnswer answer, Effects effects)
    {
        if (answer.Content.Decides)
            arrival.State = answer.Success ? ArrivalState.Open : ArrivalState.Refused;
        arrival.Reply = new AccessReply(arrival.AccessIdentifier, answer.Success, answer.Content);
        Arrivals.Touch(arrival, effects);
        SendReply(arrival, effects);
        if (arrival.State == ArrivalState.Open)
            ReleaseData(arrival, effects);
    }

    protected void AskServer(AuthenticatedArrival arrival, Address homeServer, AaaContent content, Effects effects)
    {
        arrival.HopByHop = ++_lastHopByHop;
        var request = new AaaRequest(arrival.HopByHop, arrival.Mobile, homeServer, content);
        arrival.Open(new Packet(Address, Address.Of(Server), request, arrival.Handover), Retransmission, effects);
    }

    private void OnAccessRequest(Packet packet, AccessRequest request, Effects effects)
    {
        AuthenticatedArrival arrival;
        if (Arrivals.TryFind(packet.Source.Host, out var found))
        {
            arrival = (AuthenticatedArrival)found;
        }
        else
        {
            arrival = (AuthenticatedArrival)Create(packet, null, packet.Source, effects);
            Arrivals.Put(arrival, effects);
        }

        if ((int)(request.Identifier - arrival.AccessIdentifier) <= 0)
        {
            if (request.Identifier != arrival.AccessIdentifier)
                return;
            Arrivals.Touch(arrival, effects);
            if (arrival.Reply is not null)
                SendReply(arrival, effects);
            return;
        }

        arrival.AccessIdentifier = request.Identifier;
        arrival.Reply = null;
        arrival.State = ArrivalState.Attached;
        AskServer(arrival, request.HomeServer, request.Content, effects);
    }

    private void SendReply(AuthenticatedArrival arrival, Effects effects) =>
        effects.Send(Address, arrival.CareOfAddress, arrival.Reply!, arrival.Handover);
}
