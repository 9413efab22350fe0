using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// A mobile node that sends a stream of data; all else that it does is its scheme's. What it sends without a link is lost, as
/// with an interface that is down; what it sends on a new link that its agent does not know of yet is dropped there (RFC 6275
/// section 10.4.5).
/// </summary>
public sealed class UplinkSource(MobileNodeMachine role, NodeId correspondent) : MobileNodeMachine
{
    private readonly Address _correspondent = Address.Of(correspondent);

    public override bool ListensForNeighbors => role.ListensForNeighbors;

    public override void Reset(RunContext run) => role.Reset(run);

    public override void OnPacket(Packet packet, Effects effects) => role.OnPacket(packet, effects);

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is DataStream stream)
            stream.SendNext((_, data) => role.Uplink(data, _correspondent), effects);
        else
            role.OnTimer(timer, effects);
    }

    public override void OnComputed(object continuation, Effects effects) => role.OnComputed(continuation, effects);

    public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects) => role.OnTrigger(handover, newRouter, effects);

    public override void OnNeighbor(HandoverKey handover, NodeId newRouter, Effects effects) => role.OnNeighbor(handover, newRouter, effects);

    public override void OnLinkDown(Effects effects) => role.OnLinkDown(effects);

    public override void OnLinkUp(NodeId router, Effects effects) => role.OnLinkUp(router, effects);
}
