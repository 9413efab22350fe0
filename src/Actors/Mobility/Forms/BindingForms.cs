using Actors.Network.Forms;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;

namespace Actors.Mobility.Forms;

public sealed class BindingUpdateForm : MessageForm<BindingUpdate>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingUpdate)];

    public override void Write(BindingUpdate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.AddHomeAddress(message.HomeAddress);
        var kind = message.IsLocal ? BindingUpdateFlags.MobilityAnchorPoint : BindingUpdateFlags.HomeRegistration;
        writer.BeginMobility(new BindingUpdateHeader(message.Sequence, BindingUpdateFlags.Acknowledge | kind, message.LifetimeUnits));
        if (!message.IsLocal)
            writer.AddMobilityOption(new AlternateCareOfAddressOption(message.CareOfAddress));
    }

    public override BindingUpdate? Read(Ipv6Packet packet, FormScope scope)
    {
        if (packet.HomeAddress is not { } home || !packet.ReadMobility<BindingUpdateHeader>().TryGet(out var update))
            return null;
        var isLocal = (update.Body.Flags & BindingUpdateFlags.MobilityAnchorPoint) != 0;
        var careOf = packet.Header.Source;
        if (isLocal == ((update.Body.Flags & BindingUpdateFlags.HomeRegistration) != 0))
            return null;
        if (!isLocal)
        {
            if (!update.Options.TryFind<AlternateCareOfAddressOption>(out var alternate))
                return null;
            careOf = alternate.CareOfAddress;
        }

        return new BindingUpdate(home, careOf, update.Body.Sequence, update.Body.LifetimeUnits) { IsLocal = isLocal };
    }
}

/// <summary>The routing header names the address that the agent keeps for the node, of the agent's own prefix.</summary>
public sealed class BindingAcknowledgementForm : MessageForm<BindingAcknowledgement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingAcknowledgement)];

    public override void Write(BindingAcknowledgement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.AddRoutingHeader(Address.On(scope.Packet.Source.Host, scope.Packet.Destination.Host));
        writer.BeginMobility(new BindingAcknowledgementHeader((byte)message.Status, BindingAcknowledgementFlags.None, message.Sequence, message.LifetimeUnits));
    }

    public override BindingAcknowledgement? Read(Ipv6Packet packet, FormScope scope) =>
        packet.RoutedTo?.PrefixOwner == packet.Header.Source.Host && packet.ReadMobility<BindingAcknowledgementHeader>().TryGet(out var acknowledgement)
            ? new BindingAcknowledgement((BindingStatus)acknowledgement.Body.Status, acknowledgement.Body.Sequence, acknowledgement.Body.LifetimeUnits)
            : null;
}
