using Actors.Kernel;
using BenchmarkDotNet.Attributes;
using Topology.Randomness;

namespace Pieces;

/// <summary>The hold model: with N events pending, take the next and add another, an exponential time later.</summary>
[MemoryDiagnoser]
public class EventQueueBenchmark
{
    private const int Operations = 100_000;
    private readonly EventQueue _queue = new();
    private readonly object _message = new();
    private RandomStream _delays = RandomStream.For(1, 0, 0, StreamPurpose.LinkDelay);
    private uint _sequence;

    [Params(1_000, 100_000, 1_000_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _queue.Clear();
        for (var i = 0; i < Pending; i++)
            Add(0);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Hold()
    {
        for (var i = 0; i < Operations; i++)
        {
            _queue.TryTake(long.MaxValue, out var key);
            _queue.Release(key.Slot);
            Add(key.Time);
        }
    }

    private void Add(long now)
    {
        var delay = 5_000 + (long)(-Math.Log(_delays.NextOpenDouble()) * TimeSpan.TicksPerSecond);
        _queue.Add(now + delay, source: _sequence % 1024, ++_sequence, out _).Message = _message;
    }
}
