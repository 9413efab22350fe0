using System.Diagnostics;
using System.Globalization;
using Actors.Kernel;

namespace Experiments.Cluster.Span;

/// <summary>
/// The batches that have come from the other members in an attempt and were not taken yet. They may come late, twice and in any
/// order; they are taken in the order of their numbers. Filled by one thread and emptied by another.
/// </summary>
/// <param name="patience">How long a batch is waited for.</param>
internal sealed class BatchInbox(TimeSpan patience)
{
    /// <summary>A member gives its next batch only when it has ours of the same number: it is one ahead at most.</summary>
    private const int MostAhead = 1;
    private const int MostMembers = 4096;
    private const int MostParts = 4096;
    private readonly object _lock = new();
    private readonly Dictionary<int, Sender> _senders = [];
    private string? _failure;

    /// <summary>Take a piece in. What was taken in already is passed over.</summary>
    public void Deliver(int member, long number, int part, int parts, ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            if (_failure is not null)
                return;
            if (member is < 0 or >= MostMembers || parts is < 1 or > MostParts || part < 0 || part >= parts)
            {
                _failure = $"a piece of a batch that is none ({part} of {parts} from member {member})";
            }
            else if (Of(member) is var sender && number > sender.Next + MostAhead)
            {
                _failure = string.Create(CultureInfo.InvariantCulture, $"batch {sender.Next} of member {member} is missing: it sends {number} already");
            }
            else if (number >= sender.Next)
            {
                if (!sender.Batches.TryGetValue(number, out var pieces))
                    sender.Batches.Add(number, pieces = new ReadOnlyMemory<byte>?[parts]);
                if (part < pieces.Length)
                    pieces[part] ??= bytes;
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Whoever waits, now or later, is told that nothing will come any more.</summary>
    public void Fail(string reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>The next batch of a member; waits for it. One thread at a time takes batches.</summary>
    /// <exception cref="MemberLostException">It does not come in time, or will not come.</exception>
    public byte[] Take(int member)
    {
        var began = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (true)
            {
                if (_failure is not null)
                    throw new MemberLostException(_failure);
                if (Of(member).TryTake(out var batch))
                    return batch;
                var left = patience - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_lock, left))
                    _failure ??= string.Create(CultureInfo.InvariantCulture, $"member {member} has sent nothing for {patience.TotalSeconds:0} s");
            }
        }
    }

    private Sender Of(int member)
    {
        if (!_senders.TryGetValue(member, out var sender))
            _senders.Add(member, sender = new Sender());
        return sender;
    }

    private sealed class Sender
    {
        public long Next { get; private set; }

        public Dictionary<long, ReadOnlyMemory<byte>?[]> Batches { get; } = [];

        public bool TryTake(out byte[] batch)
        {
            batch = [];
            if (!Batches.TryGetValue(Next, out var pieces) || Array.Exists(pieces, piece => piece is null))
                return false;
            batch = Joined(pieces);
            Batches.Remove(Next++);
            return true;
        }
    }

    /// <summary>Pieces made one again.</summary>
    public static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>?> pieces)
    {
        if (pieces is [{ } only] && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(only, out var whole) && whole.Array!.Length == whole.Count)
            return whole.Array;
        var bytes = new byte[pieces.Sum(piece => piece!.Value.Length)];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece!.Value.CopyTo(bytes.AsMemory(at));
            at += piece.Value.Length;
        }

        return bytes;
    }
}
