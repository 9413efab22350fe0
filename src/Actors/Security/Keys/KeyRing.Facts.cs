using System.Collections.Concurrent;

namespace Actors.Security.Keys;

/// <summary>
/// What a run adds to the ring. Where its network runs over several members, each has a ring of the same seed, and tells the others
/// what it has noted before they can get a packet that was made with it. Facts are only ever added, and found by what no other has,
/// so that to know one earlier or later changes nothing that a node reads.
/// </summary>
public sealed partial class KeyRing
{
    private readonly ConcurrentQueue<KeyFact>? _news;

    /// <summary>What was noted here since the last call; nothing in a ring that is not shared.</summary>
    public IReadOnlyList<KeyFact> TakeNews()
    {
        var news = new List<KeyFact>();
        while (_news is not null && _news.TryDequeue(out var fact))
            news.Add(fact);
        return news;
    }

    /// <summary>Take over what another ring of the same run has noted. It is not told again.</summary>
    public void Learn(KeyFact fact) => Add(fact);

    private void Note(KeyFact fact)
    {
        if (Add(fact))
            _news?.Enqueue(fact);
    }

    /// <returns>Whether it was new.</returns>
    private bool Add(KeyFact fact) => fact switch
    {
        KeyFact.KeyShare share => _shares.TryAdd(share.Hash, share.Symbol),
        KeyFact.Authority authority => _authorities.TryAdd(authority.Hash, authority.Node),
        KeyFact.FirstMessage message => _firstMessages.TryAdd(message.Nonce, message.Bytes),
        KeyFact.Offer offer => Add(offer),
        KeyFact.Answer answer => Add(answer),
        KeyFact.Provision provision => Add(provision),
        _ => throw new ArgumentException($"unknown fact {fact.GetType().Name}", nameof(fact)),
    };
}
