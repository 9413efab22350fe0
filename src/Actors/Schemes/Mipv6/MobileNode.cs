using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Mipv6;

/// <summary>
/// The mobile node of plain Mobile IPv6: it moves first and registers afterwards. Duplicate address detection takes the
/// experiment's time; where that is none, the node is optimistic (RFC 4429): it uses the address before it could hear an
/// objection.
/// </summary>
/// <param name="solicits">Whether it asks for a Router Advertisement, or trusts the link layer's word.</param>
public class MobileNode(RoleContext context, bool solicits) : RegisteringMobileNode(context)
{
    public MobileNode(RoleContext context)
        : this(context, context.Options.Text(MovementDetection.Option.Name) == MovementDetection.Solicited)
    {
    }

    protected override Outcome Success => Outcome.Basic;

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not RouterAdvertisement advertisement)
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.DetectingMovement && IsAsking && advertisement.Prefix == Router)
            OnAdvertised(advertisement, effects);
    }

    protected override void Prepare(Effects effects) => SwitchLink(effects);

    protected override void Attached(Effects effects) => DetectMovement(effects);

    protected override void MovementDetected(Effects effects)
    {
        if (solicits)
            Ask(RouterAddress, new RouterSolicitation(), effects);
        else
            OnDetected(effects);
    }

    /// <summary>The node trusts the link layer's word.</summary>
    protected virtual void OnDetected(Effects effects) => Move(effects);

    /// <summary>The new router has answered.</summary>
    protected virtual void OnAdvertised(RouterAdvertisement advertisement, Effects effects) => Move(effects);

    /// <summary>Take an address of the new link, and begin to use it.</summary>
    protected void Move(Effects effects)
    {
        Answered(effects);
        effects.Send(default, RouterAddress, new NeighborSolicitation(CareOfAddress), Handover);
        ConfirmAddress(effects);
    }

    protected override void AddressConfirmed(Effects effects) => Moved(effects);

    /// <summary>The first step with the new address.</summary>
    protected virtual void Moved(Effects effects) => Register(effects);
}
