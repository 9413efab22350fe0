using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// The new access router, FA2 of the paper: steps (2) and (3). It verifies the mobile node's signature, agrees on a key,
/// and signs its own part; the association with a mobile node that has come lasts until it leaves.
/// </summary>
/// <param name="resumes">Whether a ticket may take the place of signatures on the new link (RFC 5723).</param>
/// <param name="halfOpenLifetime">Of an arrival that does not come; null for one that outlasts a peer that still tries.</param>
/// <param name="halfOpenLimit">Arrivals that may be awaited at a time.</param>
public sealed class NewAccessRouter(
    RoleContext context, bool resumes = false, TimeSpan? halfOpenLifetime = null, int halfOpenLimit = int.MaxValue)
    : Fmipv6.NewAccessRouter(context, halfOpenLifetime)
{
    private const CipherSuites Supported = CipherSuites.AesGcm | CipherSuites.AesCbc;
    private readonly PayloadSizes _payloads = PayloadSizes.Of(context.Profile);
    private RandomStream _nonces;

    public AccessResponder Responder { get; } = new(context, resumes);

    protected override EspMode RouterProtection => EspMode.Tunnel;

    protected override EspMode LinkProtection => EspMode.Transport;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        Responder.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
    }

    /// <summary>Forget a mobile node that was on this link and has left it.</summary>
    public void Release(NodeId mobile, Effects effects)
    {
        if (Arrivals.TryFind(mobile, out var arrival) && arrival.State == ArrivalState.Open)
            Arrivals.Remove(arrival, effects);
        Responder.Release(mobile, effects);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (continuation is AccessSession session)
            Responder.OnComputed(session, effects);
        if (continuation is not SecuredArrival arrival)
            return;
        arrival.IsComputing = false;
        if (!Arrivals.Holds(arrival) || arrival.State != ArrivalState.Initiated)
            return;
        if (arrival.Peer is null)
            OnVerified(arrival, (PreAuthentication)arrival.Initiate!.Extension!, effects);
        else
            OnSigned(arrival, effects);
    }

    protected override Arrival Create(Packet packet, HandoverInitiate? initiate, Address careOfAddress, Effects effects)
    {
        if (!effects.TryReuse<SecuredArrival>(out var spent))
            return new SecuredArrival(careOfAddress.Host, packet.Handover, packet.Source, initiate!) { CareOfAddress = careOfAddress };
        spent.Begin(careOfAddress.Host, packet.Handover, packet.Source, initiate!, careOfAddress);
        return spent;
    }

    /// <summary>M3, which follows from its parts: one is sent as a rule.</summary>
    protected override MessageExtension? AnswerOf(Arrival arrival) => arrival is SecuredArrival { IsSigned: true } signed
        ? PreAuthentication.Sign(Self, signed.Suite, KeyAgreement.Share(signed.Secret), signed.Nonce) with { IsAnswer = true, Payloads = _payloads }
        : null;

    /// <summary>The same payloads again, in whatever initiation, get the same answer: no second signature, no other key.</summary>
    protected override bool IsRepeated(Arrival former, HandoverInitiate initiate) =>
        former.Sequence == initiate.Sequence || (initiate.Extension is not null && initiate.Extension.Equals(((SecuredArrival)former).Offer(_payloads)));

    /// <summary>A mobile node that is awaited already takes its own place again.</summary>
    protected override void Take(Arrival arrival, Effects effects)
    {
        var isAwaited = Arrivals.TryFind(arrival.Mobile, out var former) && former.State != ArrivalState.Open;
        if (Arrivals.Expiring < halfOpenLimit || isAwaited)
            base.Take(arrival, effects);
        else
            Refuse(arrival, effects, HandoverCode.InsufficientResources);
    }

    protected override void Admit(Arrival arrival, Effects effects)
    {
        if (arrival.Initiate!.Extension is PreAuthentication)
            Compute(Computations.VerifyOffer, (SecuredArrival)arrival, effects);
        else
            Refuse(arrival, effects);
    }

    protected override bool IsAdmitted(NodeId mobile) =>
        Responder.IsAdmitted(mobile) || (Arrivals.TryFind(mobile, out var arrival) && arrival.State == ArrivalState.Open);

    protected override void OnOther(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case AccessInitiation initiation when Arrivals.TryFind(packet.Source.Host, out var found) && found is SecuredArrival arrival
                && arrival.Offer(_payloads) is PreAuthentication offer && offer.Nonce == initiation.Nonce && arrival.State != ArrivalState.Refused:
                arrival.IsAwaited = true;
                SendAnswer(arrival, offer.Nonce, effects);
                break;
            case AccessInitiation initiation:
                Responder.OnInitiation(packet, initiation, effects);
                break;
            case AccessAuthentication authentication:
                Responder.OnAuthentication(packet, authentication, effects);
                break;
        }
    }

    /// <summary>The session becomes the association with a mobile node of this link.</summary>
    protected override void OnAttached(Arrival arrival, Effects effects)
    {
        ((SecuredArrival)arrival).Open();
        Arrivals.Keep(arrival);
        ReleaseData(arrival, effects);
    }

    private void OnVerified(SecuredArrival arrival, PreAuthentication offer, Effects effects)
    {
        var common = offer.Proposal & Supported;
        if (!offer.IsAuthentic || common == CipherSuites.None)
        {
            Refuse(arrival, effects);
            return;
        }

        arrival.Agree(offer, (CipherSuites)((int)common & -(int)common), _nonces.NextUInt64(), _nonces.NextUInt64());
        Compute(Computations.SignAnswer, arrival, effects);
    }

    private void OnSigned(SecuredArrival arrival, Effects effects)
    {
        arrival.IsSigned = true;
        Acknowledge(arrival, effects);
        if (arrival.IsAwaited)
            SendAnswer(arrival, arrival.PeerNonce, effects);
    }

    /// <summary>M3 to a mobile node that is on this link already, once it is signed.</summary>
    private void SendAnswer(SecuredArrival arrival, ulong peerNonce, Effects effects)
    {
        if (AnswerOf(arrival) is PreAuthentication answer)
            effects.Send(Address, arrival.CareOfAddress, new AccessAnswer(peerNonce, answer), arrival.Handover);
    }

    private static void Compute(CryptoOperation operation, SecuredArrival arrival, Effects effects)
    {
        arrival.IsComputing = true;
        effects.Compute(operation, arrival);
    }
}
