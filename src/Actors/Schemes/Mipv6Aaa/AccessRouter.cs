using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Mipv6Aaa;

/// <summary>A mobile node that asks for access to a router's link.</summary>
public sealed class AccessSession(Address careOfAddress, HandoverKey handover, AccessRequest request) : MobileSession(careOfAddress.Host)
{
    public Address CareOfAddress { get; } = careOfAddress;

    public HandoverKey Handover { get; } = handover;

    public AccessRequest AccessRequest { get; } = request;

    /// <summary>Of the request to the AAA server.</summary>
    public required uint HopByHop { get; init; }

    /// <summary>What the mobile node was told; null until then.</summary>
    public AccessReply? Reply { get; set; }
}

/// <summary>An access router that is AAA client of its domain's server, besides announcing its prefix.</summary>
public sealed class AccessRouter : RoleMachine
{
    private readonly Mipv6.AccessRouter _announcement;
    private readonly Address _address;
    private readonly Address _server;
    private readonly TimeSpan _retransmission;
    private uint _lastHopByHop;

    public AccessRouter(RoleContext context)
    {
        _announcement = new Mipv6.AccessRouter(context.Node.Id);
        _address = Address.Of(context.Node.Id);
        _server = Address.Of(context.Server(NodeRole.VisitedAaa));
        _retransmission = context.Options.Duration(RetransmissionOption.Name);
        Sessions = SessionTable<AccessSession>.ForTimeout(_retransmission);
    }

    public SessionTable<AccessSession> Sessions { get; }

    public override void Reset(RunContext run)
    {
        _announcement.Reset(run);
        Sessions.Clear();
        _lastHopByHop = run.FirstIdentifier;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        Sessions.Expire(effects);
        switch (packet.Message)
        {
            case AccessRequest request:
                OnRequest(packet, request, effects);
                break;
            case AaaAnswer answer when packet.Source == _server && Sessions.TryFind(answer.User, out var session)
                && session.IsOpen && session.HopByHop == answer.HopByHop:
                session.Close(effects);
                session.Reply = new AccessReply(session.AccessRequest.Identifier, answer.Success, answer.Content);
                Sessions.Touch(session, effects);
                Answer(session, effects);
                break;
            default:
                _announcement.OnPacket(packet, effects);
                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not AccessSession session || !Sessions.Holds(session))
            return;
        if (session.MayRepeat)
            session.Repeat(effects);
        else
            Sessions.Remove(session, effects);
    }

    private void OnRequest(Packet packet, AccessRequest request, Effects effects)
    {
        if (Sessions.TryFind(packet.Source.Host, out var former) && (int)(request.Identifier - former.AccessRequest.Identifier) <= 0)
        {
            if (request.Identifier != former.AccessRequest.Identifier)
                return;
            Sessions.Touch(former, effects);
            if (former.Reply is not null)
                Answer(former, effects);
            return;
        }

        var session = new AccessSession(packet.Source, packet.Handover, request) { HopByHop = ++_lastHopByHop };
        Sessions.Put(session, effects);
        var forwarded = new AaaRequest(session.HopByHop, session.Mobile, request.HomeServer, request.Content);
        session.Open(new Packet(_address, _server, forwarded, session.Handover), _retransmission, effects);
    }

    private void Answer(AccessSession session, Effects effects) =>
        effects.Send(_address, session.CareOfAddress, session.Reply!, session.Handover);
}
