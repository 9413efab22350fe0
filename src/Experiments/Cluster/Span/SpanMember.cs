using Actors.Placement;
using Akka.Actor;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>
/// A member's part in the networks of one coordinator that run over several members. It takes in what the others send while its
/// worker computes, and tells its parent what that is.
/// </summary>
/// <param name="threads">That this member gives.</param>
/// <param name="patience">How long another member may be silent.</param>
/// <param name="folder">Of the plan's files, which goes with this actor; null for a benchmark.</param>
internal sealed class SpanMember(IActorRef coordinator, long run, SpanWork work, int threads, TimeSpan patience, string? folder) : UntypedActor
{
    private readonly IActorRef _worker = Context.ActorOf(SpanWorker.Props(work));
    private (int Attempt, BatchInbox Inbox) _current = (-1, new BatchInbox(patience));
    private (int Attempt, BatchCarrier Carrier)? _carrier;

    protected override void PreStart() => Enlist();

    protected override void PostStop()
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SpanOffer:
                Enlist();
                break;
            case SpanBatch batch when batch.Run == run && InboxOf(batch.Attempt) is { } inbox:
                inbox.Deliver(batch.From, batch.Number, batch.Part, batch.Parts, batch.Bytes);
                break;
            case SpanBegin begin when begin.Run == run && begin.Self < begin.Members.Count && InboxOf(begin.Attempt) is { } inbox:
                _worker.Tell(new SpanWorker.Turn(begin, CarrierOf(begin, inbox)), Self);
                break;
            case SpanCalledOff off when off.Run == run && off.Attempt == _current.Attempt:
                _current.Inbox.Fail(off.Reason);
                Context.Parent.Tell(new Takes(null), Self);
                break;
            case SpanWorker.Placed placed when placed.Turn.Begin.Attempt == _current.Attempt:
                Context.Parent.Tell(new Takes(ShareOf(placed.Turn.Begin, placed.Cell, placed.Placement)), Self);
                break;
            case End:
                _current.Inbox.Fail("it has left the run");
                Context.Stop(Self);
                break;
            case SpanWorker.Computed computed:
                Tell(computed.Turn.Begin, computed.Result.ToBytes());
                break;
            case SpanWorker.Failed failed:
                if (failed.Turn.Begin.Attempt == _current.Attempt)
                    Context.Parent.Tell(new Takes(null), Self);
                coordinator.Tell(new SpanBroken(run, failed.Turn.Begin.Attempt, failed.Reason), Self);
                break;
        }
    }

    private void Enlist() => coordinator.Tell(new SpanEnlisted(run, threads), Self);

    /// <summary>Batches of an attempt may come before the word that it begins. Of one that is over, nothing is of use.</summary>
    private BatchInbox? InboxOf(int attempt)
    {
        if (attempt > _current.Attempt)
        {
            _current.Inbox.Fail("another attempt has begun");
            _current = (attempt, new BatchInbox(patience));
        }

        return attempt == _current.Attempt ? _current.Inbox : null;
    }

    private BatchCarrier CarrierOf(SpanBegin begin, BatchInbox inbox)
    {
        if (_carrier is not { } known || known.Attempt != begin.Attempt)
        {
            var provider = ((ExtendedActorSystem)Context.System).Provider;
            IActorRef[] peers = [.. begin.Members.Select(member => provider.ResolveActorRef(member.Path))];
            _carrier = known = (begin.Attempt, new BatchCarrier(run, begin.Attempt, begin.Self, peers, inbox));
        }

        return known.Carrier;
    }

    private void Tell(SpanBegin begin, byte[] result)
    {
        var (part, parts) = (0, BatchCarrier.CountOf(result));
        foreach (var piece in BatchCarrier.Pieces(result))
            coordinator.Tell(new SpanPiece(run, begin.Attempt, begin.Turn, begin.Self, part++, parts, piece), Self);
    }

    private static SpanShare ShareOf(SpanBegin begin, int cell, Placement placement) => new(
        cell, begin.Index, begin.Self < placement.Members ? begin.Self + 1 : 0,
        [.. begin.Members.Take(placement.Members).Select((member, part) => new SpanPart(ActorPath.TryParse(member.Path, out var path) ? Gate.Text(path.Address) : member.Path, placement.PartitionsOf(part)))]);

    /// <summary>What this member has a part in; null for nothing now.</summary>
    internal sealed record Takes(SpanShare? Share);

    /// <summary>The run is over for this member. Its worker may be waiting for others, so that it cannot just be stopped.</summary>
    internal sealed record End
    {
        public static readonly End Instance = new();
    }
}
