using System.Diagnostics.CodeAnalysis;
using Actors.Kernel;
using Actors.Network;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// The sessions of one node, one per mobile node. A session that is not touched for the lifetime disappears; no timer says
/// so, which would keep a run alive, but each later input: sessions stand in the order in which they expire, so that the
/// check costs one comparison.
/// </summary>
/// <param name="lifetime">Positive.</param>
public sealed class SessionTable<T>(TimeSpan lifetime)
    where T : MobileSession
{
    private readonly Dictionary<NodeId, T> _sessions = [];
    private MobileSession? _oldest;
    private MobileSession? _newest;

    public TimeSpan Lifetime { get; } = lifetime;

    public int Count => _sessions.Count;

    /// <summary>Sessions that are not kept until they are removed.</summary>
    public int Expiring { get; private set; }

    /// <summary>
    /// A lifetime that outlasts the longest silence of a peer that still tries: 8 first timeouts, the wait after its last
    /// retransmission.
    /// </summary>
    public static SessionTable<T> ForTimeout(TimeSpan firstTimeout) => new(firstTimeout * (1 << Exchange.MaxRetries));

    public bool TryFind(NodeId mobile, [MaybeNullWhen(false)] out T session) => _sessions.TryGetValue(mobile, out session);

    /// <summary>Whether this very session is in the table, and not one that took its place.</summary>
    public bool Holds(T session) => _sessions.TryGetValue(session.Mobile, out var held) && ReferenceEquals(held, session);

    /// <summary>Add a session in the place of the one that the mobile node has.</summary>
    public void Put(T session, Effects effects)
    {
        if (_sessions.TryGetValue(session.Mobile, out var former))
            Remove(former, effects);
        _sessions.Add(session.Mobile, session);
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
        _sessions.Remove(session.Mobile);
    }

    /// <summary>Remove every session whose lifetime is over.</summary>
    public void Expire(Effects effects)
    {
        while (_oldest is not null && _oldest.ExpiresAt <= effects.Now)
            Remove((T)_oldest, effects);
    }

    public void Clear()
    {
        _sessions.Clear();
        _oldest = _newest = null;
        Expiring = 0;
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
