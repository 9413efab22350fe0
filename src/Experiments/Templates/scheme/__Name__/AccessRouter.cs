using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;

namespace __Name__;

/// <summary>An access router answers each farewell. It keeps nothing, so it has nothing to forget.</summary>
public sealed class AccessRouter(RoleContext context) : RoleMachine
{
    private readonly Address _address = Address.Of(context.Node.Id);

    public override void Reset(RunContext run)
    {
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is Farewell farewell)
            effects.Send(_address, packet.Source, new FarewellAcknowledgment(farewell.Identifier), packet.Handover);
    }
}
