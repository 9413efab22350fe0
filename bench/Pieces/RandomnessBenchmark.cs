using BenchmarkDotNet.Attributes;
using Topology.Randomness;

namespace Pieces;

/// <summary>What a draw costs: making a stream from its key, and sampling.</summary>
public class RandomnessBenchmark
{
    private readonly ExponentialDelay _exponential = new(TimeSpan.FromMilliseconds(10), TimeSpan.Zero);
    private RandomStream _stream = RandomStream.For(1, 0, 0, StreamPurpose.LinkDelay);
    private long _index;

    [Benchmark]
    public RandomStream Key() => RandomStream.For(1, 0, 7, StreamPurpose.SharedDelay, _index++);

    [Benchmark]
    public ulong Bits() => _stream.NextUInt64();

    [Benchmark]
    public TimeSpan Exponential() => _exponential.Sample(ref _stream);
}
