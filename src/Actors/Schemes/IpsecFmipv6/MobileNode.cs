using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// A mobile node that authenticates with the new access router, and agrees on a key with it, before it leaves the previous
/// one: steps (1) and (4) of the paper.
/// </summary>
public class MobileNode(RoleContext context, bool resumes = false) : PreAuthenticatingMobileNode(context, resumes)
{
    /// <summary>SK, shared with the router that the node has prepared for last; null before the first.</summary>
    public Digest? SessionKey { get; private set; }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        SessionKey = null;
    }

    protected override MessageExtension MakeOffer(Effects effects) =>
        PreAuthentication.Sign(Self, Proposal, KeyAgreement.Share(Secret), Nonce) with { Payloads = Payloads };

    protected override bool IsExpected(MessageExtension answer) => answer is PreAuthentication;

    protected override bool TryAccept(MessageExtension answer)
    {
        var payloads = (PreAuthentication)answer;
        if (!payloads.IsAuthentic || (payloads.Proposal & Proposal) == CipherSuites.None)
            return false;
        Agree(payloads.Nonce, KeyAgreement.Agree(Secret, payloads.KeyShare));
        return true;
    }

    protected override void Agree(ulong responderNonce, ulong sharedSecret) =>
        SessionKey = PreAuthentication.SessionKey(Nonce, responderNonce, sharedSecret);
}
