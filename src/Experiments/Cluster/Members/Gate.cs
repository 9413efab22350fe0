using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Experiments.Cluster.Protocol;
using static Experiments.Cluster.Protocol.ClusterMessage;
using MemberStatus = Experiments.Cluster.Protocol.MemberStatus;

namespace Experiments.Cluster.Members;

/// <summary>Answers those who are not members: whether they may become one, how things are, and that this member is to leave.</summary>
/// <param name="member">Null where this process computes nothing.</param>
/// <param name="mayFound">
/// Whether a coordinator that knocks while this process is in no cluster makes it found one: it is the founder of one that the
/// others, coordinators that are gone perhaps, have put it out of.
/// </param>
internal sealed class Gate(MemberFacts facts, IActorRef? member, bool mayFound) : UntypedActor
{
    public const string Name = "gate";
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly Queue<(IActorRef Asker, bool Spans)> _waiting = new();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Knock knock when facts.Obstacle(knock.Facts, "who wants to join") is { } obstacle:
                Sender.Tell(new Refused(obstacle), Self);
                break;
            case Knock knock:
                if (_cluster.State.Members.IsEmpty && mayFound && knock.Role == ClusterSettings.CoordinatorRole)
                    _cluster.Join(_cluster.SelfAddress);
                else if (_cluster.State.Members.IsEmpty)
                    break; // It may be let in when this process itself is.
                Sender.Tell(new Admitted(facts), Self);
                break;
            case StatusRequest or SpansRequest when member is not null:
                _waiting.Enqueue((Sender, message is SpansRequest));
                member.Tell(MemberActor.RunsRequest.Instance, Self);
                break;
            case StatusRequest:
                Sender.Tell(Report([]), Self);
                break;
            case SpansRequest:
                Sender.Tell(new SpansReport([]), Self);
                break;
            case MemberActor.Runs runs when _waiting.TryDequeue(out var waiting):
                waiting.Asker.Tell(waiting.Spans ? new SpansReport(runs.Spans) : Report(runs.Items), Self);
                break;
            case DrainRequest when member is not null:
                member.Tell(MemberActor.LeaveCluster.Instance, Self);
                Sender.Tell(new DrainStarted(), Self);
                break;
            case DrainRequest:
                Sender.Tell(new Refused("this is a coordinator. Interrupt its handover run instead."), Self);
                break;
        }
    }

    private StatusReport Report(IReadOnlyList<RunStatus> runs)
    {
        var state = _cluster.State;
        return new StatusReport(
            facts,
            [.. state.Members.Select(known => new MemberStatus(
                Text(known.Address), known.Status.ToString(), [.. known.Roles.Order(StringComparer.Ordinal)], !state.Unreachable.Contains(known)))],
            runs);
    }

    /// <summary><c>host:port</c></summary>
    public static string Text(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
