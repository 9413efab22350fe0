using Actors.Kernel;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// A home agent (RFC 3775 section 10): it keeps the bindings of the mobile nodes of its subnet and acknowledges their
/// updates to the care-of address, whoever has passed them on; it tunnels to and from the care-of address. Updates and
/// acknowledgements are protected by ESP in transport mode, tunnels by ESP in tunnel mode (RFC 3776).
/// </summary>
/// <param name="protection">Of updates and acknowledgements, where a scheme departs from RFC 3776.</param>
public class HomeAgent(NodeId self, EspMode protection = EspMode.Transport) : RoleMachine
{
    private readonly int _espBytes = EspOverhead.Bytes(protection, BindingAcknowledgement.HeaderBytes);
    private readonly Address _address = Address.Of(self);

    public BindingCache Bindings { get; private init; } = new();

    /// <summary>Where a node of this subnet is registered when a run starts; only data is sent there.</summary>
    public Func<NodeId, Address>? FirstBinding
    {
        init => Bindings = new BindingCache { First = value };
    }

    protected virtual bool ProtectsTunnels => true;

    public override void Reset(RunContext run) => Bindings.Reset(run);

    public override void OnPacket(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case BindingUpdate update:
                var answer = update.HomeAddress.PrefixOwner == self && Serves(update)
                    ? Bindings.Update(update, effects.Now, packet.Handover.Number)
                    : new BindingAcknowledgement(BindingStatus.NotHomeSubnet, update.Sequence, 0);
                effects.Send(_address, update.CareOfAddress, answer, packet.Handover, _espBytes);
                break;

            // Only from the care-of address of the one that claims to send (RFC 3775 section 10.4.5).
            case Tunnelled { Data: null, Inner: var inner }:
                if (Bindings.Find(inner.Source, effects.Now)?.CareOfAddress == packet.Source)
                    effects.Send(inner);
                break;
            case Tunnelled { Data: { } data, Inner: var inner }:
                if (Bindings.FindForData(inner.Source, effects.Now)?.CareOfAddress == packet.Source)
                    effects.Send(inner);
                else
                    effects.CountData(DataEvent.Dropped, data);
                break;
        }
    }

    /// <summary>Intercept what comes for a mobile node that is away (RFC 3775 section 10.4.1).</summary>
    public override bool OnTransit(Packet packet, Effects effects)
    {
        if (Tunnel(packet, effects.Now) is not { } tunnelled)
            return false;
        effects.Send(tunnelled);
        return true;
    }

    /// <summary>
    /// A packet for a mobile node that is away, on its way there; null for one that is not away. Data travels in the clear, and
    /// meets the delays of the handover that has brought the node to where it is registered.
    /// </summary>
    public Packet? Tunnel(Packet packet, SimTime now)
    {
        if (packet.Message.Data is null)
            return Bindings.Find(packet.Destination, now) is { } binding ? Tunnelled.Wrap(_address, binding.CareOfAddress, packet, ProtectsTunnels) : null;
        return Bindings.FindForData(packet.Destination, now) is { } route
            ? new Packet(_address, route.CareOfAddress, new Tunnelled(packet), new HandoverKey(packet.Destination.Host, route.Handover))
            : null;
    }

    /// <summary>Whether an update for this subnet is of the kind that this agent keeps.</summary>
    protected virtual bool Serves(BindingUpdate update) => !update.IsLocal;
}

/// <summary>
/// A mobility anchor point (RFC 5380): a local home agent, whose bindings lead from regional care-of addresses, of its own
/// prefix, to on-link ones. Its tunnels are plain.
/// </summary>
public sealed class MobilityAnchorPoint(NodeId self) : HomeAgent(self)
{
    protected override bool ProtectsTunnels => false;

    protected override bool Serves(BindingUpdate update) => update.IsLocal;
}
