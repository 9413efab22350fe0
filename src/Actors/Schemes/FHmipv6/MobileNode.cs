using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.FHmipv6;

/// <summary>
/// A mobile node whose anchor point prepares its moves: it solicits there, has its on-link address bound there to the next
/// one, and registers there. Where the new router has another anchor point it registers at that one, and then its new regional
/// care-of address at home.
/// </summary>
public sealed class MobileNode(RoleContext context) : Fmipv6.MobileNode(context)
{
    private readonly bool _keepsAnchorPoint = AnchorPointChoice.Keeps(context.Options);
    private NodeId _preparer;

    protected override RegionalRegistration Regional { get; } = new(context);

    /// <summary>The anchor point that the handover started from, on the new link too: it has the data for the old one.</summary>
    protected override Address Preparer => Address.Of(_preparer);

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _preparer = Regional.AnchorPoint;
    }

    protected override void Prepare(Effects effects)
    {
        _preparer = Regional.AnchorPoint;
        base.Prepare(effects);
    }

    protected override void Attached(Effects effects)
    {
        Regional.BeginAt(Router, _keepsAnchorPoint);
        base.Attached(effects);
    }
}
