using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Mipv6;

/// <summary>
/// The mobile node of plain Mobile IPv6: it moves first and registers afterwards. Duplicate address detection is optimistic
/// (RFC 4429): the node asks, and uses the address without waiting for an objection.
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
        else if (Step == HandoverStep.DetectingMovement && advertisement.Prefix == Router)
            OnAdvertised(advertisement, effects);
    }

    protected override void Prepare(Effects effects) => SwitchLink(effects);

    protected override void Attached(Effects effects)
    {
        if (!solicits)
        {
            Move(effects);
            return;
        }

        Step = HandoverStep.DetectingMovement;
        Ask(RouterAddress, new RouterSolicitation(), effects);
    }

    /// <summary>The new router has answered.</summary>
    protected virtual void OnAdvertised(RouterAdvertisement advertisement, Effects effects) => Move(effects);

    /// <summary>Take an address of the new link, and begin to use it.</summary>
    protected void Move(Effects effects)
    {
        effects.Send(new Packet(default, RouterAddress, new NeighborSolicitation(CareOfAddress), Handover));
        Moved(effects);
    }

    /// <summary>The first step with the new address.</summary>
    protected virtual void Moved(Effects effects) => Register(effects);
}
