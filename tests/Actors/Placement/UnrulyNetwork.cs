using Actors.Placement;
using Experiments.Cluster.Span;

namespace Tests.Actors.Placement;

/// <summary>
/// Carries batches between members of one process as badly as a network can that loses nothing: in pieces, late, in any order,
/// and some of them twice. What happens depends on the seed and on when the members send.
/// </summary>
internal sealed class UnrulyNetwork : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(int To, int From, long Number, int Part, int Parts, ReadOnlyMemory<byte> Bytes)> _under = [];
    private readonly BatchInbox[] _inboxes;
    private readonly Random _random;
    private readonly Thread _thread;
    private volatile bool _over;

    public UnrulyNetwork(int members, int seed)
    {
        _random = new Random(seed);
        _inboxes = [.. Enumerable.Range(0, members).Select(_ => new BatchInbox(TimeSpan.FromSeconds(60)))];
        _thread = new Thread(Deliver) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Batches that came twice.</summary>
    public int Doubled { get; private set; }

    public IBatchCarrier For(int member) => new Carrier(this, member);

    public void Fail(string reason) => Array.ForEach(_inboxes, inbox => inbox.Fail(reason));

    public void Dispose()
    {
        _over = true;
        _thread.Join();
    }

    private void Send(int to, int from, long number, byte[] batch)
    {
        lock (_lock)
        {
            var parts = Math.Min(1 + _random.Next(3), Math.Max(1, batch.Length));
            for (var part = 0; part < parts; part++)
            {
                var (begin, end) = (batch.Length * part / parts, batch.Length * (part + 1) / parts);
                _under.Add((to, from, number, part, parts, batch.AsMemory(begin, end - begin)));
            }
        }
    }

    private void Deliver()
    {
        while (!_over)
        {
            lock (_lock)
            {
                if (_under.Count > 0)
                {
                    var at = _random.Next(_under.Count);
                    var (to, from, number, part, parts, bytes) = _under[at];
                    if (_random.Next(4) == 0)
                        Doubled++;
                    else
                        _under.RemoveAt(at);
                    _inboxes[to].Deliver(from, number, part, parts, bytes);
                    continue;
                }
            }

            Thread.Yield();
        }
    }

    private sealed class Carrier(UnrulyNetwork network, int self) : IBatchCarrier
    {
        private readonly long[] _numbers = new long[network._inboxes.Length];

        public void Send(int member, byte[] batch) => network.Send(member, self, _numbers[member]++, batch);

        public byte[] Receive(int member) => network._inboxes[self].Take(member);
    }
}
