using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.IbsFamipv6;

namespace Actors.Schemes.Ibs;

/// <summary>
/// A mobile node that, on the new link, registers at home and authenticates with the visited AAA server at the same time;
/// its handover ends with the later of the two.
/// </summary>
public sealed class MobileNode(RoleContext context) : IbsFamipv6.MobileNode(context)
{
    private Exchange? _access;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _access = null;
    }

    protected override void Attached(Effects effects)
    {
        base.Attached(effects);
        Register(effects);
        Step = HandoverStep.Authenticating;
    }

    protected override SignedRequest Sign(SigningKey key, ulong nonce) =>
        new SignedAccessRequest(nonce, CareOfAddress, key.Sign(SignedAccessRequest.Covered(Self, nonce, CareOfAddress)));

    /// <summary>Beside the binding update, which is the request that the base knows of.</summary>
    protected override void RequestAccess(AccessRequest request, Effects effects)
    {
        _access ??= new Exchange();
        _access.Open(PacketTo(RouterAddress, request, 0), Retransmission, effects);
    }

    protected override void OnOtherTimer(ProtocolTimer timer, Effects effects)
    {
        if (!ReferenceEquals(timer, _access))
            base.OnOtherTimer(timer, effects);
        else if (!_access.IsOpen)
            return;
        else if (_access.MayRepeat)
            _access.Repeat(effects);
        else
            Fail(_access.Request!.Message.Name + " unanswered", effects);
    }

    protected override void Authenticated(Effects effects)
    {
        _access?.Close(effects);
        effects.Mark(Mark.Authenticated);
        Step = HandoverStep.Registering;
        if (!IsRegistering)
            Complete(effects);
    }

    protected override void Registered(Effects effects)
    {
        Answered(effects);
        if (Step == HandoverStep.Registering)
            Complete(effects);
    }

    protected override void Ended(Effects effects)
    {
        base.Ended(effects);
        _access?.Close(effects);
    }

    private void Complete(Effects effects)
    {
        effects.Mark(Scheme.Admitted);
        Succeed(effects);
    }
}
