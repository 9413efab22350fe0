using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using Actors.Kernel;
using Actors.Network;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// The sessions of one node, one per mobile node. A session that is not touched for the lifetime disappears; no timer says
/// so, which would keep a run alive, but each later input: sessions stand in the order in which they expire, so that the
/// check costs one comparison. It is a hash table chained through the sessions themselves: a network has as many of them as
/// mobile nodes, few in each of its tables.
/// </summary>
/// <param name="lifetime">Positive.</param>
public sealed class SessionTable<T>(TimeSpan lifetime)
    where T : MobileSession
{
    private MobileSession?[] _buckets = [];
    private MobileSession? _oldest;
    private MobileSession? _newest;

    public TimeSpan Lifetime { get; } = lifetime;

    public int Count { get; private set; }

    /// <summary>Sessions that are not kept until they are removed.</summary>
    public int Expiring { get; private set; }

    /// <summary>
    /// A lifetime that outlasts the longest silence of a peer that still tries: 8 first timeouts, the wait after its last
    /// retransmission.
    /// </summary>
    public static SessionTable<T> ForTimeout(TimeSpan firstTimeout) => new(firstTimeout * (1 << Exchange.MaxRetries));

    public bool TryFind(NodeId mobile, [MaybeNullWhen(false)] out T session)
    {
        var found = Count == 0 ? null : Bucket(mobile);
        while (found is not null && found.Mobile != mobile)
            found = found.NextInBucket;
        session = Unsafe.As<T>(found);
        return found is not null;
    }

    /// <summary>Whether this very session is in the table, and not one that took its place.</summary>
    public bool Holds(T session) => TryFind(session.Mobile, out var held) && ReferenceEquals(held, session);

    /// <summary>Add a session in the place of the one that the mobile node has.</summary>
    public void Put(T session, Effects effects)
    {
        if (TryFind(session.Mobile, out var former))
            Remove(former, effects);
        if (Count == _buckets.Length)
            Grow();
        Count++;
        Link(session);
        Append(session, effects.Now);
    }

    /// <summary>The session's lifetime starts anew.</summary>
    public void Touch(T session, Effects effects)
    {
        Unlink(session);
        Append(session, effects.Now);
    }

    /// <summary>The session stays until it is removed.</summary>
    public void Keep(T session) => Unlink(session);

    public void Remove(T session, Effects effects)
    {
        session.Close(effects);
        Unlink(session);
        if (Count == 0)
            return;
        ref var link = ref Bucket(session.Mobile);
        while (link is not null && link != session)
            link = ref link.NextInBucket;
        if (link is null)
            return;
        link = session.NextInBucket;
        session.NextInBucket = null;
        Count--;
        if (session.MayServeAgain)
            effects.GiveBack(session);
    }

    /// <summary>Remove every session whose lifetime is over.</summary>
    public void Expire(Effects effects)
    {
        while (_oldest is not null && _oldest.ExpiresAt <= effects.Now)
            Remove((T)_oldest, effects);
    }

    public void Clear()
    {
        _buckets = [];
        Count = 0;
        _oldest = _newest = null;
        Expiring = 0;
    }

    /// <summary>Fibonacci hashing (Knuth): mobile nodes that meet at one router may have numbers of any pattern.</summary>
    private ref MobileSession? Bucket(NodeId mobile) =>
        ref _buckets[(int)(((uint)mobile.Index * 2654435769u) >> (32 - BitOperations.Log2((uint)_buckets.Length)))];

    private void Link(MobileSession session)
    {
        ref var bucket = ref Bucket(session.Mobile);
        session.NextInBucket = bucket;
        bucket = session;
    }

    private void Grow()
    {
        var former = _buckets;
        _buckets = new MobileSession?[Math.Max(4, 2 * former.Length)];
        foreach (var first in former)
        {
            for (var session = first; session is not null;)
            {
                var next = session.NextInBucket;
                Link(session);
                session = next;
            }
        }
    }

    private void Append(MobileSession session, SimTime now)
    {
        Expiring++;
        session.ExpiresAt = now + Lifetime;
        session.Older = _newest;
        if (_newest is null)
            _oldest = session;
        else
            _newest.Newer = session;
        _newest = session;
    }

    private void Unlink(MobileSession session)
    {
        if (session.Older is null && !ReferenceEquals(_oldest, session))
            return;
        Expiring--;
        if (session.Older is not null)
            session.Older.Newer = session.Newer;
        else if (ReferenceEquals(_oldest, session))
            _oldest = session.Newer;
        if (session.Newer is not null)
            session.Newer.Older = session.Older;
        else if (ReferenceEquals(_newest, session))
            _newest = session.Older;
        session.Older = session.Newer = null;
    }
}
