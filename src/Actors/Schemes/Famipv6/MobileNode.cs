using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Observation;
using Actors.Security;

namespace Actors.Schemes.Famipv6;

/// <summary>A mobile node of fast handovers that must authenticate with its home AAA server; it registers afterwards, or beside it.</summary>
public sealed class MobileNode : Fmipv6.MobileNode
{
    private static readonly object Signing = new();
    private readonly Readings _readings;
    private readonly Authentication _authentication;
    private Exchange? _access;
    private ulong? _challenge;
    private SignedDecision? _underVerification;

    public MobileNode(RoleContext context, Readings readings)
        : base(context)
    {
        _readings = readings;
        _authentication = new Authentication(Self, context.HomeAaa(), readings);
    }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _authentication.Reset(run);
        _access = null;
        _underVerification = null;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not AccessReply reply)
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.Authenticating && _authentication.IsAnswered(reply))
            OnReply(reply.Content, effects);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (Step != HandoverStep.Authenticating)
            return;
        if (ReferenceEquals(continuation, Signing))
        {
            RequestAccess(_authentication.Prove(_challenge), effects);
        }
        else if (ReferenceEquals(continuation, _underVerification))
        {
            _underVerification = null;
            Decide((SignedDecision)continuation, effects);
        }
    }

    protected override void Attached(Effects effects)
    {
        Announce(effects);
        if (_readings.UpdatesInParallel)
            Register(effects);
        Step = HandoverStep.Authenticating;
        _challenge = null;
        _underVerification = null;
        effects.Mark(Mark.AuthenticationSent);
        if (_readings.IsChallenged)
            RequestAccess(_authentication.AskForChallenge(), effects);
        else
            Prove(effects);
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

    /// <summary>The handover ends with the later of decision and acknowledgement.</summary>
    protected override void Registered(Effects effects)
    {
        Answered(effects);
        if (Step == HandoverStep.Registering)
            base.Registered(effects);
    }

    protected override void Ended(Effects effects)
    {
        base.Ended(effects);
        _access?.Close(effects);
    }

    private void Prove(Effects effects)
    {
        if (_readings.NodeSigns)
            effects.Compute(CryptoOperation.RsaSign, Signing);
        else
            RequestAccess(_authentication.Prove(_challenge), effects);
    }

    /// <summary>The binding update, where it is on its way already, is the request that the base knows of.</summary>
    private void RequestAccess(AccessRequest request, Effects effects)
    {
        if (!_readings.UpdatesInParallel)
        {
            Ask(RouterAddress, request, effects);
            return;
        }

        _access ??= new Exchange();
        _access.Open(PacketTo(RouterAddress, request, 0), Retransmission, effects);
    }

    private void OnReply(AaaContent content, Effects effects)
    {
        switch (content)
        {
            case Challenge challenge when _readings.IsChallenged && _challenge is null:
                if (_readings.UpdatesInParallel)
                    _access?.Close(effects);
                else
                    Answered(effects);
                _challenge = challenge.Nonce;
                Prove(effects);
                break;
            case SignedDecision decision:
                // One verification at a time: a copy waits for the verdict on the first.
                if (_underVerification is null)
                {
                    _underVerification = decision;
                    effects.Compute(CryptoOperation.RsaVerify, decision);
                }

                break;
            default:
                Decide(content, effects);
                break;
        }
    }

    private void Decide(AaaContent content, Effects effects)
    {
        if (_authentication.Decision(content) is not { } granted)
            return;
        _access?.Close(effects);
        if (!granted)
        {
            Fail("access refused", effects);
            return;
        }

        effects.Mark(Mark.Authenticated);
        if (!_readings.UpdatesInParallel)
            Register(effects);
        else if (IsRegistering)
            Step = HandoverStep.Registering;
        else
            Succeed(effects);
    }
}
