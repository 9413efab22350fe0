using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.FHmipv6;

/// <summary>
/// A mobile node whose anchor point prepares its moves: it solicits there, has its on-link address bound there to the next
/// one, and registers there alone.
/// </summary>
public sealed class MobileNode : Fmipv6.MobileNode
{
    private readonly NodeId _anchorPoint;

    public MobileNode(RoleContext context)
        : base(context) => _anchorPoint = context.FirstAnchorPoint();

    protected override Address Preparer => Address.Of(_anchorPoint);

    protected override Registrar Registrar => Registrar.At(_anchorPoint, CareOfAddress);
}
