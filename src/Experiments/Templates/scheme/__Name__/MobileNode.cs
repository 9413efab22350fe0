using Actors.Mobility;
using Actors.Network;
using Actors.Observation;

namespace __Name__;

/// <summary>
/// The mobile node. <see cref="RegisteringMobileNode"/> sends a request again until it is answered, registers with the home agent
/// and ends the handover; what is left is the order of the steps. A machine keeps no time and asks nobody: input, state, effects.
/// </summary>
public sealed class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    private ushort _identifier;

    /// <summary>Predictive: prepared on the old link, completed on the new.</summary>
    protected override Outcome Success => Outcome.Predictive;

    /// <summary>Every run starts from here.</summary>
    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _identifier = 0;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not FarewellAcknowledgment acknowledgment)
        {
            base.OnPacket(packet, effects);
            return;
        }

        // A late copy of an earlier answer must change nothing.
        if (Step != HandoverStep.Soliciting || acknowledgment.Identifier != _identifier)
            return;
        Answered(effects);
        effects.Mark(Mark.Prepared);
        SwitchLink(effects);
    }

    /// <summary>The trigger.</summary>
    protected override void Prepare(Effects effects)
    {
        Step = HandoverStep.Soliciting;
        Ask(RouterAddress, new Farewell(++_identifier), effects);
    }

    /// <summary>The link to the new router is up.</summary>
    protected override void Attached(Effects effects) => Register(effects);
}
