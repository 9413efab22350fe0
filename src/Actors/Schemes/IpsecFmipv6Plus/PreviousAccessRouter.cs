using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// The previous access router: it relays the exchange as in the parent, and also the mobile node's confirmation to the new
/// router, which waits for that.
/// </summary>
public sealed class PreviousAccessRouter(RoleContext context, NewAccessRouter arrivals) : AssigningPreviousAccessRouter(context)
{
    protected override EspMode MobileProtection => EspMode.Transport;

    protected override EspMode RouterProtection => EspMode.Tunnel;

    protected override void OnUpdate(Packet packet, FastBindingUpdate update, Effects effects)
    {
        // A mobile node that has proved itself on the new link has nothing to confirm.
        if (update.Extension is not Confirmation && !IsReactive(packet, update))
            return;
        base.OnUpdate(packet, update, effects);
        if (update.Extension is not Confirmation confirmation || !Departures.TryFind(update.PreviousCareOfAddress.Host, out var departure)
            || departure.State != DepartureState.Forwarding || departure.UpdateSequence != update.Sequence)
            return;
        var relay = new ConfirmationRelay(departure.NewCareOfAddress, confirmation);
        effects.Send(
            Address, departure.NewRouter, relay, departure.Handover, EspOverhead.Bytes(RouterProtection, relay.SizeBytes));
    }

    protected override void Departed(Departure departure, Effects effects) => arrivals.Release(departure.Mobile, effects);
}
