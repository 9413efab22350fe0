using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Actors.Kernel;

/// <summary>
/// The logical processes that one thread runs: an event queue, the ring of zero-delay Tells, and the clock. A Tell goes to
/// the ring and is delivered, first in first out, before the next event; an actor whose mailbox is open and empty is invoked
/// directly, any other through its mailbox.
/// </summary>
internal sealed partial class Partition(int index, DeliveryMode mode)
{
    /// <summary>Zero-delay deliveries within one instant after which the run is declared to be stuck in a cycle.</summary>
    internal const int ZeroDelayLimit = 1_000_000;

    /// <summary>Source of events that no actor schedules; 0 is that of events posted from outside.</summary>
    private const ulong Unowned = 1;

    [ThreadStatic]
    private static Partition? t_current;

    private readonly Lock _gate = new();
    private readonly EventQueue _queue = new();
    private readonly Queue<IRunnable> _runnables = new();
    private readonly ConcurrentQueue<IRunnable> _outsideRunnables = new();
    private readonly ConcurrentQueue<Delivery> _outsideTells = new();
    private readonly Queue<ActorCell> _unstashed = new();
    private Delivery[] _ring = new Delivery[256];
    private int _ringHead;
    private int _ringCount;
    private long _zeroDelayLeft;
    private HashSet<string>? _cycle;
    private LogicalProcess? _process;
    private LogicalProcessQueue? _source;
    private ScheduledAction? _action;

    /// <summary>The latest key executed at the present instant.</summary>
    private EventKey _latest;
    private int _epoch;
    private uint _unownedSequence;
    private int _draining;

    /// <summary>The partition whose events this thread is executing; null outside runs, where Akka's time is real.</summary>
    public static Partition? Current => t_current;

    public int Index => index;

    public long Now { get; private set; }

    /// <summary>Sum over executed events of a hash of (time, source, sequence, receiver): equal for every partitioning.</summary>
    public ulong Digest { get; private set; }

    public long Events { get; private set; }

    public SimulationFault? Fault { get; private set; }

    /// <summary>
    /// Where the fault lies in the order of events: of several partitions' faults, that of the least is the run's. It is the latest
    /// key executed at the fault's instant, not that of the failing event: an event without delay may have an earlier key than the
    /// one that caused it, and yet comes after all that precedes that one in any partition.
    /// </summary>
    public EventKey FaultKey { get; private set; }

    public EventQueue Queue => _queue;

    /// <summary>Stable identity of the executing actor; keys its random streams.</summary>
    public ulong CurrentIdentity => _source!.Identity;

    /// <summary>Sends events to other partitions; null while there is only one.</summary>
    public WindowExchange? Exchange { get; set; }

    /// <summary>Start a run at time zero, with nothing pending.</summary>
    public void Begin(int epoch)
    {
        _epoch = epoch;
        _queue.Clear();
        ClearRing();
        _unownedSequence = 0;
        _unstashed.Clear();
        Now = 0;
        Digest = 0;
        Events = 0;
        Fault = null;
    }

    /// <summary>Advance the clock of an idle partition, so that a later run starts there.</summary>
    public void AdvanceTo(long time) => Now = Math.Max(Now, time);

    /// <summary>Note the first fault of a run. From then on Tells lead nowhere; actors can still stop.</summary>
    public void RecordFault(Exception cause, string node)
    {
        if (Fault is not null)
            return;
        Fault = new SimulationFault(node, new SimTime(Now), cause);
        FaultKey = _latest;
        ClearRing();
    }

    /// <summary>A fault of the executing actor.</summary>
    public void RecordFault(string reason) => RecordFault(new InvalidOperationException(reason), NameOfCurrent());

