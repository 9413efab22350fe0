using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Pmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fpmipv6;

/// <summary>What a new gateway knows of a node before it comes.</summary>
public sealed class PreparedAttachment(HandoverInitiate initiate, HandoverKey handover, Address previousGateway)
    : Attachment(initiate.MobileNode, handover)
{
    public HandoverInitiate Initiate { get; } = initiate;

    public Address PreviousGateway { get; } = previousGateway;

    /// <summary>Data that is held back until the node is there; null for none yet.</summary>
    public PacketBuffer? Buffer { get; set; }
}

/// <summary>
/// A gateway towards the nodes that come to it (RFC 5949 section 4.1): one whose context it has is let in at once, and
/// registered meanwhile.
/// </summary>
public sealed class NewGateway(RoleContext context) : MobileAccessGateway(context)
{
    private readonly int? _bufferPackets = context.BufferPackets;

    public override void OnPacket(Packet packet, Effects effects)
    {
        base.OnPacket(packet, effects);
        if (packet.Message is HandoverInitiate initiate)
            OnInitiate(packet, initiate, effects);
    }

    /// <summary>The node's home link is known: show it without waiting for the anchor.</summary>
    protected override void OnRepeated(Attachment attachment, Effects effects)
    {
        if (attachment is not PreparedAttachment prepared)
        {
            base.OnRepeated(attachment, effects);
            return;
        }

        if (attachment.UpdateSentAt is null)
            Register(attachment, effects);
        Advertise(attachment, effects);
        prepared.Buffer?.Release(effects.Deliver, effects);
    }

    /// <summary>The number of the handover by which a mobile node comes or has come; 0 where nothing is known of it.</summary>
    public int LastHandover(NodeId mobile) => Attachments.TryFind(mobile, out var attachment) ? attachment.Handover.Number : 0;

    protected override void OnData(Tunnelled tunnelled, Effects effects)
    {
        if (Attachments.TryFind(tunnelled.Data!.Mobile, out var attachment) && attachment is PreparedAttachment { UpdateSentAt: null } prepared)
            (prepared.Buffer ??= new PacketBuffer(_bufferPackets)).Add(tunnelled.Inner, effects);
        else
            base.OnData(tunnelled, effects);
    }

    private void OnInitiate(Packet packet, HandoverInitiate initiate, Effects effects)
    {
        if (Attachments.TryFind(initiate.MobileNode, out var former) && former is PreparedAttachment known && known.PreviousGateway == packet.Source
            && !SequenceNumber.IsNewer(initiate.Sequence, known.Initiate.Sequence))
        {
            if (known.Initiate.Sequence != initiate.Sequence)
                return;
            Attachments.Touch(known, effects);
            Acknowledge(packet, initiate, true, effects);
            return;
        }

        var accepted = initiate.HomeNetworkPrefix == HomeNetworkPrefixOf(initiate.MobileNode);
        if (accepted)
            Attachments.Put(new PreparedAttachment(initiate, packet.Handover, packet.Source), effects);
        Acknowledge(packet, initiate, accepted, effects);
    }

    private void Acknowledge(Packet packet, HandoverInitiate initiate, bool accepted, Effects effects)
    {
        var acknowledge = new HandoverAcknowledge(initiate.Sequence, initiate.MobileNode, accepted);
        var esp = EspOverhead.Bytes(EspMode.Transport, acknowledge.SizeBytes);
        effects.Send(Address, packet.Source, acknowledge, packet.Handover, esp);
    }
}
