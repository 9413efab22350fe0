using System.Globalization;
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

    /// <summary>Events on their way between partitions; only between runs.</summary>
    public int Pending => _boxes.Cast<List<RemoteEvent>>().Sum(box => box.Count);

    /// <summary>Forget what is on its way.</summary>
    public void Clear()
    {
        foreach (var box in _boxes)
            box.Clear();
        for (var i = 0; i < _outgoing.Length; i++)
            _outgoing[i] = new Outgoing { Earliest = long.MaxValue };
    }

    /// <summary>Before the partitions' threads call <see cref="Run"/>.</summary>
    public void Begin()
    {
        Windows = 0;
        _barrier.Reset();
    }

    /// <summary>Called by a partition while it executes an event.</summary>
    public void Send(Partition from, Partition to, TimeSpan delay, in RemoteEvent remote)
    {
        if (delay.Ticks < _lookahead)
        {
            from.RecordFault(string.Create(
                CultureInfo.InvariantCulture,
                $"a delay of {delay.TotalMilliseconds} ms to {StableIdentity.Name(remote.Receiver.Path)} in another partition is below the lookahead of {lookahead.TotalMilliseconds} ms"));
            return;
        }

        ref var outgoing = ref _outgoing[from.Index];
        outgoing.Earliest = Math.Min(outgoing.Earliest, remote.Time);
        _boxes[outgoing.Parity, from.Index, to.Index].Add(remote);
    }

    /// <summary>Run one partition to <paramref name="until"/>; every partition's thread calls this once for a run.</summary>
    public void Run(Partition self, long until)
    {
        ref var outgoing = ref _outgoing[self.Index];
        var parity = outgoing.Parity;
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
            parity ^= 1;
            outgoing = new Outgoing { Earliest = long.MaxValue, Parity = parity };
            if (failed || earliest > until || earliest == long.MaxValue)
                return;

            if (self.Index == 0)
                Windows++;
            self.RunUntil(Math.Min(until, earliest + _lookahead - 1));
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
