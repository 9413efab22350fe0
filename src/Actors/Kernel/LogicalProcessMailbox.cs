using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Actors.Kernel;

/// <summary>The mailbox type of every actor of a logical process; named in HOCON.</summary>
public sealed class LogicalProcessMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<LogicalProcessQueue>
{
    /// <summary>Id of the mailbox's section in the configuration; for <see cref="Props.WithMailbox"/>.</summary>
    public const string Id = "logical-process-mailbox";

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LogicalProcessQueue(owner);
}

/// <summary>
/// An actor's stable identity and sequence counter, and the queue that is used only when it cannot be invoked at once
/// (suspended, or messages put back from a stash). One thread at a time touches it.
/// </summary>
public sealed class LogicalProcessQueue : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private LinkedList<Envelope>? _waiting;
    private int _epoch;
    private uint _sequence;

    internal LogicalProcessQueue(IActorRef owner) => Identity = StableIdentity.Of(owner.Path);

    /// <summary>Equal in every process and run; see <see cref="StableIdentity"/>.</summary>
    internal ulong Identity { get; }

    public bool HasMessages => _waiting is { Count: > 0 };

    public int Count => _waiting?.Count ?? 0;

    /// <summary>Numbers the events that this actor schedules, from 1 in each run.</summary>
    internal uint NextSequence(int epoch)
    {
        if (_epoch != epoch)
        {
            _epoch = epoch;
            _sequence = 0;
        }

        return ++_sequence;
    }

    public void Enqueue(IActorRef receiver, Envelope envelope) => (_waiting ??= new()).AddLast(envelope);

    public void EnqueueFirst(Envelope envelope)
    {
        if (Partition.Current?.TryUnstash() != false)
            (_waiting ??= new()).AddFirst(envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (_waiting is not { First: { } first })
        {
            envelope = default;
            return false;
        }

        envelope = first.Value;
        _waiting.RemoveFirst();
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
