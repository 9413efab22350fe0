using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Early;

/// <summary>
/// A mobile node that authenticates with a router as soon as it sees its access point, so that a trigger leaves it only FBU
/// and FBack to do. A trigger that comes sooner finds it on the way.
/// </summary>
public sealed class MobileNode(RoleContext context) : IpsecFmipv6.MobileNode(context)
{
    /// <summary>M4 is verified: node and router know each other.</summary>
    internal static readonly Mark Acquainted = Mark.Named("acquainted");

    private bool _isTriggered;
    private Address? _assigned;

    public override bool ListensForNeighbors => true;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _isTriggered = false;
        _assigned = null;
    }

    /// <summary>Steps (1) to (4).</summary>
    protected override void OnNeighbor(Effects effects) => base.Prepare(effects);

    protected override void Prepare(Effects effects)
    {
        _isTriggered = true;
        if (Step == HandoverStep.Ready)
            Bind(_assigned!.Value, effects);
        else if (Step == HandoverStep.Idle)
            base.Prepare(effects);
    }

    protected override void OnAccepted(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        Answered(effects);
        effects.Mark(Acquainted);
        _assigned = advertisement.NewCareOfAddress;
        if (_isTriggered)
            base.OnAccepted(advertisement, effects);
        else
            Step = HandoverStep.Ready;
    }

    protected override void Ended(Effects effects)
    {
        base.Ended(effects);
        _isTriggered = false;
    }
}
