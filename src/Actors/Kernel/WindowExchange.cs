using System.Runtime.InteropServices;
using Akka.Actor;

namespace Actors.Kernel;

/// <summary>An event on its way to another partition, with the place in the order that its sender gave it.</summary>
internal readonly record struct RemoteEvent(
    long Time, ulong Source, uint Sequence, IActorRef Receiver, object Message, IActorRef? Sender);

/// <summary>
/// Conservative synchronisation of the partitions of one process. All run the same window, from the earliest event anywhere
/// to that plus the lookahead; what they send one another lies beyond it and is taken over behind one barrier. Mailboxes are
/// doubled by the parity of the window, so that one barrier is enough, and empty time is skipped.
/// </summary>
internal sealed class WindowExchange(IReadOnlyList<Partition> partitions, TimeSpan lookahead)
{
    /// <summary>Bounded, so that adding it to an instant never overflows where nothing crosses.</summary>
    private readonly long _lookahead = Math.Min(lookahead.Ticks, 1L << 50);

    private readonly List<RemoteEvent>[,,] _boxes = Boxes(partitions.Count);
    private readonly Published[,] _published = new Published[2, partitions.Count];
    private readonly SpinBarrier _barrier = new(partitions.Count);
    private readonly Outgoing[] _outgoing = new Outgoing[partitions.Count];

    public long Windows { get; private set; }

    public void Begin()
    {
        foreach (var box in _boxes)
            box.Clear();
        Windows = 0;
        _barrier.Reset();
    }

    /// <summary>Called by a partition while it executes an event.</summary>
    public void Send(Partition from, Partition to, in RemoteEvent remote, VirtualTimer? timer)
    {
        if (timer is not null || remote.Time < from.Horizon)
        {
            var reason = timer is not null
                ? "a cancelable event cannot cross to another partition"
                : $"delay below the lookahead of {lookahead.TotalMilliseconds:0.####} ms to {remote.Receiver.Path.ToStringWithoutAddress()} in another partition";
            from.RecordFault(new InvalidOperationException(reason), remote.Sender?.Path.ToStringWithoutAddress() ?? "outside");
            return;
        }

        ref var outgoing = ref _outgoing[from.Index];
        outgoing.Earliest = Math.Min(outgoing.Earliest, remote.Time);
        _boxes[outgoing.Parity, from.Index, to.Index].Add(remote);
    }

    /// <summary>Run one partition to <paramref name="until"/>; every partition's thread calls this once for a run.</summary>
    public void Run(Partition self, long until)
    {
        var parity = 0;
        ref var outgoing = ref _outgoing[self.Index];
        outgoing = new Outgoing { Earliest = long.MaxValue };
        self.Horizon = self.Now;
        self.Pump();
        while (true)
        {
            _published[parity, self.Index] = new Published
            {
                Earliest = Math.Min(self.Queue.NextTime, outgoing.Earliest),
                Failed = self.Fault is not null,
            };
            _barrier.SignalAndWait();

            var earliest = long.MaxValue;
            var failed = false;
            for (var i = 0; i < partitions.Count; i++)
            {
                earliest = Math.Min(earliest, _published[parity, i].Earliest);
                failed |= _published[parity, i].Failed;
            }

            Accept(self, parity);
            if (failed || earliest > until)
                return;

            if (self.Index == 0)
                Windows++;
            parity ^= 1;
            outgoing.Parity = parity;
            outgoing.Earliest = long.MaxValue;
            self.Horizon = earliest + _lookahead;
            self.RunUntil(Math.Min(until, self.Horizon - 1));
        }
    }

    private void Accept(Partition self, int parity)
    {
        for (var from = 0; from < partitions.Count; from++)
        {
            var box = _boxes[parity, from, self.Index];
            foreach (ref readonly var remote in CollectionsMarshal.AsSpan(box))
                self.Accept(remote);
            box.Clear();
        }
    }

    private static List<RemoteEvent>[,,] Boxes(int count)
    {
        var boxes = new List<RemoteEvent>[2, count, count];
        for (var parity = 0; parity < 2; parity++)
        {
            for (var from = 0; from < count; from++)
            {
                for (var to = 0; to < count; to++)
                    boxes[parity, from, to] = [];
            }
        }

        return boxes;
    }

    /// <summary>Each partition's own cache lines, so that publishing does not slow the others.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Published
    {
        public long Earliest;
        public bool Failed;
    }

    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Outgoing
    {
        public long Earliest;
        public int Parity;
    }
}
