using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// A home agent (RFC 3775 section 10): it keeps the bindings of the mobile nodes of its subnet and acknowledges their
/// updates to the care-of address, whoever has passed them on. Updates and acknowledgements are protected by ESP in
/// transport mode (RFC 3776).
/// </summary>
public sealed class HomeAgent(NodeId self) : RoleMachine
{
    private static readonly int EspBytes = EspOverhead.Bytes(EspMode.Transport, BindingAcknowledgement.HeaderBytes);
    private readonly Address _address = Address.Of(self);

    public BindingCache Bindings { get; } = new();

    public override void Reset(RunContext run) => Bindings.Clear();

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not BindingUpdate update)
            return;
        var answer = update.HomeAddress.PrefixOwner == self
            ? Bindings.Update(update, effects.Now)
            : new BindingAcknowledgement(BindingStatus.NotHomeSubnet, update.Sequence, 0);
        effects.Send(new Packet(_address, update.CareOfAddress, answer, packet.Handover, EspBytes));
    }
}
