using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Mipv6;

/// <summary>An access router that only announces its prefix, and what else it knows, to those who ask.</summary>
public sealed class AccessRouter(NodeId self, RouterAdvertisement advertisement) : RoleMachine
{
    private readonly Address _address = Address.Of(self);

    public AccessRouter(NodeId self)
        : this(self, new RouterAdvertisement(self))
    {
    }

    public override void Reset(RunContext run)
    {
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is RouterSolicitation)
            effects.Send(_address, packet.Source, advertisement, packet.Handover);
    }
}
