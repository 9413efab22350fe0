using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;

namespace Actors.Schemes.Hmipv6;

/// <summary>
/// The mobile node of Hierarchical Mobile IPv6: after each move it binds its regional care-of address to the on-link one at
/// an anchor point; the home agent hears of it only when the anchor point, and with it the regional address, is another.
/// </summary>
public sealed class MobileNode(RoleContext context) : Mipv6.MobileNode(context)
{
    private readonly bool _keepsAnchorPoint = AnchorPointChoice.Keeps(context.Options);
    private readonly NetworkFacts _network = context.Network;

    protected override RegionalRegistration Regional { get; } = new(context);

    /// <summary>Movement is detected by an advertisement that nobody has asked for, whose hop is part of MD: its MAP options are known.</summary>
    protected override void OnDetected(Effects effects) =>
        OnAdvertised(new RouterAdvertisement(Router, [.. _network.AnchorPointsOf(Router).Select(Address.Of)]), effects);

    protected override void OnAdvertised(RouterAdvertisement advertisement, Effects effects)
    {
        if (advertisement.AnchorPoints.IsEmpty)
        {
            Fail("no anchor point is advertised", effects);
            return;
        }

        var isKept = _keepsAnchorPoint && advertisement.AnchorPoints.Contains(Address.Of(Regional.AnchorPoint));
        Regional.Begin(isKept ? Regional.AnchorPoint : advertisement.AnchorPoints[0].Host);
        base.OnAdvertised(advertisement, effects);
    }
}
