using System.Globalization;
using System.Runtime.InteropServices;
using Akka.Actor;
using Topology.Partitioning;

namespace Actors.Kernel;

/// <summary>An event on its way to another partition, with the place in the order that its sender gave it.</summary>
internal readonly record struct RemoteEvent(
    long Time, ulong Source, uint Sequence, IActorRef Receiver, object Message, IActorRef? Sender);

/// <summary>
/// Conservative synchronisation of the partitions of one process, in windows. Each partition runs to where the earliest event of any, plus
/// its distance from there, could first be felt; what they send one another lies beyond it and is taken over behind one barrier.
/// Mailboxes are doubled by the parity of the window, so that one barrier is enough, and empty time is skipped. With partitions in other
/// members, the first partition speaks for all between two windows, while the others wait behind a second barrier.
/// </summary>
/// <param name="distances">Between the partitions of this member.</param>
/// <param name="ties">To the other members; null for a network that runs in this one alone.</param>
internal sealed class WindowExchange(IReadOnlyList<Partition> partitions, Distances distances, IMemberTies? ties = null)
{
    private readonly List<RemoteEvent>[,,] _boxes = Boxes(partitions.Count);
    private readonly Published[,] _published = new Published[2, partitions.Count];
    private readonly SpinBarrier _barrier = new(partitions.Count);
    private readonly Outgoing[] _outgoing = [.. partitions.Select(_ => new Outgoing(partitions.Count))];
    private readonly long[,] _direct = Direct(distances);
    private Horizon _horizon;
    private MemberLostException? _parted;

    public long Windows { get; private set; }

    /// <summary>Events on their way between partitions; only between runs.</summary>
    public int Pending => _boxes.Cast<List<RemoteEvent>>().Sum(box => box.Count);

    /// <summary>Forget what is on its way.</summary>
    public void Clear()
    {
        foreach (var box in _boxes)
            box.Clear();
        foreach (var outgoing in _outgoing)
            outgoing.Clear();
        ties?.Clear();
    }

    /// <summary>Before the partitions' threads call <see cref="Run"/>.</summary>
    public void Begin()
    {
        Windows = 0;
        _parted = null;
        _barrier.Reset();
    }

    /// <summary>After a run that lost another member.</summary>
    /// <exception cref="MemberLostException">It did.</exception>
    public void ThrowIfParted()
    {
        if (_parted is not null)
            throw _parted;
    }

    /// <summary>Called by a partition while it executes an event for an actor of another member.</summary>
    public void Send(Partition from, AbsentActor to, TimeSpan delay, in RemoteEvent remote) => ties!.Send(from, to, delay, remote);

    /// <summary>Called by a partition while it executes an event.</summary>
    public void Send(Partition from, Partition to, TimeSpan delay, in RemoteEvent remote)
    {
        var least = _direct[from.Index, to.Index];
        if (delay.Ticks < least)
        {
            from.RecordFault(string.Create(
                CultureInfo.InvariantCulture,
                $"a delay of {delay.TotalMilliseconds} ms to {StableIdentity.Name(remote.Receiver.Path)} in another partition is below the lookahead of {TimeSpan.FromTicks(least).TotalMilliseconds} ms"));
            return;
        }

        var outgoing = _outgoing[from.Index];
        ref var earliest = ref outgoing.Earliest[outgoing.Parity][to.Index];
        earliest = Math.Min(earliest, remote.Time);
        _boxes[outgoing.Parity, from.Index, to.Index].Add(remote);
    }

    /// <summary>Run one partition to <paramref name="until"/>; every partition's thread calls this once for a run.</summary>
    public void Run(Partition self, long until)
    {
        var outgoing = _outgoing[self.Index];
        self.Pump();
        while (true)
        {
            var parity = outgoing.Parity;
            _published[parity, self.Index] = new Published
            {
                Earliest = self.Fault is null ? self.Queue.NextTime : long.MaxValue,
                FaultAt = self.Fault is null ? long.MaxValue : self.FaultKey.Time,
            };
            _barrier.SignalAndWait();
            var horizon = Look(parity, self.Index);
            if (ties is not null)
            {
                if (self.Index == 0)
                    Speak(horizon);
                _barrier.SignalAndWait();
                horizon = _horizon;
                TakeOver(self);
            }

            Accept(self, parity);
            outgoing.Turn();

            // Until the instant of a failure all go on, so that of several the first is among those noted.
            var end = Math.Min(until, horizon.FaultAt);
            if (horizon.Earliest > end || horizon.Earliest == long.MaxValue)
                return;

            if (self.Index == 0)
                Windows++;
            self.RunUntil(Math.Min(end, horizon.Limit - 1));
        }
    }

    /// <summary>What the partitions of this member have published, and how far one of them may run by that.</summary>
    private Horizon Look(int parity, int self)
    {
        var (earliest, faultAt, limit) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (var i = 0; i < partitions.Count; i++)
        {
            ref readonly var published = ref _published[parity, i];
            faultAt = Math.Min(faultAt, published.FaultAt);
            var next = published.Earliest;
            foreach (var from in _outgoing)
                next = Math.Min(next, from.Earliest[parity][i]);
            if (next == long.MaxValue)
                continue;
            earliest = Math.Min(earliest, next);
            if (distances.Least(i, self) is { } ticks)
                limit = Math.Min(limit, next + ticks);
        }

        return new Horizon(earliest, faultAt, limit);
    }

    /// <summary>Bytes that are no events fail the run: the others must not be left waiting.</summary>
    private void TakeOver(Partition self)
    {
        try
        {
            ties!.Accept(self);
        }
        catch (Exception cause)
        {
            self.RecordFault(cause, "what came from another member");
        }
    }

    /// <summary>In the name of all partitions of this member. Where the others are lost, nothing is left to run.</summary>
    private void Speak(in Horizon own)
    {
        try
        {
            _horizon = ties!.Exchange(own);
        }
        catch (Exception cause)
        {
            _parted = cause as MemberLostException ?? new MemberLostException(cause.Message);
            _horizon = new Horizon(long.MaxValue, long.MaxValue, long.MaxValue);
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

    /// <summary>Least delays; nothing may cross where no link leads.</summary>
    private static long[,] Direct(Distances distances)
    {
        var direct = new long[distances.Parts, distances.Parts];
        for (var from = 0; from < distances.Parts; from++)
        {
            for (var to = 0; to < distances.Parts; to++)
            {
                direct[from, to] = distances.Direct(from, to) ?? long.MaxValue;
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(direct[from, to], nameof(distances));
            }
        }

        return direct;
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
        public long FaultAt;
    }

    /// <summary>What one partition has sent in the present window and in the one before.</summary>
    private sealed class Outgoing
    {
        private const int CacheLine = 16;

        public Outgoing(int partitions)
        {
            Earliest = [new long[partitions + CacheLine], new long[partitions + CacheLine]];
            Clear();
        }

        public int Parity { get; private set; }

        /// <summary>By parity of the window, then receiver: the first event on its way there.</summary>
        public long[][] Earliest { get; }

        public void Clear()
        {
            Parity = 0;
            foreach (var earliest in Earliest)
                Array.Fill(earliest, long.MaxValue);
        }

        /// <summary>To the next window. What was sent in the one before has been looked at by all, since they have met again.</summary>
        public void Turn()
        {
            Parity ^= 1;
            Array.Fill(Earliest[Parity], long.MaxValue);
        }
    }
}
