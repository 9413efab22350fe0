using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Topology.Randomness;

namespace Actors.Kernel;

/// <content>How a partition executes: events in order, and what each causes at its instant, to completion.</content>
internal sealed partial class Partition
{
    /// <summary>Run everything with time at most <paramref name="until"/>; stops early on a fault.</summary>
    public void RunUntil(long until)
    {
        var caller = TakeThread();
        try
        {
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
            GiveThreadBack(caller);
        }
    }

    /// <summary>Deliver what arrived from outside the partition and run to completion, at the present instant.</summary>
    public void Pump()
    {
        var caller = TakeThread();
        try
        {
            _latest = new EventKey(Now, 0, 0, 0);
            RunToCompletion();
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
        catch (Exception cause)
        {
            RecordFault(cause, NameOfCurrent());
        }
        finally
        {
            GiveThreadBack(caller);
        }
    }

    /// <summary>From here on this thread's time is virtual. The caller may itself be an actor, in real time.</summary>
    private ActorCell? TakeThread()
    {
        var caller = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = null;
        t_current = this;
        BoundZeroDelay();
        return caller;
    }

    private void GiveThreadBack(ActorCell? caller)
    {
        t_current = null;
        InternalCurrentActorCellKeeper.Current = caller;
        _process = null;
        _source = null;
        _action = null;
    }

    /// <summary>
    /// Start to load what the next events will touch, one step of the chain of pointers at a time: with many actors an event
    /// costs less in work than in waiting for memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch()
    {
        if (_queue.SlotAhead(11) is var first and >= 0)
            PrefetchHint.Touch(ref _queue[first]);
        if (_queue.SlotAhead(8) is var second and >= 0)
        {
            ref var entry = ref _queue[second];
            if (entry.Receiver is { } receiver)
                PrefetchHint.Touch(receiver, lines: 1);
            if (entry.Message is { } message)
                PrefetchHint.TouchMessage(message);
        }

        if (_queue.SlotAhead(5) is var third and >= 0 && _queue[third].Receiver is LocalActorRef { Cell: { } cell })
            PrefetchHint.Touch(cell, lines: 3);
        if (_queue.SlotAhead(3) is var fourth and >= 0 && _queue[fourth].Receiver is LocalActorRef { Cell: { } soon })
            PrefetchHint.TouchParts(soon);
        if (_queue.SlotAhead(1) is var next and >= 0 && _queue[next].Receiver is LocalActorRef { Cell: { } sooner })
            PrefetchHint.TouchState(sooner);
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

        // A cancelled action has no effect, not even on the clock.
        if (receiver is null && ((ScheduledAction)message).IsCancelled)
            return;

        if (key.Time != Now)
        {
            Now = key.Time;
            _latest = key;
            BoundZeroDelay();
        }
        else if (_latest.IsBefore(key))
        {
            _latest = key;
        }

        Events++;
        if (receiver is LocalActorRef { Cell: var cell } && cell.Mailbox!.MessageQueue is LogicalProcessQueue queue)
        {
            Count(key, queue.Identity);
            Deliver(cell, queue, message, sender);
        }
        else if (receiver is not null)
        {
            receiver.Tell(message, sender);
        }
        else
        {
            Run(key, (ScheduledAction)message);
        }

        // Meanwhile what the receiver has told others without delay is on its way too.
        Prefetch();
        if (_ringCount > 0 || _runnables.Count > 0 || _unstashed.Count > 0)
            RunToCompletion();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(in EventKey key, ulong receiver) =>
        Digest += RandomStream.Mix(receiver ^ RandomStream.Mix(
            key.Source ^ ((ulong)key.Time * 0x9E3779B97F4A7C15) ^ ((ulong)key.Sequence << 40)));

    /// <summary>An action runs in its owner's name but, as in Akka, in no actor's context.</summary>
    private void Run(in EventKey key, ScheduledAction action)
    {
        Count(key, action.Owner?.Identity ?? 0);
        _source = action.Owner;
        _process = action.Process;
        _action = action;
        InternalCurrentActorCellKeeper.Current = null;
        action.Run(this);
        _action = null;
    }

    private void RunToCompletion()
    {
        while (true)
        {
            if (_runnables.TryDequeue(out var runnable))
            {
                Run(runnable);
            }
            else if (_unstashed.TryDequeue(out var cell))
            {
                RunMailbox(cell);
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
        else
            Unsafe.As<LogicalProcessDispatcher>(delivery.Cell.Dispatcher).DispatchToMailbox(delivery.Cell, new Envelope(delivery.Message, delivery.Sender));
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

    /// <summary>What an actor has put back goes through its mailbox, which asks to be run again until it is empty.</summary>
    private void RunMailbox(ActorCell cell)
    {
        var mailbox = cell.Mailbox!;
        if (MailboxInternals.Status(mailbox) == 0 && mailbox.MessageQueue is LogicalProcessQueue { HasMessages: true })
            Run(mailbox);
    }
}
