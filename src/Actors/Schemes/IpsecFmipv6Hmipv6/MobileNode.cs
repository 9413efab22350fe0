using Actors.Mobility;
using Actors.Network;

namespace Actors.Schemes.IpsecFmipv6Hmipv6;

/// <summary>
/// A mobile node of the proposal that registers at its anchor point. Where the new router has another one it registers there, and then its
/// new regional care-of address at home.
/// </summary>
public sealed class MobileNode(RoleContext context) : IpsecFmipv6.MobileNode(context)
{
    protected override RegionalRegistration Regional { get; } = new(context);

    protected override void Attached(Effects effects)
    {
        Regional.BeginAt(Router);
        base.Attached(effects);
    }
}
