using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// A mobile node that signs whom it deals with, takes an answer only from the owner of the access point and to this very
/// offer, and proves to the new router that it holds the key before any packet flows.
/// </summary>
public sealed class MobileNode(RoleContext context) : PreAuthenticatingMobileNode(context, resumes: false)
{
    private long _counter;
    private Offer? _offer;
    private Confirmation? _confirmation;

    /// <summary>K_c, shared with the router that the node has prepared for last; null before the first.</summary>
    public SecretKey? ConfirmationKey { get; private set; }

    protected override MessageExtension? ArrivalProof => _confirmation;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _counter = 0;
        ConfirmationKey = null;
    }

    protected override void Prepare(Effects effects)
    {
        _confirmation = null;
        base.Prepare(effects);
    }

    /// <summary>What costs nothing to check: the advertisement is about the access point's owner and its own link.</summary>
    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        if (advertisement.NewRouter?.Host == NewRouter && advertisement.NewCareOfAddress == (advertisement.Extension as Answer)?.NewCareOfAddress)
            base.OnRouterKnown(advertisement, effects);
    }

    protected override MessageExtension? ProofOf(FastBindingUpdate update) => _confirmation;

    protected override MessageExtension MakeOffer(Effects effects)
    {
        _counter = Math.Max(_counter + 1, effects.Now.Ticks);
        _offer = new Offer(
            Self,
            Router,
            NewRouter,
            Proposal,
            KeyAgreement.Share(Secret),
            Nonce,
            CareOfAddress,
            HomeAddress,
            _counter,
            new Certificate(Self, Certificate.TrustAnchor))
        {
            Payloads = Payloads,
        }.Signed();
        return _offer;
    }

    /// <summary>The answer is to this offer, from the access point's owner, about its own link.</summary>
    protected override bool IsExpected(MessageExtension extension) =>
        extension is Answer answer && answer.Initiator == Self && answer.OfferHash == _offer!.Hash
        && answer.Responder == NewRouter && answer.NewCareOfAddress.PrefixOwner == NewRouter
        && answer.Suite is CipherSuites.AesGcm or CipherSuites.AesCbc;

    protected override bool TryAccept(MessageExtension extension)
    {
        var answer = (Answer)extension;
        var key = Confirmation.Key(Nonce, answer.Nonce, KeyAgreement.Agree(Secret, answer.KeyShare));
        if (!answer.IsAuthentic || !answer.IsConfirmed(key))
            return false;
        ConfirmationKey = key;
        _confirmation = new Confirmation(key.Authenticate(Confirmation.Covered(_offer!, answer)));
        return true;
    }

    /// <summary>IKE_AUTH has confirmed the key: there is nothing for the previous router to relay.</summary>
    protected override void Agree(ulong responderNonce, ulong sharedSecret) =>
        ConfirmationKey = Confirmation.Key(Nonce, responderNonce, sharedSecret);
}
