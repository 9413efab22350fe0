using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Topology.Randomness;

namespace Actors.Kernel;

/// <summary>
/// The logical processes that one thread runs: an event queue, the ring of zero-delay Tells, and the clock. A Tell goes to
/// the ring and is delivered, first in first out, before the next event; an actor whose mailbox is open and empty is invoked
/// directly, any other through its mailbox.
/// </summary>
internal sealed class Partition(int index, DeliveryMode mode)
{
    /// <summary>Zero-delay deliveries within one instant after which the run is declared to be stuck in a cycle.</summary>
    internal const int ZeroDelayLimit = 1_000_000;

    private const long LatestTime = 1L << 53;

    [ThreadStatic]
    private static Partition? t_current;

    private readonly EventQueue _queue = new();
    private readonly Queue<IRunnable> _runnables = new();
    private readonly ConcurrentQueue<IRunnable> _outsideRunnables = new();
    private readonly ConcurrentQueue<Delivery> _outsideTells = new();
    private readonly Queue<ActorCell> _unstashed = new();
    private Delivery[] _ring = new Delivery[256];
    private int _ringHead;
    private int _ringCount;
    private int _zeroDelay;
    private HashSet<string>? _cycle;
    private LogicalProcess? _process;
    private LogicalProcessQueue? _source;
    private int _epoch;
    private uint _unownedSequence;
    private int _draining;

    /// <summary>The partition whose events this thread is executing; null outside runs, where Akka's time is real.</summary>
    public static Partition? Current => t_current;

    public int Index => index;

    /// <summary>Held by whichever thread executes this partition.</summary>
    public Lock Gate { get; } = new();

    public long Now { get; private set; }

    /// <summary>Sum over executed events of a hash of (time, source, sequence, receiver): equal for every partitioning.</summary>
    public ulong Digest { get; private set; }

    public long Events { get; private set; }

    public SimulationFault? Fault { get; private set; }

    public EventQueue Queue => _queue;

    /// <summary>Stable identity of the executing actor; keys its random streams.</summary>
    public ulong CurrentIdentity => _source!.Identity;

    /// <summary>Sends events to other partitions; null while there is only one.</summary>
    public WindowExchange? Exchange { get; set; }

    /// <summary>First instant that this window does not cover.</summary>
    public long Horizon { get; set; } = long.MaxValue;

    /// <summary>Start a run at time zero, with nothing pending.</summary>
    public void Begin(int epoch)
    {
        _epoch = epoch;
        _queue.Clear();
        Array.Clear(_ring);
        _ringHead = _ringCount = _zeroDelay = 0;
        _unownedSequence = 0;
        _unstashed.Clear();
        Now = 0;
        Digest = 0;
        Events = 0;
        Fault = null;
        Horizon = long.MaxValue;
    }

    /// <summary>Run everything with time at most <paramref name="until"/>; stops early on a fault.</summary>
    public void RunUntil(long until)
    {
        t_current = this;
        try
        {
            DrainOutside();
            while (Fault is null && _queue.TryTake(until, out var key))
                Execute(key);
        }
        catch (Exception cause)
        {
            // Akka's cells keep their actors' exceptions; whatever arrives here would otherwise leave other partitions waiting.
            RecordFault(cause, NameOfCurrent());
        }
        finally
        {
            t_current = null;
            InternalCurrentActorCellKeeper.Current = null;
            _process = null;
            _source = null;
        }
    }

    /// <summary>Advance the clock of an idle partition, so that a later run starts there.</summary>
    public void AdvanceTo(long time) => Now = Math.Max(Now, time);

    public void RecordFault(Exception cause, string node) => Fault ??= new SimulationFault(node, new SimTime(Now), cause);

