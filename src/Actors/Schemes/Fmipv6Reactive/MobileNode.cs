using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.Fmipv6Reactive;

/// <summary>A mobile node that learns of the next router on the old link, leaves, and has its packets redirected from the new one.</summary>
public sealed class MobileNode(RoleContext context) : Fmipv6.MobileNode(context)
{
    protected override Outcome Success => Outcome.Reactive;

    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        Answered(effects);
        effects.Mark(Mark.Prepared);
        SwitchLink(effects);
    }

    protected override void Attached(Effects effects)
    {
        if (Fallback is null)
            Redirect(Outcome.Reactive, effects);
        base.Attached(effects);
    }
}
