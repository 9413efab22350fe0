using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Topology.Randomness;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>A mobile node that gets a handover key with the advertisement and authorizes its FBU by it.</summary>
public sealed class MobileNode(RoleContext context) : Fmipv6.MobileNode(context)
{
    private static readonly object Signing = new();
    private readonly SendOptions _send = SendOptions.Of(context.Profile);
    private RandomStream _nonces;
    private DecryptionKey _decryption;
    private ulong _nonce;
    private ProxyRouterAdvertisement? _underVerification;

    /// <summary>The key shared with the router that was solicited last; null before the first, and while one is asked for.</summary>
    public SecretKey? HandoverKey { get; private set; }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _underVerification = null;
        HandoverKey = null;
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (Step == HandoverStep.Building && ReferenceEquals(continuation, Signing))
            Solicit(effects);
        else if (Step != HandoverStep.Soliciting || _underVerification is null)
            return;
        else if (ReferenceEquals(continuation, _underVerification))
            OnVerified(_underVerification, effects);
        else if (ReferenceEquals(continuation, _underVerification.Extension))
            OnDecrypted(_underVerification, effects);
    }

    protected override void Prepare(Effects effects)
    {
        Step = HandoverStep.Building;
        _decryption = new DecryptionKey(_nonces.NextUInt64());
        _nonce = _nonces.NextUInt64();
        _underVerification = null;
        HandoverKey = null;
        effects.Compute(CryptoOperation.RsaSign, Signing);
    }

    /// <summary>Without a handover key the previous router would take no FBU.</summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        if (HandoverKey is not null)
        {
            base.Recover(lostIn, effects);
            return;
        }

        Fallback = Outcome.Basic;
        Attached(effects);
    }

    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects) => Verify(advertisement, effects);

    /// <summary>Bad news need a signature too.</summary>
    protected override void OnRouterUnknown(ProxyRouterAdvertisement advertisement, Effects effects) => Verify(advertisement, effects);

    protected override MessageExtension? ProofOf(FastBindingUpdate update) =>
        new AuthorizationData(HandoverKey!.Value.Authenticate(AuthorizationData.Covered(update)));

    protected override bool IsAuthentic(FastBindingAcknowledgment acknowledgment) =>
        acknowledgment.Extension is AuthorizationData data
        && HandoverKey!.Value.Verify(data.Proof, AuthorizationData.Covered(acknowledgment));

    private void Solicit(Effects effects)
    {
        var key = _decryption.PublicKey;
        var covered = HandoverKeyRequest.Covered(CareOfAddress, Preparer, NextIdentifier, NewRouter, key, _nonce, effects.Now.Ticks);
        var signature = new SigningKey(Self, Self).Sign(covered);
        Solicit(new HandoverKeyRequest(key, _nonce, effects.Now.Ticks, signature) { Send = _send }, effects);
    }

    private void Verify(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        // One verification at a time: a copy waits for the verdict on the first.
        if (_underVerification is not null || advertisement.Extension is not HandoverKeyReply)
            return;
        _underVerification = advertisement;
        effects.Compute(CryptoOperation.RsaVerify, advertisement);
    }

    private void OnVerified(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        var reply = (HandoverKeyReply)advertisement.Extension!;
        if (!reply.IsAuthentic(Preparer, CareOfAddress, _nonce, advertisement))
            _underVerification = null;
        else if (advertisement.Code != ProxyCode.Information)
            base.OnRouterUnknown(advertisement, effects);
        else
            effects.Compute(CryptoOperation.RsaDecrypt, reply);
    }

    private void OnDecrypted(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        _underVerification = null;
        if (((HandoverKeyReply)advertisement.Extension!).Key is not { } encrypted || _decryption.Decrypt(encrypted) is not { } key)
            return;
        HandoverKey = key;
        base.OnRouterKnown(advertisement, effects);
    }
}
