using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Security;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// A mobile node that signs whom it deals with, takes an answer only from the owner of the access point and to this very
/// offer, and proves to the new router that it holds the key before any packet flows.
/// </summary>
public sealed class MobileNode(RoleContext context) : Fmipv6.MobileNode(context)
{
    private const CipherSuites Proposal = CipherSuites.AesGcm | CipherSuites.AesCbc;
    private static readonly object Signing = new();
    private RandomStream _nonces;
    private ulong _secret;
    private ulong _nonce;
    private long _counter;
    private Offer? _offer;
    private Confirmation? _confirmation;
    private ProxyRouterAdvertisement? _underVerification;

    /// <summary>K_c, shared with the router that the node has prepared for last; null before the first.</summary>
    public SecretKey? ConfirmationKey { get; private set; }

    /// <summary>The association with the present router that the paper assumes.</summary>
    protected override EspMode Protection => EspMode.Transport;

    protected override MessageExtension? ArrivalProof => _confirmation;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _counter = 0;
        _underVerification = null;
        ConfirmationKey = null;
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (Step == HandoverStep.Building && ReferenceEquals(continuation, Signing))
        {
            _offer = MakeOffer(effects).Signed();
            Solicit(_offer, effects);
        }
        else if (Step == HandoverStep.Soliciting && ReferenceEquals(continuation, _underVerification))
        {
            OnVerified(_underVerification, effects);
        }
    }

    protected override void Prepare(Effects effects)
    {
        Step = HandoverStep.Building;
        _secret = _nonces.NextUInt64();
        _nonce = _nonces.NextUInt64();
        _underVerification = null;
        effects.Compute(CryptoOperation.RsaSign, Signing);
    }

    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        // One verification at a time: a copy waits for the verdict on the first.
        if (_underVerification is not null || advertisement.Extension is not Answer answer || !IsExpected(answer, advertisement))
            return;
        _underVerification = advertisement;
        effects.Compute(CryptoOperation.RsaVerify, advertisement);
    }

    protected override MessageExtension? ProofOf(FastBindingUpdate update) => _confirmation;

    /// <summary>What costs nothing to check: the answer is to this offer, from the access point's owner, about its own link.</summary>
    private bool IsExpected(Answer answer, ProxyRouterAdvertisement advertisement) =>
        answer.Initiator == Self && answer.OfferHash == _offer!.Hash
        && answer.Responder == NewRouter && advertisement.NewRouter?.Host == NewRouter
        && advertisement.NewCareOfAddress == answer.NewCareOfAddress && answer.NewCareOfAddress.PrefixOwner == NewRouter
        && answer.Suite is CipherSuites.AesGcm or CipherSuites.AesCbc;

    private Offer MakeOffer(Effects effects)
    {
        _counter = Math.Max(_counter + 1, effects.Now.Ticks);
        return new Offer(
            Self,
            Router,
            NewRouter,
            Proposal,
            KeyAgreement.Share(_secret),
            _nonce,
            CareOfAddress,
            HomeAddress,
            _counter,
            new Certificate(Self, Certificate.TrustAnchor));
    }

    private void OnVerified(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        _underVerification = null;
        var answer = (Answer)advertisement.Extension!;
        var key = Confirmation.Key(_nonce, answer.Nonce, KeyAgreement.Agree(_secret, answer.KeyShare));
        if (!answer.IsAuthentic || !answer.IsConfirmed(key))
            return;
        ConfirmationKey = key;
        _confirmation = new Confirmation(key.Authenticate(Confirmation.Covered(_offer!, answer)));
        base.OnRouterKnown(advertisement, effects);
    }
}
