using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// The previous access router, FA1 of the paper: it relays the authentication inside protected signalling, and gives up
/// its own association with a mobile node that has left.
/// </summary>
public sealed class PreviousAccessRouter(RoleContext context, NewAccessRouter arrivals) : AssigningPreviousAccessRouter(context)
{
    protected override EspMode MobileProtection => EspMode.Transport;

    protected override EspMode RouterProtection => EspMode.Tunnel;

    protected override void Departed(Departure departure, Effects effects) => arrivals.Release(departure.Mobile, effects);
}
