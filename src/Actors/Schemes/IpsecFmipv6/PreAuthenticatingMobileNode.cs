using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// A mobile node that authenticates with the new access router through the previous one; what it signs and checks is a
/// scheme's. When the old link fails before, it goes on from where it stands (readings F0 to F2 of README.md).
/// </summary>
/// <param name="resumes">Whether it has a ticket for the new network (RFC 5723).</param>
public abstract class PreAuthenticatingMobileNode(RoleContext context, bool resumes) : Fmipv6.MobileNode(context)
{
    /// <summary>One proposal: a second one would add 48 bytes to each of M1 and M2.</summary>
    protected const CipherSuites Proposal = CipherSuites.AesGcm;

    private static readonly object Signing = new();
    private RandomStream _nonces;
    private object? _underVerification;
    private AccessInitiation? _initiation;
    private AccessResponse? _response;

    protected PayloadSizes Payloads { get; } = PayloadSizes.Of(context.Profile);

    /// <summary>The Diffie-Hellman secret of the present handover.</summary>
    protected ulong Secret { get; private set; }

    /// <summary>Ni of the present handover.</summary>
    protected ulong Nonce { get; private set; }

    /// <summary>The association with the present router that the paper assumes.</summary>
    protected override EspMode Protection => EspMode.Transport;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _underVerification = null;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not (AccessResponse or AccessAnswer or AccessAuthentication))
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.Authenticating && packet.Source == RouterAddress && _underVerification is null)
            OnAccess(packet.Message, effects);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (ReferenceEquals(continuation, Signing))
        {
            if (Step == HandoverStep.Building)
                Solicit(MakeOffer(effects), effects);
        }
        else if (ReferenceEquals(continuation, _response))
        {
            if (Step == HandoverStep.Authenticating)
                Authenticate(effects);
        }
        else if (ReferenceEquals(continuation, _underVerification))
        {
            _underVerification = null;
            OnVerified(continuation, effects);
        }
    }

    protected override void Prepare(Effects effects)
    {
        Step = HandoverStep.Building;
        Secret = _nonces.NextUInt64();
        Nonce = _nonces.NextUInt64();
        _underVerification = null;
        effects.Compute(Computations.SignOffer, Signing);
    }

    /// <summary>One verification at a time: a copy waits for the verdict on the first.</summary>
    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        if (_underVerification is not null || advertisement.Extension is not { } answer || !IsExpected(answer))
            return;
        _underVerification = advertisement;
        effects.Compute(Computations.VerifyAnswer, advertisement);
    }

    /// <summary>
    /// With M4 verified, only the redirection is left (F2). Before that the new router may have M1 or not: IKE_SA_INIT with
    /// the same nonce asks for M3 (F1), and begins an exchange of its own where there is none (F0).
    /// </summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        if (lostIn == HandoverStep.Binding)
        {
            GoOn(Scheme.FallbackF2, effects);
            return;
        }

        Step = HandoverStep.Authenticating;
        effects.Mark(Mark.AuthenticationSent);
        _underVerification = null;
        _response = null;
        _initiation = new AccessInitiation(Nonce, KeyAgreement.Share(Secret), Proposal, resumes) { Payloads = Payloads };
        Ask(RouterAddress, _initiation, effects);
    }

    /// <summary>M4 holds: step (5).</summary>
    protected virtual void OnAccepted(ProxyRouterAdvertisement advertisement, Effects effects) => base.OnRouterKnown(advertisement, effects);

    /// <summary>M1, signed.</summary>
    protected abstract MessageExtension MakeOffer(Effects effects);

    /// <summary>What costs nothing to check of M3 or M4.</summary>
    protected abstract bool IsExpected(MessageExtension answer);

    /// <summary>M3 or M4, whose verification has taken its time: whether it holds; if so its key is taken.</summary>
    protected abstract bool TryAccept(MessageExtension answer);

    /// <summary>A key has been agreed on the new link.</summary>
    protected abstract void Agree(ulong responderNonce, ulong sharedSecret);

    private void OnAccess(Message message, Effects effects)
    {
        switch (message)
        {
            case AccessAnswer answer when answer.InitiatorNonce == Nonce && _response is null && IsExpected(answer.Answer):
                _underVerification = answer;
                effects.Compute(Computations.VerifyAnswer, answer);
                break;
            case AccessResponse response when response.InitiatorNonce == Nonce && _response is null
                && (response.Suite & Proposal) != CipherSuites.None && (resumes || !response.Resumes):
                Answered(effects);
                _response = response;
                if (response.Resumes)
                    Authenticate(effects);
                else
                    effects.Compute(Computations.SignRequest, response);
                break;
            case AccessAuthentication { IsResponse: true } authentication when authentication.InitiatorNonce == Nonce && _response is { } agreed:
                _underVerification = authentication;
                if (agreed.Resumes)
                    OnComputed(authentication, effects);
                else
                    effects.Compute(Computations.VerifyResponse, authentication);
                break;
        }
    }

    private void Authenticate(Effects effects) =>
        Ask(RouterAddress, AccessExchange.Prove(Self, Router, isResponse: false, _initiation!, _response!), effects);

    private void OnVerified(object message, Effects effects)
    {
        switch (message)
        {
            case ProxyRouterAdvertisement advertisement when Step == HandoverStep.Soliciting && TryAccept(advertisement.Extension!):
                OnAccepted(advertisement, effects);
                break;
            case AccessAnswer { Answer: var answer } when Step == HandoverStep.Authenticating && TryAccept(answer):
                GoOn(Scheme.FallbackF1, effects);
                break;
            case AccessAuthentication grant when Step == HandoverStep.Authenticating
                && AccessExchange.IsAuthentic(grant, Router, Self, _initiation!, _response!):
                Agree(_response!.Nonce, KeyAgreement.Agree(Secret, _response.KeyShare));
                GoOn(Scheme.FallbackF0, effects);
                break;
        }
    }

    /// <summary>The new router lets the node in: have the packets redirected, and register.</summary>
    private void GoOn(Outcome outcome, Effects effects)
    {
        Answered(effects);
        effects.Mark(Mark.Authenticated);
        Redirect(outcome, effects);
        Attached(effects);
    }
}
