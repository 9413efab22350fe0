using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// The mobile node of predictive fast handovers (RFC 5568 section 3.2): it asks its router for the next one, has its care-of
/// address bound there, switches when that is acknowledged, and registers at home on the new link.
/// </summary>
public class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    /// <summary>The life of a router's session, in whole seconds and at least one.</summary>
    private readonly ushort _lifetimeSeconds = (ushort)Math.Clamp(
        context.Options.Duration(RetransmissionOption.Name).TotalSeconds * (1 << Exchange.MaxRetries), 1, ushort.MaxValue);

    private ushort _identifier;
    private ushort _fastSequence;

    protected override Outcome Success => Outcome.Predictive;

    /// <summary>Who prepares the move: the present router, except in a hierarchy.</summary>
    protected virtual Address Preparer => RouterAddress;

    /// <summary>How signalling with the present router is protected.</summary>
    protected virtual EspMode Protection => EspMode.None;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _identifier = 0;
        _fastSequence = 0;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case ProxyRouterAdvertisement advertisement:
                if (Step == HandoverStep.Soliciting && advertisement.Identifier == _identifier && packet.Source == Preparer)
                    OnAdvertisement(advertisement, effects);
                break;
            case FastBindingAcknowledgment acknowledgment:
                if (Step == HandoverStep.Binding && acknowledgment.Sequence == _fastSequence && packet.Source == Preparer
                    && IsAuthentic(acknowledgment))
                    OnAcknowledgment(acknowledgment, effects);
                break;
            default:
                base.OnPacket(packet, effects);
                break;
        }
    }

    protected override void Prepare(Effects effects) => Solicit(null, effects);

    protected override void Attached(Effects effects)
    {
        Announce(effects);
        Register(effects);
    }

    /// <summary>The identifier of the next solicitation.</summary>
    protected ushort NextIdentifier => (ushort)(_identifier + 1);

    /// <summary>Ask for the router of the access point that the node is about to move to.</summary>
    protected void Solicit(MessageExtension? extension, Effects effects)
    {
        Step = HandoverStep.Soliciting;
        var solicitation = new ProxyRouterSolicitation(++_identifier, NewRouter, extension);
        Ask(Preparer, solicitation, effects, EspOverhead.Bytes(Protection, solicitation.SizeBytes));
    }

    /// <summary>An advertisement that names the router.</summary>
    protected virtual void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects) =>
        Bind(advertisement.NewCareOfAddress ?? Address.On(advertisement.NewRouter!.Value.PrefixOwner, Self), effects);

    /// <summary>An advertisement that names none.</summary>
    protected virtual void OnRouterUnknown(ProxyRouterAdvertisement advertisement, Effects effects) =>
        Fail("no router for the new access point", effects);

    /// <summary>Have the previous router bind the present care-of address to the new one.</summary>
    protected void Bind(Address newCareOfAddress, Effects effects)
    {
        Step = HandoverStep.Binding;
        var update = new FastBindingUpdate(++_fastSequence, CareOfAddress, newCareOfAddress, _lifetimeSeconds);
        update = update with { Extension = ProofOf(update) };
        Ask(Preparer, update, effects, EspOverhead.Bytes(Protection, update.ProtectedBytes));
    }

    /// <summary>What authorizes an update; FMIPv6 itself leaves that to ESP.</summary>
    protected virtual MessageExtension? ProofOf(FastBindingUpdate update) => null;

    /// <summary>What proves to the new router who is there; FMIPv6 itself has nothing.</summary>
    protected virtual MessageExtension? ArrivalProof => null;

    protected virtual bool IsAuthentic(FastBindingAcknowledgment acknowledgment) => true;

    /// <summary>Tell the new router that the node is there.</summary>
    protected void Announce(Effects effects) => Send(RouterAddress, new UnsolicitedNeighborAdvertisement(CareOfAddress, ArrivalProof), effects);

    private void OnAdvertisement(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        if (advertisement.Code == ProxyCode.Information)
            OnRouterKnown(advertisement, effects);
        else
            OnRouterUnknown(advertisement, effects);
    }

    private void OnAcknowledgment(FastBindingAcknowledgment acknowledgment, Effects effects)
    {
        if (acknowledgment.Status >= FastBindingStatus.Refused)
        {
            Fail("FBU refused: " + acknowledgment.Status, effects);
            return;
        }

        Answered(effects);
        effects.Mark(Mark.Prepared);
        SwitchLink(effects);
    }
}
