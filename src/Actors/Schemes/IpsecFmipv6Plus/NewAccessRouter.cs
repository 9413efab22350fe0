using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>
/// The new access router. It checks what costs nothing before a signature, gives no place in its table to what is not
/// verified, and takes a mobile node as its own only when that has proved to hold the key.
/// </summary>
public sealed class NewAccessRouter : Fmipv6.NewAccessRouter
{
    private const CipherSuites Supported = CipherSuites.AesGcm | CipherSuites.AesCbc;
    private readonly Dictionary<NodeId, HalfOpenArrival> _residents = [];
    private readonly HashSet<Offer> _underVerification = [];
    private readonly TimeSpan _lifetime;
    private readonly int _limit;
    private readonly PayloadSizes _payloads;
    private RandomStream _nonces;

    public NewAccessRouter(RoleContext context)
        : base(context, context.Options.Duration(HalfOpenOptions.Lifetime))
    {
        _lifetime = context.Options.Duration(HalfOpenOptions.Lifetime);
        _limit = (int)context.Options.Number(HalfOpenOptions.Limit);
        _payloads = PayloadSizes.Of(context.Profile);
        Replays = new SessionTable<SeenOffer>(_lifetime);
        Responder = new AccessResponder(context, resumes: false);
    }

    /// <summary>The mobile nodes on this link, each with the key agreed on, until they leave.</summary>
    public IReadOnlyDictionary<NodeId, HalfOpenArrival> Residents => _residents;

    /// <summary>The last offer of each mobile node, as long as an older one would still count as fresh.</summary>
    public SessionTable<SeenOffer> Replays { get; }

    public AccessResponder Responder { get; }

    protected override EspMode RouterProtection => EspMode.Tunnel;

