using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Topology.Plans;

namespace Actors.Security.Keys;

/// <summary>An exchange of IKEv2 with all its keys, as both peers know it.</summary>
/// <param name="InitiatorSpi">SPIi.</param>
/// <param name="ResponderSpi">SPIr.</param>
/// <param name="InitiatorNonce">The symbol of Ni.</param>
/// <param name="ResponderNonce">The symbol of Nr, which no other session has.</param>
public sealed record IkeSession(
    NodeId Initiator,
    NodeId Responder,
    ulong InitiatorSpi,
    ulong ResponderSpi,
    ulong InitiatorNonce,
    ulong ResponderNonce,
    ExchangeKind Kind,
    IkeExchange Exchange,
    IkeKeys Keys);

/// <summary>Key exchanges: real halves for the symbolic shares and nonces of model mode, and the keys that follow.</summary>
public sealed partial class KeyRing
{
    /// <summary>Bytes of Ni and Nr.</summary>
    public const int NonceBytes = 32;

    private readonly ConcurrentDictionary<ulong, IKeyExchangeInitiation> _halves = new();
    private readonly ConcurrentDictionary<UInt128, ulong> _shares = new();

    /// <summary>By nonce of the initiator; and those nonces, by handover.</summary>
    private readonly ConcurrentDictionary<ulong, KeyFact.Offer> _offers = new();
    private readonly ConcurrentDictionary<(NodeId Mobile, int Number), ulong> _offered = new();

    /// <summary>By nonce of the responder; and by that of the initiator, whose offer may be answered more than once.</summary>
    private readonly ConcurrentDictionary<ulong, IkeSession> _sessions = new();
    private readonly ConcurrentDictionary<ulong, ImmutableArray<IkeSession>> _answers = new();
    private readonly ConcurrentDictionary<ulong, ulong> _noncesBySpi = new();
    private readonly ConcurrentDictionary<ulong, byte[]> _firstMessages = new();

    /// <summary>All exchanges that have come to keys, by the initiator's SPI.</summary>
    public IEnumerable<IkeSession> Sessions => _sessions.Values.OrderBy(session => session.InitiatorSpi).ThenBy(session => session.ResponderSpi);

    /// <summary>KE of an initiator whose share model mode knows by this symbol.</summary>
    public ReadOnlyMemory<byte> RequestOf(ulong share)
    {
        var request = HalfOf(share).Request;
        Note(new KeyFact.KeyShare(HashOf(request.Span), share));
        return request;
    }

    /// <summary>KE of the responder.</summary>
    /// <param name="offered">The initiator's share.</param>
    public ReadOnlyMemory<byte> AnswerOf(ulong share, ulong offered)
    {
        var answer = Respond(share, offered).Answer;
        Note(new KeyFact.KeyShare(HashOf(answer.Span), share));
        return answer;
    }

    /// <summary>The symbol of a share; null for bytes that no node has sent.</summary>
    public ulong? ShareOf(ReadOnlySpan<byte> bytes) => _shares.TryGetValue(HashOf(bytes), out var share) ? share : null;

    /// <summary>SPI of an exchange, which who has this nonce has chosen.</summary>
    public ulong SpiOf(ulong nonce)
    {
        Span<byte> spi = stackalloc byte[8];
        Span<byte> seed = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(seed, nonce);
        seed[8] = 8;
        Fill(seed, spi);
        return BinaryPrimitives.ReadUInt64BigEndian(spi) | 1;
    }

    /// <summary>An initiator asks for keys, in the course of a handover.</summary>
    public void Offer((NodeId Mobile, int Number) handover, NodeId initiator, ulong nonce, ulong share) =>
        Note(new KeyFact.Offer(handover.Mobile, handover.Number, initiator, nonce, share));

    /// <summary>The nonce of who has chosen this SPI of IKE; null for nobody.</summary>
    public ulong? NonceOf(ulong spi) => _noncesBySpi.TryGetValue(spi, out var nonce) ? nonce : null;

    /// <summary>Keeps the first message of the end of an exchange that has this nonce: AUTH covers it (RFC 7296 section 2.15).</summary>
    public void Keep(ulong nonce, ReadOnlySpan<byte> message)
    {
        if (!_firstMessages.ContainsKey(nonce))
            Note(new KeyFact.FirstMessage(nonce, message.ToArray()));
    }

