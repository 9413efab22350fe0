using System.Diagnostics;
using Actors.Placement;
using Akka.Actor;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>Carries batches as messages from member to member, in pieces that fit a frame, and tells what it costs.</summary>
/// <param name="peers">The actors of all members, in their order.</param>
internal sealed class BatchCarrier(long run, int attempt, int self, IReadOnlyList<IActorRef> peers, BatchInbox inbox) : IBatchCarrier
{
    /// <summary>Below akka.remote.dot-netty.tcp.maximum-frame-size, with room for the envelope.</summary>
    public const int PieceBytes = 4 << 20;

    /// <summary>Times that a thread that has sent lets others have the core: 10 us where nobody wants it.</summary>
    private const int Yields = 30;

    private readonly long[] _numbers = new long[peers.Count];
    private readonly TimeSpan[] _rounds = new TimeSpan[255];
    private long _waited;
    private long _began;
    private long _first;
    private bool _hasSent;

    /// <summary>Put on the network since the last <see cref="Begin"/>.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Time spent waiting for batches since the first exchange: before that, members may still be building.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, _waited);

    /// <summary>Since the first exchange.</summary>
    public TimeSpan Elapsed => _began == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_began);

    /// <summary>Count anew.</summary>
    /// <param name="members">That take part; one alone waits for nobody.</param>
    public void Begin(int members)
    {
        (_waited, _began, _first) = (0, members == 1 ? Stopwatch.GetTimestamp() : 0, 0);
        SentBytes = 0;
    }

    public void Send(int member, byte[] batch)
    {
        if (_began == 0 && _first != 0)
            _began = _first;
        SentBytes += batch.Length;
        _hasSent = true;
        var (number, part) = (_numbers[member]++, 0);
        foreach (var piece in Pieces(batch))
            peers[member].Tell(new SpanBatch(run, attempt, number, self, part++, CountOf(batch), piece), ActorRefs.NoSender);
    }

    public byte[] Receive(int member)
    {
        var began = Stopwatch.GetTimestamp();
        LetLeave();
        var batch = inbox.Take(member);
        var now = Stopwatch.GetTimestamp();
        if (_began != 0)
            _waited += now - began;
        else
            _first = now;
        return batch;
    }

    /// <summary>Median time of exchanges with nothing in them. All members measure it at the same time.</summary>
    /// <param name="members">That take part.</param>
    public TimeSpan RoundTrip(int members)
    {
        for (var round = 0; round < _rounds.Length; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var member = 0; member < members; member++)
            {
                if (member != self)
                    Send(member, [0]);
            }

            for (var member = 0; member < members; member++)
            {
                if (member != self)
                    inbox.Take(member);
            }

            _rounds[round] = Stopwatch.GetElapsedTime(began);
        }

        Array.Sort(_rounds);
        return _rounds[_rounds.Length / 2];
    }

    public static int CountOf(byte[] bytes) => Math.Max(1, (bytes.Length + PieceBytes - 1) / PieceBytes);

    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] bytes)
    {
        for (var part = 0; part < CountOf(bytes); part++)
            yield return bytes.AsMemory(part * PieceBytes, Math.Min(PieceBytes, bytes.Length - part * PieceBytes));
    }

    /// <summary>
    /// Other threads put on the network what was sent. Where the member has one core and the batches of the others are here already,
    /// this thread would go on to its next window, and they would wait for the end of its slice.
    /// </summary>
    private void LetLeave()
    {
        for (var i = 0; _hasSent && i < Yields; i++)
            Thread.Yield();
        _hasSent = false;
    }
}
