using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>An exchange with a mobile node on the link, and what remains of it while the node is there.</summary>
public sealed class AccessSession(NodeId mobile, HandoverKey handover, AccessInitiation initiation, AccessResponse response) : MobileSession(mobile)
{
    public HandoverKey Handover { get; } = handover;

    public AccessInitiation Initiation { get; } = initiation;

    public AccessResponse Response { get; } = response;

    /// <summary>IKE_AUTH that is being verified; null before the first.</summary>
    public AccessAuthentication? UnderVerification { get; set; }

    /// <summary>Whether the mobile node has proved who it is.</summary>
    public bool IsVerified { get; set; }

    /// <summary>The answer that lets it in; null until then.</summary>
    public AccessAuthentication? Grant { get; set; }

    /// <summary>SK.</summary>
    public required Digest SessionKey { get; init; }
}

/// <summary>
/// The responder of IKEv2 (RFC 7296) at a new access router, for mobile nodes that have come without having reached it
/// before: fallback F0.
/// </summary>
/// <param name="resumes">Whether a ticket may take the place of signatures (RFC 5723).</param>
public sealed class AccessResponder(RoleContext context, bool resumes)
{
    private const CipherSuites Supported = CipherSuites.AesGcm | CipherSuites.AesCbc;
    private readonly NodeId _self = context.Node.Id;
    private readonly Address _address = Address.Of(context.Node.Id);
    private readonly PayloadSizes _payloads = PayloadSizes.Of(context.Profile);
    private RandomStream _nonces;

    public SessionTable<AccessSession> Sessions { get; } =
        SessionTable<AccessSession>.ForTimeout(context.Options.Duration(RetransmissionOption.Name));

    public void Reset(RunContext run)
    {
        Sessions.Clear();
        _nonces = run.Stream((ulong)_self.Index, StreamPurpose.Nonce, index: 1);
    }

    /// <summary>Whether this mobile node has been let in.</summary>
    public bool IsAdmitted(NodeId mobile) => Sessions.TryFind(mobile, out var session) && session.Grant is not null;

    /// <summary>Forget a mobile node that has left the link.</summary>
    public void Release(NodeId mobile, Effects effects)
    {
        if (Sessions.TryFind(mobile, out var session))
            Sessions.Remove(session, effects);
    }

    public void OnInitiation(Packet packet, AccessInitiation initiation, Effects effects)
    {
        Sessions.Expire(effects);
        var mobile = packet.Source.Host;
        if (!Sessions.TryFind(mobile, out var session) || session.Initiation.Nonce != initiation.Nonce)
        {
            var common = initiation.Proposal & Supported;
            if (common == CipherSuites.None)
                return;
            var (secret, nonce) = (_nonces.NextUInt64(), _nonces.NextUInt64());
            var suite = (CipherSuites)((int)common & -(int)common);
            var response = new AccessResponse(initiation.Nonce, nonce, KeyAgreement.Share(secret), suite, initiation.Resumes && resumes) { Payloads = _payloads };
            session = new AccessSession(mobile, packet.Handover, initiation, response)
            {
                SessionKey = PreAuthentication.SessionKey(initiation.Nonce, nonce, KeyAgreement.Agree(secret, initiation.KeyShare)),
            };
            Sessions.Put(session, effects);
        }

        effects.Send(_address, packet.Source, session.Response, packet.Handover);
    }

    public void OnAuthentication(Packet packet, AccessAuthentication authentication, Effects effects)
    {
        Sessions.Expire(effects);
        if (!Sessions.TryFind(packet.Source.Host, out var session) || session.Initiation.Nonce != authentication.InitiatorNonce)
            return;
        if (session.Grant is not null)
        {
            SendGrant(session, effects);
        }
        else if (session.UnderVerification is null)
        {
            // One verification at a time: a copy waits for the verdict on the first.
            session.UnderVerification = authentication;
            if (session.Response.Resumes)
                OnComputed(session, effects);
            else
                effects.Compute(Computations.VerifyRequest, session);
        }
    }

    public void OnComputed(AccessSession session, Effects effects)
    {
        if (!Sessions.Holds(session))
            return;
        if (!session.IsVerified)
            OnVerified(session, effects);
        else
            Admit(session, effects);
    }

    private void OnVerified(AccessSession session, Effects effects)
    {
        session.IsVerified = AccessExchange.IsAuthentic(
            session.UnderVerification!, session.Mobile, _self, session.Initiation, session.Response);
        if (!session.IsVerified)
            session.UnderVerification = null;
        else if (session.Response.Resumes)
            Admit(session, effects);
        else
            effects.Compute(CryptoOperation.RsaSign, session);
    }

    private void Admit(AccessSession session, Effects effects)
    {
        session.Grant = AccessExchange.Prove(_self, session.Mobile, isResponse: true, session.Initiation, session.Response);
        Sessions.Keep(session);
        SendGrant(session, effects);
    }

    private void SendGrant(AccessSession session, Effects effects) =>
        effects.Send(_address, Address.On(_self, session.Mobile), session.Grant!, session.Handover);
}