    protected override EspMode LinkProtection => EspMode.Transport;

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _residents.Clear();
        _underVerification.Clear();
        Replays.Clear();
        Responder.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
    }

    /// <summary>Forget a mobile node that was on this link and has left it.</summary>
    public void Release(NodeId mobile, Effects effects)
    {
        _residents.Remove(mobile);
        Responder.Release(mobile, effects);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (continuation is AccessSession session)
            Responder.OnComputed(session, effects);
        if (continuation is not HalfOpenArrival arrival)
            return;
        if (_underVerification.Remove(arrival.Offer))
            OnVerified(arrival, effects);
        else if (Arrivals.Holds(arrival) && arrival.State == ArrivalState.Initiated)
            OnSigned(arrival, effects);
    }

    protected override Arrival Create(Packet packet, HandoverInitiate? initiate, Address careOfAddress, Effects effects) =>
        new HalfOpenArrival(careOfAddress.Host, packet.Handover, packet.Source, initiate) { CareOfAddress = careOfAddress };

    /// <summary>The same offer again gets the same answer: no second signature, no other key.</summary>
    protected override bool IsRepeated(Arrival former, HandoverInitiate initiate) =>
        initiate.Extension is Offer offer && offer.Equals(former.Initiate?.Extension);

    /// <summary>In order of cost: who and where, freshness, room, and only then the signature.</summary>
    protected override void Take(Arrival arrival, Effects effects)
    {
        Replays.Expire(effects);
        if (arrival.Initiate?.Extension is not Offer offer || !IsConsistent(arrival, offer) || !IsFresh(offer, effects))
            return;
        if (Arrivals.Count + _underVerification.Count >= _limit && !Arrivals.TryFind(arrival.Mobile, out _))
            Refuse(arrival, effects, HandoverCode.InsufficientResources);
        else if (_underVerification.Add(offer))
            effects.Compute(Computations.VerifyOffer, arrival);
    }

    protected override void OnOther(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case ConfirmationRelay relay when Arrivals.TryFind(relay.NewCareOfAddress.Host, out var found)
                && found is HalfOpenArrival { State: ArrivalState.Buffering } arrival
                && arrival.PreviousRouter == packet.Source && arrival.IsConfirmedBy(relay.Confirmation):
                Commit(arrival, effects);
                break;
            case AccessInitiation initiation when HalfOpenFor(packet.Source.Host, initiation.Nonce) is { } arrival:
                arrival.IsAwaited = true;
                SendAnswer(arrival, effects);
                break;
            case AccessInitiation initiation:
                Responder.OnInitiation(packet, initiation, effects);
                break;
            case AccessAuthentication authentication:
                Responder.OnAuthentication(packet, authentication, effects);
                break;
        }
    }

    protected override bool IsAdmitted(NodeId mobile) => Responder.IsAdmitted(mobile) || _residents.ContainsKey(mobile);

    /// <summary>Only UNA proves who is there.</summary>
    protected override bool BelievesAnyPacket => false;

    protected override bool IsAuthentic(Arrival arrival, UnsolicitedNeighborAdvertisement advertisement) =>
        Responder.IsAdmitted(arrival.Mobile)
        || (advertisement.Extension is Confirmation confirmation && ((HalfOpenArrival)arrival).IsConfirmedBy(confirmation));

    /// <summary>What is buffered goes out, and the node is one of this link.</summary>
    protected override void OnAttached(Arrival arrival, Effects effects)
    {
        var resident = (HalfOpenArrival)arrival;
        resident.IsCommitted = true;
        resident.State = ArrivalState.Open;
        Arrivals.Remove(resident, effects);
        _residents[resident.Mobile] = resident;
        ReleaseData(resident, effects);
    }

    private void Commit(HalfOpenArrival arrival, Effects effects)
    {
        if (!arrival.IsCommitted)
            Arrivals.Touch(arrival, effects);
        arrival.IsCommitted = true;
    }

    /// <summary>Whether the offer names this router, the one that passes it on, and its own addresses.</summary>
    private bool IsConsistent(Arrival arrival, Offer offer) =>
        offer.AccessPoint == Self && offer.PreviousRouter == arrival.PreviousRouter.Host && offer.Initiator == arrival.Mobile
        && offer.PreviousCareOfAddress == arrival.Initiate!.PreviousCareOfAddress
        && offer.PreviousCareOfAddress.PrefixOwner == offer.PreviousRouter && offer.HomeAddress.Host == offer.Initiator;

    /// <summary>Whether the offer is newer than the node's last one, and not older than this router remembers.</summary>
    private bool IsFresh(Offer offer, Effects effects) =>
        offer.Counter > effects.Now.Ticks - _lifetime.Ticks
        && (!Replays.TryFind(offer.Initiator, out var last) || offer.Counter > last.Counter);

    private void OnVerified(HalfOpenArrival arrival, Effects effects)
    {
        var offer = arrival.Offer;
        var common = offer.Proposal & Supported;
        if (!offer.IsAuthentic || !IsFresh(offer, effects) || common == CipherSuites.None)
            return;
        Replays.Put(new SeenOffer(offer.Initiator, offer.Counter), effects);
        Arrivals.Put(arrival, effects);
        var secret = _nonces.NextUInt64();
        var nonce = _nonces.NextUInt64();
        arrival.ConfirmationKey = Confirmation.Key(offer.Nonce, nonce, KeyAgreement.Agree(secret, offer.KeyShare));
        arrival.Answer = new Answer(
            Self,
            offer.Initiator,
            offer.Hash,
            (CipherSuites)((int)common & -(int)common),
            KeyAgreement.Share(secret),
            nonce,
            arrival.CareOfAddress,
            (ushort)Math.Clamp(_lifetime.TotalSeconds, 1, ushort.MaxValue),
            new Certificate(Self, Certificate.TrustAnchor))
        {
            Payloads = _payloads,
        };
        effects.Compute(Computations.SignAnswer, arrival);
    }

    private void OnSigned(HalfOpenArrival arrival, Effects effects)
    {
        arrival.Answer = arrival.Answer!.Signed(arrival.ConfirmationKey!.Value);
        arrival.Extension = arrival.Answer;
        Acknowledge(arrival, effects);
        if (arrival.IsAwaited)
            SendAnswer(arrival, effects);
    }

    /// <summary>The half-open arrival of this very offer.</summary>
    private HalfOpenArrival? HalfOpenFor(NodeId mobile, ulong nonce) =>
        Arrivals.TryFind(mobile, out var found) && found is HalfOpenArrival { State: not ArrivalState.Refused } arrival && arrival.Offer.Nonce == nonce
            ? arrival
            : null;

    /// <summary>M3 to a mobile node that is on this link already, once it is signed.</summary>
    private void SendAnswer(HalfOpenArrival arrival, Effects effects)
    {
        if (arrival.Extension is Answer answer)
            effects.Send(Address, arrival.CareOfAddress, new AccessAnswer(arrival.Offer.Nonce, answer), arrival.Handover);
    }
}
