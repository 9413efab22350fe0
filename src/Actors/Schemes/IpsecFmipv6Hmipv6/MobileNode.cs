using Actors.Mobility;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Hmipv6;

/// <summary>A mobile node of the proposal whose registration ends at its anchor point.</summary>
public sealed class MobileNode : IpsecFmipv6.MobileNode
{
    private readonly NodeId _anchorPoint;

    public MobileNode(RoleContext context)
        : base(context) => _anchorPoint = context.FirstAnchorPoint();

    protected override Registrar Registrar => Registrar.At(_anchorPoint, CareOfAddress);
}
