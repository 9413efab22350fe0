using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Pmipv6;
using Topology.Addressing;

namespace Actors.Schemes.Fpmipv6;

/// <summary>What a new gateway knows of a node before it comes.</summary>
public sealed class PreparedAttachment(HandoverInitiate initiate, HandoverKey handover, Address previousGateway)
    : Attachment(initiate.MobileNode, handover)
{
    public HandoverInitiate Initiate { get; } = initiate;

    public Address PreviousGateway { get; } = previousGateway;
}

/// <summary>
/// A gateway towards the nodes that come to it (RFC 5949 section 4.1): one whose context it has is let in at once, and
/// registered meanwhile.
/// </summary>
public sealed class NewGateway(RoleContext context) : MobileAccessGateway(context)
{
    public override void OnPacket(Packet packet, Effects effects)
    {
        base.OnPacket(packet, effects);
        if (packet.Message is HandoverInitiate initiate)
            OnInitiate(packet, initiate, effects);
    }

    /// <summary>The node's home link is known: show it without waiting for the anchor.</summary>
    protected override void OnRepeated(Attachment attachment, Effects effects)
    {
        if (attachment is not PreparedAttachment)
        {
            base.OnRepeated(attachment, effects);
            return;
        }

        if (attachment.UpdateSentAt is null)
            Register(attachment, effects);
        Advertise(attachment, effects);
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
        effects.Send(new Packet(Address, packet.Source, acknowledge, packet.Handover, esp));
    }
}
