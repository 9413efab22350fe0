using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// A mobile node that authenticates with the new access router, and agrees on a key with it, before it leaves the previous
/// one: steps (1) and (4) of the paper.
/// </summary>
public class MobileNode(RoleContext context) : Fmipv6.MobileNode(context)
{
    private const CipherSuites Offer = CipherSuites.AesGcm | CipherSuites.AesCbc;
    private static readonly object Signing = new();
    private RandomStream _nonces;
    private ulong _secret;
    private ulong _nonce;
    private ProxyRouterAdvertisement? _underVerification;

    /// <summary>SK, shared with the router that the node has prepared for last; null before the first.</summary>
    public Digest? SessionKey { get; private set; }

    /// <summary>The association with the present router that the paper assumes.</summary>
    protected override EspMode Protection => EspMode.Transport;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _underVerification = null;
        SessionKey = null;
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (Step == HandoverStep.Building && ReferenceEquals(continuation, Signing))
            Solicit(PreAuthentication.Sign(Self, Offer, KeyAgreement.Share(_secret), _nonce), effects);
        else if (Step == HandoverStep.Soliciting && ReferenceEquals(continuation, _underVerification))
            OnVerified(_underVerification, effects);
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
        if (_underVerification is not null || advertisement.Extension is not PreAuthentication)
            return;
        _underVerification = advertisement;
        effects.Compute(CryptoOperation.RsaVerify, advertisement);
    }

    private void OnVerified(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        _underVerification = null;
        var answer = (PreAuthentication)advertisement.Extension!;
        if (!answer.IsAuthentic || (answer.Proposal & Offer) == CipherSuites.None)
            return;
        SessionKey = PreAuthentication.SessionKey(_nonce, answer.Nonce, KeyAgreement.Agree(_secret, answer.KeyShare));
        base.OnRouterKnown(advertisement, effects);
    }
}
