using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Pmipv6;
using Topology.Addressing;

namespace Actors.Schemes.Fpmipv6;

/// <summary>A mobile node that reports a move that it foresees to its link, and moves when the network says so.</summary>
public sealed class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    private ushort _identifier;
    private bool _received;

    protected override Outcome Success => Outcome.Predictive;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _identifier = 0;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Source != RouterAddress)
            return;
        switch (packet.Message)
        {
            case HandoverCommand command when Step == HandoverStep.Soliciting && command.Identifier == _identifier:
                OnCommand(command, effects);
                break;
            case HomeLinkAdvertisement advertisement when Step == HandoverStep.DetectingMovement && advertisement.HomeNetworkPrefix == HomeAddress:
                OnAdvertised(advertisement, effects);
                break;
        }
    }

    /// <summary>The node finds itself at home wherever it is.</summary>
    public override Packet? Uplink(DataPacket data, Address correspondent) => new Packet(HomeAddress, correspondent, data, Arrival);

    protected override void Prepare(Effects effects)
    {
        Step = HandoverStep.Soliciting;
        Ask(RouterAddress, new HandoverReport(++_identifier, NewRouter), effects);
    }

    protected override void Attached(Effects effects)
    {
        Step = HandoverStep.DetectingMovement;
        _received = false;
        Ask(RouterAddress, new RouterSolicitation(), effects);
    }

    /// <summary>To a gateway that may know nothing of the node: as Proxy Mobile IPv6.</summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        Fallback = Outcome.Basic;
        Attached(effects);
    }

    private void OnCommand(HandoverCommand command, Effects effects)
    {
        if (!command.Accepted)
        {
            Fail("no gateway for the new access point", effects);
            return;
        }

        Answered(effects);
        effects.Mark(Mark.Prepared, command.PreparedAt);
        SwitchLink(effects);
    }

    /// <summary>The first advertisement opens the link; the handover ends with the one that tells of the registration.</summary>
    private void OnAdvertised(HomeLinkAdvertisement advertisement, Effects effects)
    {
        if (!_received)
            effects.Mark(Mark.FirstPacket);
        _received = true;
        if (advertisement is not { UpdateSentAt: { } sent, RegisteredAt: { } registered })
            return;
        effects.Mark(Mark.BindingUpdateSent, sent);
        effects.Mark(Mark.Registered, registered);
        Succeed(effects);
    }
}
