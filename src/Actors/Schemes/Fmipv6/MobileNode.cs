using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// The mobile node of fast handovers (RFC 5568 section 3.2): it asks its router for the next one, has its care-of address
/// bound there, switches when that is acknowledged, and registers at home on the new link. When the old link fails before,
/// it has the address bound from the new one: reactive mode.
/// </summary>
public class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    /// <summary>The life of a router's session, in whole seconds and at least one.</summary>
    private readonly ushort _lifetimeSeconds = (ushort)Math.Clamp(
        context.Options.Duration(RetransmissionOption.Name).TotalSeconds * (1 << Exchange.MaxRetries), 1, ushort.MaxValue);

    private ushort _identifier;
    private ushort _fastSequence;
    private Exchange? _redirection;

    protected override Outcome Success => Outcome.Predictive;

    /// <summary>Who prepares the move: the present router, except in a hierarchy.</summary>
    protected virtual Address Preparer => Address.Of(PreviousRouter);

    /// <summary>How signalling with the present router is protected.</summary>
    protected virtual EspMode Protection => EspMode.None;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _identifier = 0;
        _fastSequence = 0;
        _redirection = null;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case ProxyRouterAdvertisement advertisement:
                if (Step == HandoverStep.Soliciting && advertisement.Identifier == _identifier && packet.Source == Advertiser)
                    OnAdvertisement(advertisement, effects);
                break;
            case FastBindingAcknowledgment acknowledgment:
                if (acknowledgment.Sequence != _fastSequence || packet.Source != Preparer)
                    return;
                if (Step == HandoverStep.Binding && IsAuthentic(acknowledgment))
                    OnAcknowledgment(acknowledgment, effects);
                else if (_redirection is { IsOpen: true } && IsAuthentic(acknowledgment))
                    OnRedirected(acknowledgment, effects);
                break;
            default:
                base.OnPacket(packet, effects);
                break;
        }
    }

    /// <summary>On a link of a scheme that protects signalling there, data is protected too.</summary>
    public override Packet? Uplink(DataPacket data, Address correspondent) => base.Uplink(data, correspondent) is { } packet
        ? packet.WithEsp(EspOverhead.Bytes(Protection, packet.Message.SizeBytes))
        : null;

    protected override void Prepare(Effects effects) => Solicit(null, effects);

    protected override void Attached(Effects effects)
    {
        Announce(effects);
        Register(effects);
    }

    /// <summary>Reactive mode (RFC 5568 section 3.3): FBU from the new link, beside whatever the scheme does there.</summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        Redirect(Outcome.Reactive, effects);
        Attached(effects);
    }

    /// <summary>A handover with a redirection under way ends when that is answered.</summary>
    protected override void Succeed(Effects effects)
    {
        if (_redirection is not { IsOpen: true })
        {
            base.Succeed(effects);
            return;
        }

        Answered(effects);
        Step = HandoverStep.Redirecting;
    }

    protected override void OnOtherTimer(ProtocolTimer timer, Effects effects)
    {
        if (!ReferenceEquals(timer, _redirection) || !_redirection.IsOpen)
            return;
        if (_redirection.MayRepeat)
            _redirection.Repeat(effects);
        else
            NotRedirected("FBU unanswered", effects);
    }

    protected override void Ended(Effects effects) => _redirection?.Close(effects);

    /// <summary>Whom the node asks for the next router.</summary>
    protected virtual Address Advertiser => Preparer;

    /// <summary>From the new link, have the previous router bind the previous care-of address to the present one.</summary>
    /// <param name="outcome">How the handover will end, if the previous router does.</param>
    protected void Redirect(Outcome outcome, Effects effects)
    {
        Fallback = outcome;
        effects.Mark(Scheme.RedirectionSent);
        _redirection ??= new Exchange();
        _redirection.Open(FastUpdate(PreviousCareOfAddress, CareOfAddress), Retransmission, effects);
    }

    /// <summary>The identifier of the next solicitation.</summary>
    protected ushort NextIdentifier => (ushort)(_identifier + 1);

    /// <summary>Ask for the router of the access point that the node is about to move to.</summary>
    protected void Solicit(MessageExtension? extension, Effects effects)
    {
        Step = HandoverStep.Soliciting;
        var solicitation = new ProxyRouterSolicitation(++_identifier, NewRouter, extension);
        Ask(Advertiser, solicitation, effects, EspOverhead.Bytes(Protection, solicitation.SizeBytes));
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
        Ask(FastUpdate(CareOfAddress, newCareOfAddress), effects);
    }

    /// <summary>What authorizes an update; FMIPv6 itself leaves that to ESP.</summary>
    protected virtual MessageExtension? ProofOf(FastBindingUpdate update) => null;

    /// <summary>What proves to the new router who is there; FMIPv6 itself has nothing.</summary>
    protected virtual MessageExtension? ArrivalProof => null;

    protected virtual bool IsAuthentic(FastBindingAcknowledgment acknowledgment) => true;

    /// <summary>Tell the new router that the node is there.</summary>
    protected void Announce(Effects effects) => Send(RouterAddress, new UnsolicitedNeighborAdvertisement(CareOfAddress, ArrivalProof), effects);

    private Packet FastUpdate(Address previous, Address next)
    {
        var update = new FastBindingUpdate(++_fastSequence, previous, next, _lifetimeSeconds);
        update = update with { Extension = ProofOf(update) };
        return PacketTo(Preparer, update, EspOverhead.Bytes(Protection, update.ProtectedBytes));
    }

    private void OnRedirected(FastBindingAcknowledgment acknowledgment, Effects effects)
    {
        if (acknowledgment.Status >= FastBindingStatus.Refused)
        {
            NotRedirected("FBU refused: " + acknowledgment.Status, effects);
            return;
        }

        _redirection!.Close(effects);
        effects.Mark(Scheme.Forwarding, acknowledgment.ForwardingSince);
        effects.Mark(Scheme.Redirected);
        if (Step == HandoverStep.Redirecting)
            Succeed(effects);
    }

    /// <summary>What still comes to the previous router is lost; all else goes on.</summary>
    private void NotRedirected(string reason, Effects effects)
    {
        _redirection!.Close(effects);
        Fallback = Outcome.Basic with { Reason = reason };
        if (Step == HandoverStep.Redirecting)
            Succeed(effects);
    }

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
