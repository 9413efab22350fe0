using Actors.Placement;
using Akka.Actor;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>
/// A member's part in the networks of one coordinator that run over several members. It hears what becomes of them while its worker
/// computes, and tells its parent what that is.
/// </summary>
/// <param name="port">Where the other members call.</param>
/// <param name="threads">That this member gives.</param>
/// <param name="patience">How long another member may be silent.</param>
/// <param name="folder">Of the plan's files, which goes with this actor; null for a benchmark.</param>
internal sealed class SpanMember(IActorRef coordinator, long run, SpanWork work, int threads, BatchPort port, TimeSpan patience, string? folder) : UntypedActor
{
    private readonly IActorRef _worker = Context.ActorOf(SpanWorker.Props(work));
    private (int Attempt, BatchCarrier Carrier)? _current;

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
            case SpanBegin begin when begin.Run == run && begin.Self < begin.Members.Count && CarrierOf(begin) is { } carrier:
                _worker.Tell(new SpanWorker.Turn(begin, carrier), Self);
                break;
            case SpanCalledOff off when off.Run == run && off.Attempt == _current?.Attempt:
                _current.Value.Carrier.Fail(off.Reason);
                Context.Parent.Tell(new Takes(null), Self);
                break;
            case SpanWorker.Placed placed when placed.Turn.Begin.Attempt == _current?.Attempt:
                Context.Parent.Tell(new Takes(ShareOf(placed.Turn.Begin, placed.Cell, placed.Placement)), Self);
                break;
            case End:
                _current?.Carrier.Fail("it has left the run");
                Context.Stop(Self);
                break;
            case SpanWorker.Computed computed:
                Tell(computed.Turn.Begin, computed.Result.ToBytes());
                break;
            case SpanWorker.Failed failed:
                if (failed.Turn.Begin.Attempt == _current?.Attempt)
                    Context.Parent.Tell(new Takes(null), Self);
                coordinator.Tell(new SpanBroken(run, failed.Turn.Begin.Attempt, failed.Reason, failed.Lost), Self);
                break;
        }
    }

    private void Enlist() => coordinator.Tell(new SpanEnlisted(run, threads, port.Number), Self);

    /// <summary>Of the attempt; null for one that is over.</summary>
    private BatchCarrier? CarrierOf(SpanBegin begin)
    {
        if (_current is not { } known || begin.Attempt > known.Attempt)
        {
            _current?.Carrier.Fail("another attempt has begun");
            _current = known = (begin.Attempt, new BatchCarrier(begin, port, patience));
        }

        return begin.Attempt == known.Attempt ? known.Carrier : null;
    }

    private void Tell(SpanBegin begin, byte[] result)
    {
        var (part, parts) = (0, Pieces.CountOf(result));
        foreach (var piece in Pieces.Of(result))
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
