using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Pmipv6;

/// <summary>What a gateway keeps of a mobile node on its link while it registers it; schemes derive theirs.</summary>
public class Attachment(NodeId mobile, HandoverKey handover) : MobileSession(mobile)
{
    public HandoverKey Handover { get; } = handover;

    /// <summary>Of the last update.</summary>
    public ushort Sequence { get; set; }

    /// <summary>When the first update was sent; null until then.</summary>
    public SimTime? UpdateSentAt { get; set; }

    /// <summary>When the anchor's acknowledgement arrived; null until then.</summary>
    public SimTime? RegisteredAt { get; set; }
}

/// <summary>
/// The mobile access gateway (RFC 5213 section 6): an access router that registers the nodes on its link with their anchors
/// and shows each its home link, whichever gateway it is at.
/// </summary>
public class MobileAccessGateway : RoleMachine
{
    /// <summary>Requested lifetime of a binding, in units of 4 s: 420 s, as a mobile node of MIPv6 would ask for.</summary>
    private const ushort LifetimeUnits = 105;

    private static readonly int EspBytes = EspOverhead.Bytes(EspMode.Transport, ProxyBindingUpdate.HeaderBytes);
    private readonly NetworkFacts _network;
    private ushort _sequence;

    public MobileAccessGateway(RoleContext context)
    {
        _network = context.Network;
        Self = context.Node.Id;
        Address = Address.Of(Self);
        Retransmission = context.Options.Duration(RetransmissionOption.Name);
        Attachments = SessionTable<Attachment>.ForTimeout(Retransmission);
    }

    public SessionTable<Attachment> Attachments { get; }

    protected NodeId Self { get; }

    protected Address Address { get; }

    protected TimeSpan Retransmission { get; }

    public override void Reset(RunContext run)
    {
        Attachments.Clear();
        _sequence = run.FirstSequence;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        Attachments.Expire(effects);
        switch (packet.Message)
        {
            case Tunnelled { Data: { } data } tunnelled when tunnelled.Inner.Source.Host != data.Mobile:
                OnData(tunnelled, effects);
                break;
            case RouterSolicitation:
                OnSolicitation(packet, effects);
                break;
            case ProxyBindingAcknowledgement acknowledgement
                when Attachments.TryFind(acknowledgement.MobileNode, out var attachment)
                    && attachment.IsOpen && attachment.Sequence == acknowledgement.Sequence:
                OnAcknowledgement(attachment, acknowledgement, effects);
                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Attachment attachment || !Attachments.Holds(attachment))
            return;
        if (attachment.MayRepeat)
            attachment.Repeat(effects, Update(attachment, effects));
        else
            Attachments.Remove(attachment, effects);
    }

    /// <summary>What a mobile node sends goes to its anchor in a tunnel (RFC 5213 section 6.10.3).</summary>
    public sealed override bool OnUplink(Packet packet, Effects effects)
    {
        if (packet.Message.Data is null)
            return false;
        var anchor = Address.Of(_network.ProfileOf(packet.Source.Host).HomeAgent);
        effects.Send(Address, anchor, new Tunnelled(packet), packet.Handover);
        return true;
    }

    /// <summary>Data for a mobile node, whose prefix is not this router's, goes out on its link.</summary>
    protected virtual void OnData(Tunnelled tunnelled, Effects effects) => effects.Deliver(tunnelled.Inner);

    protected virtual Attachment Create(Packet packet) => new(packet.Source.Host, packet.Handover);

    /// <summary>Another solicitation of a node that this gateway knows already.</summary>
    protected virtual void OnRepeated(Attachment attachment, Effects effects)
    {
        if (attachment.RegisteredAt is not null)
            Advertise(attachment, effects);
    }

    /// <summary>The prefix of a mobile node, from its profile.</summary>
    protected Address HomeNetworkPrefixOf(NodeId mobile) => Address.On(_network.ProfileOf(mobile).HomeAgent, mobile);

    /// <summary>Register a node with its anchor.</summary>
    protected void Register(Attachment attachment, Effects effects)
    {
        Attachments.Put(attachment, effects);
        attachment.UpdateSentAt = effects.Now;
        attachment.Open(Update(attachment, effects), Retransmission, effects);
    }

    /// <summary>Show a node its home link, and tell it, for the measurement, how far its registration is.</summary>
    protected void Advertise(Attachment attachment, Effects effects) => effects.Send(
        Address,
        Address.On(Self, attachment.Mobile),
        new HomeLinkAdvertisement(HomeNetworkPrefixOf(attachment.Mobile), attachment.UpdateSentAt, attachment.RegisteredAt),
        attachment.Handover);

    /// <summary>The link layer tells a new association from the one before; the number of the handover stands for that.</summary>
    private void OnSolicitation(Packet packet, Effects effects)
    {
        if (Attachments.TryFind(packet.Source.Host, out var former) && former.Handover == packet.Handover)
        {
            Attachments.Touch(former, effects);
            OnRepeated(former, effects);
        }
        else if (former is null || packet.Handover.Number > former.Handover.Number)
        {
            Register(Create(packet), effects);
        }
    }

    private void OnAcknowledgement(Attachment attachment, ProxyBindingAcknowledgement acknowledgement, Effects effects)
    {
        if (acknowledgement.Status != ProxyBindingStatus.Accepted)
        {
            Attachments.Remove(attachment, effects);
            return;
        }

        attachment.Close(effects);
        attachment.RegisteredAt = effects.Now;
        Attachments.Touch(attachment, effects);
        Advertise(attachment, effects);
    }

    /// <summary>Every transmission has a sequence number and a timestamp of its own.</summary>
    private Packet Update(Attachment attachment, Effects effects)
    {
        attachment.Sequence = ++_sequence;
        var prefix = HomeNetworkPrefixOf(attachment.Mobile);
        var update = new ProxyBindingUpdate(
            attachment.Mobile, prefix, attachment.Sequence, LifetimeUnits, HandoffIndicator.BetweenGateways, effects.Now);
        return new Packet(Address, Address.Of(prefix.PrefixOwner), update, attachment.Handover, EspBytes);
    }
}