    /// <summary>The first message of an end of an exchange; empty where it has sent none.</summary>
    public ReadOnlySpan<byte> FirstMessageOf(ulong nonce) => _firstMessages.TryGetValue(nonce, out var message) ? message : default;

    /// <summary>What was asked for last in a handover; null for nothing.</summary>
    public KeyFact.Offer? OfferOf((NodeId Mobile, int Number) handover) => _offered.TryGetValue(handover, out var nonce) ? _offers[nonce] : null;

    /// <summary>
    /// A responder answers the last offer of the handover: from now on both have the keys of RFC 7296 sections 2.14 and 2.17, and
    /// packets between them are protected by them. Where nothing was offered, nothing happens.
    /// </summary>
    /// <param name="nonce">A further answer with it changes nothing.</param>
    public void Answer((NodeId Mobile, int Number) handover, NodeId responder, ulong nonce, ulong share)
    {
        if (OfferOf(handover) is { } offer)
            Answer(offer.Nonce, responder, nonce, share, ExchangeKind.Carried);
    }

    /// <summary>As above, the offer with this nonce.</summary>
    public void Answer(ulong initiatorNonce, NodeId responder, ulong nonce, ulong share, ExchangeKind kind)
    {
        if (!_sessions.ContainsKey(nonce) && _offers.TryGetValue(initiatorNonce, out var offer))
            Note(new KeyFact.Answer(offer.Initiator, initiatorNonce, offer.Share, responder, nonce, share, kind));
    }

    /// <summary>The keys of the answer with this nonce; null for none yet.</summary>
    public IkeSession? SessionOf(ulong responderNonce) => _sessions.TryGetValue(responderNonce, out var session) ? session : null;

    /// <summary>The keys of all answers to this nonce.</summary>
    public ImmutableArray<IkeSession> SessionsWith(ulong initiatorNonce) => _answers.TryGetValue(initiatorNonce, out var sessions) ? sessions : [];

    private bool Add(KeyFact.Offer offer)
    {
        if (!_offers.TryAdd(offer.Nonce, offer))
            return false;
        _offered[(offer.Mobile, offer.Number)] = offer.Nonce;
        _noncesBySpi[SpiOf(offer.Nonce)] = offer.Nonce;
        return true;
    }

    private bool Add(KeyFact.Answer answer)
    {
        byte[] initiatorNonce = new byte[NonceBytes], responderNonce = new byte[NonceBytes];
        WriteToken(initiatorNonce, answer.InitiatorNonce);
        WriteToken(responderNonce, answer.Nonce, answer.Kind == ExchangeKind.Resumed ? answer.Share : 0);
        var exchange = new IkeExchange(initiatorNonce, responderNonce, SpiOf(answer.InitiatorNonce), SpiOf(answer.Nonce));
        var secret = Respond(answer.Share, answer.Offered).Secret;
        var session = new IkeSession(
            answer.Initiator,
            answer.Responder,
            exchange.InitiatorSpi,
            exchange.ResponderSpi,
            answer.InitiatorNonce,
            answer.Nonce,
            answer.Kind,
            exchange,
            IkeKeys.Derive(Profile.Suite, exchange, secret));
        if (!_sessions.TryAdd(answer.Nonce, session))
            return false;
        _answers.AddOrUpdate(answer.InitiatorNonce, [session], (_, others) => others.Add(session));
        _noncesBySpi[session.ResponderSpi] = answer.Nonce;
        Establish(session);
        return true;
    }

    private IKeyExchangeInitiation HalfOf(ulong share) => _halves.GetOrAdd(
        share, symbol => Profile.KeyExchange.Initiate(SimulationRandom.For(_seed, _replication, symbol, 1)));

    private KeyExchangeResponse Respond(ulong share, ulong offered) =>
        Profile.KeyExchange.Respond(HalfOf(offered).Request.Span, SimulationRandom.For(_seed, _replication, share, 1))
        ?? throw new InvalidOperationException($"the share 0x{offered:x} of a key exchange of our own is refused");
}
