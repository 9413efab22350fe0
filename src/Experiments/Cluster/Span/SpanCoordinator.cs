using System.Diagnostics;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>
/// Runs replications one after the other, each as one network over all members. It only says who takes part and puts together
/// what comes back: events go from member to member. A member that is lost takes the replication with it, which begins again on
/// the others; since results do not depend on the members, nothing else changes.
/// </summary>
/// <param name="tell">Takes what the user should know, a line each.</param>
internal sealed class SpanCoordinator(ISpanSource source, SpanTerms terms, Action<string> tell, SpanCoordinator.IEnds ends) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(200);
    private static readonly object Tick = new();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly SpanRoster _roster = new(terms.OfferAgain, terms.Gather);
    private readonly long _started = Stopwatch.GetTimestamp();
    private (int Job, int Index)? _next;
    private SpanAttempt? _attempt;
    private IReadOnlyList<IActorRef> _members = [];
    private int _number;
    private UInt128 _key;
    private int _turn;
    private int _broken;
    private TimeSpan _aloneSince;
    private bool _ended;

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Timers.StartPeriodicTimer(Tick, Tick, TickInterval);
        _next = source.Next();
    }

    /// <summary>The cluster has put this member out, unless the run is over.</summary>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.Unsubscribe(Self);
        if (!_ended)
            ends.Alone();
        ends.Stopped();
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
            if (!_ended)
                GoOn();
        }
        catch (Exception cause)
        {
            End(() => ends.Failed(cause));
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case SpanEnlisted enlisted when enlisted.Run == terms.Offer.Run && enlisted.Threads > 0:
                _roster.Enlist(new SpanSeat(Gate.Text(Sender.Path.Address), Sender, enlisted.Threads, enlisted.BatchPort), Now);
                break;
            case Declined declined when declined.Run == terms.Offer.Run:
                _roster.Decline(Gate.Text(Sender.Path.Address));
                tell($"{Gate.Text(Sender.Path.Address)} takes no part: {declined.Reason}");
                break;
            case SpanPiece piece when _attempt is { } attempt && (piece.Run, piece.Attempt, piece.Turn) == (terms.Offer.Run, attempt.Number, attempt.Turn):
                attempt.Take(piece.From, piece.Part, piece.Parts, piece.Bytes);
                break;
            case SpanBroken broken when _attempt is { } attempt && (broken.Run, broken.Attempt) == (terms.Offer.Run, attempt.Number):
                Break(attempt, $"{Gate.Text(Sender.Path.Address)}: {broken.Reason}", broken.Lost);
                break;
            case ClusterEvent.MemberWeaklyUp or ClusterEvent.MemberUp:
                See(((ClusterEvent.MemberStatusChange)message).Member);
                break;
            case ClusterEvent.ReachableMember back:
                See(back.Member);
                break;
            case ClusterEvent.MemberRemoved removed:
                Lose(removed.Member.Address, "has left the cluster");
                _broken = 0;
                break;
            case ClusterEvent.UnreachableMember lost:
                Lose(lost.Member.Address, "cannot be reached");
                _broken = 0;
                break;
            case DisassociatedEvent gone when _attempt?.Has(Gate.Text(gone.RemoteAddress)) == true:
                LoseConnection(gone.RemoteAddress, "");
                _broken = 0;
                break;
        }
    }

    private void See(Member member)
    {
        if (member.HasRole(Members.ClusterSettings.WorkerRole) && member.Status is Akka.Cluster.MemberStatus.Up or Akka.Cluster.MemberStatus.WeaklyUp)
            _roster.Seen(Gate.Text(member.Address), member.Address, Now);
    }

    private void Lose(Address address, string why)
    {
        var text = Gate.Text(address);
        _roster.Lost(text, Now);
        if (_attempt is not { } attempt || !attempt.Has(text))
            return;
        tell($"{text} {why}: the replication begins again without it");
        CallOff(attempt, $"{text} {why}");
    }

    /// <summary>It may only be the connection. Then the member answers the next offer, and has a part again.</summary>
    private void LoseConnection(Address address, string how)
    {
        Lose(address, $"has lost its connection{how}");
        if (_cluster.State.Members.FirstOrDefault(member => member.Address.Equals(address)) is { } known)
            See(known);
    }

    /// <summary>A member could not go on although the cluster has all.</summary>
    /// <param name="lost">The member that it has no connection to.</param>
    private void Break(SpanAttempt attempt, string reason, int? lost)
    {
        if (lost < attempt.Members.Count)
            LoseConnection(attempt.Members[lost.Value].Actor.Path.Address, $" ({reason})");
        else
            CallOff(attempt, reason);
        if (++_broken < terms.Tries)
            return;
        _broken = 0;
        source.Quarantine(attempt.Job, attempt.Index, reason);
        _next = source.Next();
    }

    private void CallOff(SpanAttempt attempt, string reason)
    {
        foreach (var member in attempt.Members)
            member.Actor.Tell(new SpanCalledOff(terms.Offer.Run, attempt.Number, reason), Self);
        (_attempt, _members) = (null, []);
    }

    private void GoOn()
    {
        if (_attempt?.Results is { } results)
        {
            source.Fold(_attempt.Job, _attempt.Index, results);
            (_attempt, _broken) = (null, 0);
            _next = source.Next();
        }

        if (ends.IsStopping)
        {
            End(ends.Interrupted);
            return;
        }

        if (_next is null)
        {
            End(ends.Finished);
            return;
        }

        foreach (var member in _roster.ToAsk(Now))
            Context.ActorSelection(new RootActorPath(member) / "user" / MemberActor.Name).Tell(terms.Offer, Self);
        if (_attempt is null && _roster.IsReady(Now) && _roster.Enlisted.Count >= (_turn == 0 ? terms.LeastMembers : 1))
            Begin(_next.Value);
        if (_roster.Enlisted.Count > 0)
            _aloneSince = Now;
        else if (terms.Alone is { } alone && Now - _aloneSince > alone)
            End(ends.Alone);
    }

    private void Begin((int Job, int Index) replication)
    {
        var members = _roster.Enlisted;
        source.Begins(members.Select(member => Gate.Text(member.Actor.Path.Address)));
        IReadOnlyList<IActorRef> actors = [.. members.Select(member => member.Actor)];
        if (!actors.SequenceEqual(_members))
            (_number, _members, _key) = (_number + 1, actors, BitConverter.ToUInt128(RandomNumberGenerator.GetBytes(16)));
        _attempt = new SpanAttempt(_number, ++_turn, replication.Job, replication.Index, members);
        IReadOnlyList<SpanPeer> peers = [.. members.Select(member => new SpanPeer(member.Actor.Path.ToSerializationFormat(), member.Threads, member.BatchPort))];
        for (var self = 0; self < members.Count; self++)
            members[self].Actor.Tell(new SpanBegin(terms.Offer.Run, _number, _key, _turn, replication.Job, replication.Index, peers, self), Self);
    }

    private void End(Action how)
    {
        if (_ended)
            return;
        _ended = true;
        if (_attempt is { } attempt)
            CallOff(attempt, "the run is over");
        foreach (var member in _roster.Enlisted)
            Context.ActorSelection(new RootActorPath(member.Actor.Path.Address) / "user" / MemberActor.Name).Tell(new Dismissed(terms.Offer.Run), Self);
        how();
        Context.Stop(Self);
    }

    /// <summary>Whose run it is, and how it ends.</summary>
    internal interface IEnds
    {
        /// <summary>Whether the user wants no more.</summary>
        bool IsStopping { get; }

        void Finished();

        void Interrupted();

        /// <summary>No member computes any more.</summary>
        void Alone();

        void Failed(Exception cause);

        /// <summary>Always, and last.</summary>
        void Stopped();
    }
}
