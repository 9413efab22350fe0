using System.Buffers.Binary;
using System.Collections.Concurrent;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Topology.Plans;

namespace Actors.Security.Keys;

/// <summary>An exchange of IKEv2 with all its keys, as both peers know it.</summary>
/// <param name="InitiatorSpi">SPIi.</param>
/// <param name="ResponderSpi">SPIr.</param>
public sealed record IkeSession(NodeId Initiator, NodeId Responder, ulong InitiatorSpi, ulong ResponderSpi, IkeExchange Exchange, IkeKeys Keys);

/// <summary>Key exchanges: real halves for the symbolic shares and nonces of model mode, and the keys that follow.</summary>
public sealed partial class KeyRing
{
    /// <summary>Bytes of Ni and Nr.</summary>
    public const int NonceBytes = 32;

    private readonly ConcurrentDictionary<ulong, IKeyExchangeInitiation> _halves = new();
    private readonly ConcurrentDictionary<UInt128, ulong> _shares = new();
    private readonly ConcurrentDictionary<(NodeId Mobile, int Number), (NodeId Initiator, ulong Nonce, ulong Share)> _offers = new();
    private readonly ConcurrentDictionary<(ulong InitiatorNonce, ulong ResponderNonce), IkeSession> _sessions = new();
    private readonly ConcurrentDictionary<ulong, IkeSession> _latest = new();
    private readonly ConcurrentDictionary<ulong, ulong> _noncesBySpi = new();
    private readonly ConcurrentDictionary<(ulong InitiatorNonce, bool IsResponse), byte[]> _firstMessages = new();

    /// <summary>All exchanges that have come to keys, by the initiator's SPI.</summary>
    public IEnumerable<IkeSession> Sessions => _sessions.Values.OrderBy(session => session.InitiatorSpi).ThenBy(session => session.ResponderSpi);

    /// <summary>KE of an initiator whose share model mode knows by this symbol.</summary>
    public ReadOnlyMemory<byte> RequestOf(ulong share)
    {
        var request = HalfOf(share).Request;
        _shares[HashOf(request.Span)] = share;
        return request;
    }

    /// <summary>KE of the responder.</summary>
    /// <param name="offered">The initiator's share.</param>
    public ReadOnlyMemory<byte> AnswerOf(ulong share, ulong offered)
    {
        var answer = Respond(share, offered).Answer;
        _shares[HashOf(answer.Span)] = share;
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
    public void Offer((NodeId Mobile, int Number) handover, NodeId initiator, ulong nonce, ulong share)
    {
        _offers[handover] = (initiator, nonce, share);
        _noncesBySpi[SpiOf(nonce)] = nonce;
    }

    /// <summary>The nonce of the initiator that has chosen this SPI of IKE; null for nobody.</summary>
    public ulong? NonceOf(ulong initiatorSpi) => _noncesBySpi.TryGetValue(initiatorSpi, out var nonce) ? nonce : null;

    /// <summary>Keeps the first message of an end of an exchange, which AUTH covers (RFC 7296 section 2.15).</summary>
    public void Keep(ulong initiatorNonce, bool isResponse, ReadOnlySpan<byte> message) => _firstMessages[(initiatorNonce, isResponse)] = message.ToArray();

    /// <summary>The first message of an end of an exchange; empty where it has sent none.</summary>
    public ReadOnlySpan<byte> FirstMessageOf(ulong initiatorNonce, bool isResponse) =>
        _firstMessages.TryGetValue((initiatorNonce, isResponse), out var message) ? message : default;

    /// <summary>What was asked for last in a handover; null for nothing.</summary>
    public (NodeId Initiator, ulong Nonce, ulong Share)? OfferOf((NodeId Mobile, int Number) handover) => _offers.TryGetValue(handover, out var offer) ? offer : null;

    /// <summary>
    /// A responder answers the last offer of the handover: from now on both have the keys of RFC 7296 sections 2.14 and 2.17, and
    /// packets between them are protected by them.
    /// </summary>
    /// <param name="resumes">Whether the nonce of the answer, as sent, holds the share too (RFC 5723).</param>
    /// <returns>Null where nothing was offered.</returns>
    public IkeSession? Answer((NodeId Mobile, int Number) handover, NodeId responder, ulong nonce, ulong share, bool resumes = false)
    {
        if (OfferOf(handover) is not { } offer)
            return null;
        if (_sessions.TryGetValue((offer.Nonce, nonce), out var known))
            return known;
        byte[] initiatorNonce = new byte[NonceBytes], responderNonce = new byte[NonceBytes];
        WriteToken(initiatorNonce, offer.Nonce);
        WriteToken(responderNonce, nonce, resumes ? share : 0);
        var exchange = new IkeExchange(initiatorNonce, responderNonce, SpiOf(offer.Nonce), SpiOf(nonce));
        var secret = Respond(share, offer.Share).Secret;
        var session = new IkeSession(
            offer.Initiator, responder, exchange.InitiatorSpi, exchange.ResponderSpi, exchange, IkeKeys.Derive(Profile.Suite, exchange, secret));
        if (!_sessions.TryAdd((offer.Nonce, nonce), session))
            return _sessions[(offer.Nonce, nonce)];
        _latest[offer.Nonce] = session;
        Establish(session, offer.Nonce, nonce);
        return session;
    }

    /// <summary>The keys of the last answer to this nonce; null for none yet.</summary>
    public IkeSession? SessionOf(ulong initiatorNonce) => _latest.TryGetValue(initiatorNonce, out var session) ? session : null;

    private IKeyExchangeInitiation HalfOf(ulong share) => _halves.GetOrAdd(
        share, symbol => Profile.KeyExchange.Initiate(SimulationRandom.For(_seed, _replication, symbol, 1)));

    private KeyExchangeResponse Respond(ulong share, ulong offered) =>
        Profile.KeyExchange.Respond(HalfOf(offered).Request.Span, SimulationRandom.For(_seed, _replication, share, 1))
        ?? throw new InvalidOperationException($"the share 0x{offered:x} of a key exchange of our own is refused");
}
