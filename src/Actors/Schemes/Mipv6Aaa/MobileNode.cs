using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;

namespace Actors.Schemes.Mipv6Aaa;

/// <summary>A mobile node that must authenticate with its home AAA server, once it has an address, before it may register.</summary>
public sealed class MobileNode : Mipv6.MobileNode
{
    private readonly AccessAuthentication _authentication;

    public MobileNode(RoleContext context)
        : base(context) => _authentication = new AccessAuthentication(Self, context.HomeAaa());

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _authentication.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not AccessReply reply)
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.Authenticating && _authentication.Decision(reply) is { } granted)
            OnDecision(granted, effects);
    }

    protected override void Moved(Effects effects)
    {
        Step = HandoverStep.Authenticating;
        effects.Mark(Mark.AuthenticationSent);
        Ask(RouterAddress, _authentication.Request(), effects);
    }

    private void OnDecision(bool granted, Effects effects)
    {
        if (!granted)
        {
            Fail("access refused", effects);
            return;
        }

        effects.Mark(Mark.Authenticated);
        Register(effects);
    }
}