    /// <summary>A zero-delay Tell to an actor of this partition's processes.</summary>
    public void Tell(ActorCell cell, in Envelope envelope, LogicalProcess process)
    {
        if (Fault is not null)
            return;
        if (process != _process && _process is not null)
        {
            RecordFault($"a Tell without delay crosses from {_process.Name} to {process.Name} (receiver {NameOf(cell.Self)}); schedule it with the link's delay");
            return;
        }

        PrefetchHint.TouchParts(cell);
        if (_ringCount == _ring.Length)
            GrowRing();
        _ring[(_ringHead + _ringCount++) & (_ring.Length - 1)] = new Delivery(cell, envelope.Message, envelope.Sender);
    }

    public void TellFromOutside(ActorCell cell, in Envelope envelope) =>
        _outsideTells.Enqueue(new Delivery(cell, envelope.Message, envelope.Sender));

    /// <summary>Schedule a delivery; the sender's identity and sequence number give its place in the order.</summary>
    public void Schedule(TimeSpan delay, IActorRef receiver, object message, IActorRef? sender, VirtualTimer? timer)
    {
        ArgumentNullException.ThrowIfNull(message);
        var time = At(delay);
        if (delay == TimeSpan.Zero)
            CountZeroDelay(receiver);
        if (timer is not null && !Confined(receiver))
            return;
        var identity = _source?.Identity ?? Unowned;
        var sequence = _source?.NextSequence(_epoch) ?? ++_unownedSequence;
        if (Exchange is not null && PartitionOf(receiver) is var other && other != this)
        {
            if (other is not null)
            {
                Exchange.Send(this, other, delay, new RemoteEvent(time, identity, sequence, receiver, message, sender));
                return;
            }

            if (receiver is AbsentActor absent)
            {
                Exchange.Send(this, absent, delay, new RemoteEvent(time, identity, sequence, receiver, message, sender));
                return;
            }
        }

        timer?.Cancel();
        ref var entry = ref _queue.Add(time, identity, sequence, out var slot);
        entry.Receiver = receiver;
        entry.Message = message;
        entry.Sender = sender;
        if (timer is not null)
        {
            entry.Timer = timer;
            timer.Queue = _queue;
            timer.Slot = slot;
        }
    }

    /// <summary>Schedule an action in the name of the executing actor.</summary>
    public void ScheduleAction(TimeSpan delay, ScheduledAction action)
    {
        if (!Confined(action.Receiver))
            return;
        action.Owner = _source;
        action.Process = _process;
        action.Self ??= InternalCurrentActorCellKeeper.Current?.Self;
        if (delay == TimeSpan.Zero)
            CountZeroDelay(action.Self);
        ref var entry = ref _queue.Add(
            At(delay), _source?.Identity ?? Unowned, _source?.NextSequence(_epoch) ?? ++_unownedSequence, out _);
        entry.Message = action;
    }

    /// <summary>An event from another partition keeps the place in the order that its sender gave it.</summary>
    public void Accept(in RemoteEvent remote)
    {
        ref var entry = ref _queue.Add(remote.Time, remote.Source, remote.Sequence, out _);
        entry.Receiver = remote.Receiver;
        entry.Message = remote.Message;
        entry.Sender = remote.Sender;
    }

