using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Mipv6;

/// <summary>
/// The mobile node of plain Mobile IPv6: it moves first and registers afterwards. Duplicate address detection is optimistic
/// (RFC 4429): the node asks, and uses the address without waiting for an objection.
/// </summary>
public sealed class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    private readonly bool _solicits = context.Options.Text(Scheme.MovementDetection) == Scheme.Solicited;

    protected override Outcome Success => Outcome.Basic;

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not RouterAdvertisement advertisement)
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.DetectingMovement && advertisement.Prefix == Router)
            Move(effects);
    }

    protected override void Prepare(Effects effects) => SwitchLink(effects);

    protected override void Attached(Effects effects)
    {
        if (!_solicits)
        {
            Move(effects);
            return;
        }

        Step = HandoverStep.DetectingMovement;
        Ask(RouterAddress, new RouterSolicitation(), effects);
    }

    private void Move(Effects effects)
    {
        effects.Send(new Packet(default, RouterAddress, new NeighborSolicitation(CareOfAddress), Handover));
        Register(effects);
    }
}
