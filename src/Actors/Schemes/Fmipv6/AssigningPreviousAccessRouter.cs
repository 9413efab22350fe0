using Actors.Mobility;
using Actors.Network;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// A previous access router that initiates the handover on RtSolPr, with what the mobile node has sent along, and lets the new router
/// assign the care-of address (RFC 5568 section 3.2 on assigned addressing; assumption A7). FBU is then acknowledged at
/// once. For schemes that authenticate before the switch; FMIPv6 itself does not use it.
/// </summary>
public class AssigningPreviousAccessRouter(RoleContext context) : PreviousAccessRouter(context)
{
    protected override void OnSolicitation(Packet packet, ProxyRouterSolicitation solicitation, Effects effects)
    {
        var mobile = packet.Source.Host;
        if (solicitation.Extension is null)
            return;
        if (Departures.TryFind(mobile, out var former))
        {
            if (former.Identifier == solicitation.Identifier)
            {
                Departures.Touch(former, effects);
                if (former.State is DepartureState.Initiated or DepartureState.Refused)
                    Advertise(former, solicitation.NewAccessPoint, effects);
                return;
            }

            if (!SequenceNumber.IsNewer(solicitation.Identifier, former.Identifier))
                return;
        }

        if (RouterOf(packet, solicitation, effects) is not { } router)
            return;
        var departure = NewDeparture(packet.Source, packet.Handover, router, effects);
        departure.Identifier = solicitation.Identifier;
        Initiate(departure, true, solicitation.Extension, effects);
    }

    protected override void OnAcknowledge(Departure departure, HandoverAcknowledge acknowledge, Effects effects)
    {
        if (departure.IsReactive)
        {
            base.OnAcknowledge(departure, acknowledge, effects);
            if (departure.State == DepartureState.Forwarding)
                Departed(departure, effects);
            return;
        }

        departure.State = acknowledge.Code < HandoverCode.Refused ? DepartureState.Initiated : DepartureState.Refused;
        departure.NewCareOfAddress = acknowledge.NewCareOfAddress;
        departure.Extension = acknowledge.Extension;
        if (departure.IsAwaited)
            Leave(departure, effects);
        else
            Advertise(departure, departure.NewRouter.PrefixOwner, effects);
    }

    protected override void OnUpdate(Packet packet, FastBindingUpdate update, Effects effects)
    {
        Departures.TryFind(update.PreviousCareOfAddress.Host, out var departure);
        if (IsReactive(packet, update))
            OnReactive(departure, packet, update, effects);
        else if (departure is { IsReactive: false })
            OnPredictive(departure, packet, update, effects);
    }

    private void OnPredictive(Departure departure, Packet packet, FastBindingUpdate update, Effects effects)
    {
        Departures.Touch(departure, effects);
        switch (departure.State)
        {
            case DepartureState.Initiated when departure.NewCareOfAddress != update.NewCareOfAddress:
                Refuse(packet, update, effects);
                break;
            case DepartureState.Initiated:
                departure.UpdateSequence = update.Sequence;
                Leave(departure, effects);
                break;
            case DepartureState.Forwarding when departure.UpdateSequence == update.Sequence:
                Acknowledge(departure, effects);
                break;
        }
    }

    /// <summary>The link has failed early: what this handover has prepared so far is of use, if it is about the same router.</summary>
    private void OnReactive(Departure? departure, Packet packet, FastBindingUpdate update, Effects effects)
    {
        if (departure is null or { IsReactive: true } || departure.Handover != packet.Handover
            || departure.NewRouter.PrefixOwner != update.NewCareOfAddress.PrefixOwner)
        {
            base.OnUpdate(packet, update, effects);
            return;
        }

        Departures.Touch(departure, effects);
        departure.AcknowledgeTo = packet.Source;
        departure.UpdateSequence = update.Sequence;
        switch (departure.State)
        {
            case DepartureState.Initiating:
                departure.IsAwaited = true;
                break;
            case DepartureState.Initiated:
                Leave(departure, effects);
                break;
            case DepartureState.Forwarding:
                Acknowledge(departure, effects);
                break;
            case DepartureState.Refused:
                Refuse(packet, update, effects);
                break;
        }
    }

    private void Leave(Departure departure, Effects effects)
    {
        if (departure.State == DepartureState.Refused)
        {
            departure.Status = FastBindingStatus.Prohibited;
        }
        else
        {
            Forward(departure, effects);
            Departed(departure, effects);
        }

        Acknowledge(departure, effects);
    }

    /// <summary>The mobile node has been told that it may go.</summary>
    protected virtual void Departed(Departure departure, Effects effects)
    {
    }

    private void Advertise(Departure departure, NodeId accessPoint, Effects effects)
    {
        var accepted = departure.State != DepartureState.Refused;
        Advertise(
            departure.PreviousCareOfAddress,
            new ProxyRouterAdvertisement(
                departure.Identifier,
                accepted ? ProxyCode.Information : ProxyCode.NoInformation,
                accessPoint,
                accepted ? departure.NewRouter : null,
                accepted ? departure.NewCareOfAddress : null,
                departure.Extension),
            departure.Handover,
            effects);
    }
}