    /// <summary>A zero-delay Tell to an actor of this partition's processes.</summary>
    public void Tell(ActorCell cell, in Envelope envelope, LogicalProcess process)
    {
        if (process != _process && _process is not null)
        {
            RecordFault(
                new InvalidOperationException(
                    $"a Tell without delay crosses from {_process.Name} to {process.Name} (receiver {cell.Self.Path.ToStringWithoutAddress()}); schedule it with the link's delay"),
                NameOfCurrent());
            return;
        }

        if (_ringCount == _ring.Length)
            GrowRing();
        _ring[(_ringHead + _ringCount++) & (_ring.Length - 1)] = new Delivery(cell, envelope.Message, envelope.Sender);
    }

    public void TellFromOutside(ActorCell cell, in Envelope envelope) =>
        _outsideTells.Enqueue(new Delivery(cell, envelope.Message, envelope.Sender));

    /// <summary>Schedule a delivery; the sender's identity and sequence number give its place in the order.</summary>
    public void Schedule(TimeSpan delay, IActorRef receiver, object message, IActorRef? sender, VirtualTimer? timer)
    {
        var time = At(delay);
        if (delay == TimeSpan.Zero)
            CountZeroDelay(receiver);
        var identity = _source?.Identity ?? 0;
        var sequence = _source?.NextSequence(_epoch) ?? ++_unownedSequence;
        if (Exchange is not null && PartitionOf(receiver) is { } other && other != this)
        {
            Exchange.Send(this, other, new RemoteEvent(time, identity, sequence, receiver, message, sender), timer);
            return;
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
        action.Owner = _source;
        action.Process = _process;
        if (delay == TimeSpan.Zero && _source is not null)
            CountZeroDelay(InternalCurrentActorCellKeeper.Current!.Self);
        ref var entry = ref _queue.Add(
            At(delay), _source?.Identity ?? 0, _source?.NextSequence(_epoch) ?? ++_unownedSequence, out _);
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

    /// <summary>Akka asks for a mailbox (or a task) to be run by an actor of this partition's processes.</summary>
    public void Execute(IRunnable runnable)
    {
        if (t_current == this)
        {
            _runnables.Enqueue(runnable);
            return;
        }

        _outsideRunnables.Enqueue(runnable);

        // Outside runs nobody owns the partition, yet stopping actors must still be able to terminate.
        if (Interlocked.CompareExchange(ref _draining, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static partition => partition.DrainOnPool(), this, preferLocal: false);
    }

    /// <summary>The executing actor has put messages back into its own mailbox.</summary>
    public void NoteUnstashed() => _unstashed.Enqueue(InternalCurrentActorCellKeeper.Current!);

    /// <summary>Deliver what arrived from outside the partition and run to completion, at the present instant.</summary>
    public void Pump()
    {
        t_current = this;
        try
        {
            DrainOutside();
        }
        finally
        {
            t_current = null;
            InternalCurrentActorCellKeeper.Current = null;
            _process = null;
            _source = null;
        }
    }

    private void DrainOnPool()
    {
        Volatile.Write(ref _draining, 0);
        if (!Gate.TryEnter())
            return;
        try
        {
            Pump();
        }
        finally
        {
            Gate.Exit();
        }
    }

    private void DrainOutside()
    {
        _process = null;
        _source = null;
        while (_outsideRunnables.TryDequeue(out var runnable))
        {
            Run(runnable);
            RunToCompletion();
        }

        while (_outsideTells.TryDequeue(out var delivery))
        {
            Deliver(delivery);
            RunToCompletion();
        }
    }

    private void Execute(in EventKey key)
    {
        ref var entry = ref _queue[key.Slot];
        var receiver = entry.Receiver;
        var message = entry.Message!;
        var sender = entry.Sender;
        if (entry.Timer is { } timer)
            timer.Slot = -1;
        _queue.Release(key.Slot);

        if (key.Time != Now)
        {
            Now = key.Time;
            _zeroDelay = 0;
        }

        Events++;
        if (receiver is LocalActorRef { Cell: var cell } && cell.Mailbox!.MessageQueue is LogicalProcessQueue queue)
        {
            Digest += RandomStream.Mix(queue.Identity ^ RandomStream.Mix(
                key.Source ^ ((ulong)key.Time * 0x9E3779B97F4A7C15) ^ ((ulong)key.Sequence << 40)));
            Deliver(cell, queue, message, sender);
        }
        else if (receiver is not null)
        {
            receiver.Tell(message, sender);
        }
        else
        {
            var action = (ScheduledAction)message;
            _source = action.Owner;
            _process = action.Process;
            action.Run(this);
        }

        if (_ringCount > 0 || _runnables.Count > 0 || _unstashed.Count > 0)
            RunToCompletion();
    }

    private void RunToCompletion()
    {
        while (Fault is null)
        {
            if (_runnables.TryDequeue(out var runnable))
            {
                Run(runnable);
            }
            else if (_unstashed.TryDequeue(out var cell))
            {
                RunUnstashed(cell);
            }
            else if (_ringCount > 0)
            {
                ref var head = ref _ring[_ringHead];
                var delivery = head;
                head = default;
                _ringHead = (_ringHead + 1) & (_ring.Length - 1);
                _ringCount--;
                CountZeroDelay(delivery.Cell.Self);
                Deliver(delivery);
            }
            else
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(ActorCell cell, LogicalProcessQueue queue, object message, IActorRef? sender)
    {
        var dispatcher = Unsafe.As<LogicalProcessDispatcher>(cell.Dispatcher);
        _process = dispatcher.Process;
        _source = queue;
        if (mode == DeliveryMode.Direct && MailboxInternals.Status(cell.Mailbox!) == 0 && !queue.HasMessages)
        {
            InternalCurrentActorCellKeeper.Current = cell;
            cell.Invoke(new Envelope(message, sender));
        }
        else
        {
            dispatcher.DispatchToMailbox(cell, new Envelope(message, sender));
        }
    }

    private void Deliver(in Delivery delivery)
    {
        // A terminated actor's mailbox is Akka's dead letters.
        if (delivery.Cell.Mailbox!.MessageQueue is LogicalProcessQueue queue)
            Deliver(delivery.Cell, queue, delivery.Message, delivery.Sender);
    }

    private void Run(IRunnable runnable)
    {
        if (runnable is Mailbox { MessageQueue: LogicalProcessQueue queue } mailbox)
        {
            _source = queue;
            _process = (mailbox.Dispatcher as LogicalProcessDispatcher)?.Process;
        }

        runnable.Run();
    }

    private void RunUnstashed(ActorCell cell)
    {
        while (Fault is null && MailboxInternals.Status(cell.Mailbox!) == 0
            && cell.Mailbox!.MessageQueue is LogicalProcessQueue queue && queue.TryDequeue(out var envelope))
        {
            Deliver(cell, queue, envelope.Message, envelope.Sender);
        }
    }

    private long At(TimeSpan delay)
    {
        var time = Now + delay.Ticks;
        if (time is < 0 or > LatestTime)
            throw new InvalidOperationException($"a delay of {delay} leads beyond the end of virtual time (28 years)");
        return time;
    }

    private static Partition? PartitionOf(IActorRef receiver) =>
        receiver is LocalActorRef { Cell.Dispatcher: LogicalProcessDispatcher dispatcher } ? dispatcher.Process.Partition : null;

    /// <summary>
    /// Past the limit (which grows with what is pending, since a million nodes may start at one instant), collect the names
    /// of the next receivers, then give up with all of them.
    /// </summary>
    private void CountZeroDelay(IActorRef receiver)
    {
        if (++_zeroDelay <= ZeroDelayLimit || _zeroDelay <= ZeroDelayLimit + 16L * _queue.Count)
            return;
        _cycle ??= [];
        _cycle.Add(receiver.Path.ToStringWithoutAddress());
        if (_zeroDelay % 64 != 0)
            return;
        var names = string.Join(", ", _cycle.Order(StringComparer.Ordinal));
        _cycle = null;
        RecordFault(
            new InvalidOperationException($"zero-delay cycle: more than {ZeroDelayLimit} deliveries at one instant, among {names}"),
            receiver.Path.ToStringWithoutAddress());
    }

    private string NameOfCurrent() => InternalCurrentActorCellKeeper.Current?.Self.Path.ToStringWithoutAddress() ?? "outside";

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
