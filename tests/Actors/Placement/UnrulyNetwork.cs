using System.Diagnostics;
using Actors.Kernel;
using Actors.Placement;

namespace Tests.Actors.Placement;

/// <summary>
/// Carries batches between members of one process as badly as a connection can that lives: late, those of one pair of members before
/// or after those of any other. What happens depends on the seed and on when the members send.
/// </summary>
internal sealed class UnrulyNetwork : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly object _lock = new();
    private readonly int _members;
    private readonly List<(int From, int To, byte[] Batch)> _under = [];
    private readonly Queue<byte[]>[,] _arrived;
    private readonly Random _random;
    private readonly Thread _thread;
    private MemberLostException? _failure;
    private bool _over;

    public UnrulyNetwork(int members, int seed)
    {
        _random = new Random(seed);
        _members = members;
        _arrived = new Queue<byte[]>[members, members];
        for (var pair = 0; pair < members * members; pair++)
            _arrived[pair / members, pair % members] = new();
        _thread = new Thread(Deliver) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Batches that have overtaken one of another pair.</summary>
    public int Overtaken { get; private set; }

    public IBatchCarrier For(int member) => new Carrier(this, member);

    public void Fail(MemberLostException reason)
    {
        lock (_lock)
        {
            _failure = reason;
            Monitor.PulseAll(_lock);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _over = true;
            Monitor.PulseAll(_lock);
        }

        _thread.Join();
    }

    private void Deliver()
    {
        lock (_lock)
        {
            while (!_over)
            {
                if (_under.Count == 0)
                {
                    Monitor.Wait(_lock);
                    continue;
                }

                // The first of a pair that is chosen at random; more may come under way before the next.
                var (from, to, _) = _under[_random.Next(_under.Count)];
                var at = _under.FindIndex(batch => batch.From == from && batch.To == to);
                Overtaken += Math.Sign(at);
                _arrived[from, to].Enqueue(_under[at].Batch);
                _under.RemoveAt(at);
                Monitor.PulseAll(_lock);
                Monitor.Wait(_lock, _random.Next(2));
            }
        }
    }

    private void Send(int from, int to, byte[] batch)
    {
        lock (_lock)
        {
            _under.Add((from, to, batch));
            Monitor.PulseAll(_lock);
        }
    }

    private byte[] Take(int from, int to)
    {
        var began = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (true)
            {
                if (_failure is not null)
                    throw _failure;
                if (_arrived[from, to].TryDequeue(out var batch))
                    return batch;
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new MemberLostException($"member {from} of {_members} has sent nothing");
                Monitor.Wait(_lock, Patience);
            }
        }
    }

    private sealed class Carrier(UnrulyNetwork network, int self) : IBatchCarrier
    {
        public void Send(int member, ReadOnlySpan<byte> batch) => network.Send(self, member, batch.ToArray());

        public ArraySegment<byte> Receive(int member) => network.Take(member, self);
    }
}
