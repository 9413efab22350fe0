using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;

namespace Actors.Schemes.Pmipv6;

/// <summary>
/// A mobile node that knows nothing of mobility: on a new link it solicits a router, and finds itself at home. Of what mobile
/// nodes have in common it uses the switch and the one request; it registers nowhere.
/// </summary>
public sealed class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    internal static readonly Mark SolicitationSent = Mark.Named("solicitation-sent");

    protected override Outcome Success => Outcome.Basic;

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (Step != HandoverStep.DetectingMovement || packet.Source != RouterAddress || packet.Message is not HomeLinkAdvertisement advertisement
            || advertisement.HomeNetworkPrefix != HomeAddress)
            return;
        effects.Mark(Mark.Registered);
        Succeed(effects);
    }

    /// <summary>The node finds itself at home wherever it is.</summary>
    public override Packet? Uplink(DataPacket data, Address correspondent) => new Packet(HomeAddress, correspondent, data, Arrival);

    protected override void Prepare(Effects effects) => SwitchLink(effects);

    protected override void Attached(Effects effects) => DetectMovement(effects);

    protected override void MovementDetected(Effects effects)
    {
        effects.Mark(SolicitationSent);
        Ask(RouterAddress, new RouterSolicitation(), effects);
    }
}