    /// <summary>Accept an event from outside a run.</summary>
    public void Post(in RemoteEvent remote)
    {
        Enter();
        try
        {
            Accept(remote);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Akka asks for a mailbox (or a task) to be run by an actor of this partition's processes.</summary>
    public void Execute(IRunnable runnable, LogicalProcess process)
    {
        if (t_current is { } current)
        {
            if (process != current._process && current._process is not null)
                current.RecordFault($"a system message (watch, stop, supervision) crosses from {current._process.Name} to {process.Name}; let each process keep to its own actors");
            if (current == this)
            {
                _runnables.Enqueue(runnable);
                return;
            }
        }

        // Outside runs nobody owns the partition, yet stopping actors must still be able to terminate.
        _outsideRunnables.Enqueue(runnable);
        RequestDrain();
    }

    /// <summary>An actor puts messages back into its own mailbox. False when the run has failed, and they are dropped.</summary>
    public bool TryUnstash()
    {
        var cell = InternalCurrentActorCellKeeper.Current!;
        CountZeroDelay(cell.Self);
        if (Fault is not null)
            return false;
        _unstashed.Enqueue(cell);
        return true;
    }

    /// <summary>Take possession of the partition: whoever executes it does so between this and <see cref="Leave"/>.</summary>
    public void Enter() => _gate.Enter();

    /// <summary>Give the partition up, and see to what was sent while it was held.</summary>
    public void Leave()
    {
        _gate.Exit();
        if (!_outsideRunnables.IsEmpty)
            RequestDrain();
    }

    private void RequestDrain()
    {
        if (Interlocked.CompareExchange(ref _draining, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static partition => partition.DrainOnPool(), this, preferLocal: false);
    }

    private void DrainOnPool()
    {
        Interlocked.Exchange(ref _draining, 0);
        if (!_gate.TryEnter())
            return;
        try
        {
            Pump();
        }
        finally
        {
            Leave();
        }
    }

    private long At(TimeSpan delay)
    {
        var time = Now + delay.Ticks;
        if (time is < 0 or > EventQueue.LatestTime)
            throw new InvalidOperationException($"a delay of {delay} leads beyond the end of virtual time (28 years)");
        return time;
    }

    private static LogicalProcess? ProcessOf(IActorRef? receiver) =>
        receiver is LocalActorRef { Cell.Dispatcher: LogicalProcessDispatcher dispatcher } ? dispatcher.Process : null;

    private static Partition? PartitionOf(IActorRef receiver) => ProcessOf(receiver)?.Partition;

    /// <summary>What can be cancelled or repeats stays in its process, whether or not the other one is in this partition.</summary>
    private bool Confined(IActorRef? receiver)
    {
        var process = ProcessOf(receiver);
        if (_process is null || process == _process || (process is null && receiver is not AbsentActor))
            return true;
        RecordFault($"a cancelable or repeated event cannot cross from {_process.Name} to {process?.Name ?? "another member"} (receiver {NameOf(receiver)})");
        return false;
    }

    /// <summary>
    /// What may happen at one instant without delay: a limit, and more with what is pending as the instant begins, since a
    /// million nodes may start at once.
    /// </summary>
    private void BoundZeroDelay() => _zeroDelayLeft = ZeroDelayLimit + 16L * _queue.Count;

    /// <summary>Past the limit, collect the names of the next receivers, then give up with all of them.</summary>
    private void CountZeroDelay(IActorRef? receiver)
    {
        if (--_zeroDelayLeft >= 0)
            return;
        (_cycle ??= new(StringComparer.Ordinal)).Add(NameOf(receiver));
        if (_zeroDelayLeft > -64)
            return;
        var names = _cycle.Order(StringComparer.Ordinal).ToArray();
        _cycle = null;
        RecordFault(
            new InvalidOperationException($"zero-delay cycle: more than {ZeroDelayLimit} deliveries at one instant, among {string.Join(", ", names)}"),
            names[0]);
    }

    private string NameOfCurrent() => NameOf(InternalCurrentActorCellKeeper.Current?.Self ?? _action?.Self);

    private static string NameOf(IActorRef? actor) => actor is null ? "outside" : StableIdentity.Name(actor.Path);

    private void ClearRing()
    {
        Array.Clear(_ring);
        _ringHead = _ringCount = 0;
    }

    private void GrowRing()
    {
        var larger = new Delivery[2 * _ring.Length];
        for (var i = 0; i < _ringCount; i++)
            larger[i] = _ring[(_ringHead + i) & (_ring.Length - 1)];
        _ring = larger;
        _ringHead = 0;
    }

    private readonly record struct Delivery(ActorCell Cell, object Message, IActorRef? Sender);
}
