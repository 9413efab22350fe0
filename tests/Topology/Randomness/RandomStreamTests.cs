using Topology.Randomness;

namespace Tests.Topology.Randomness;

public sealed class RandomStreamTests
{
    private static RandomStream Key(
        ulong seed = 7, long replication = 3, ulong entity = 5, StreamPurpose purpose = StreamPurpose.LinkDelay, long index = 0) =>
        RandomStream.For(seed, replication, entity, purpose, index);

    private static readonly RandomStream[] Neighbours =
    [
        Key(), Key(seed: 8), Key(replication: 4), Key(entity: 6), Key(purpose: StreamPurpose.LinkLoss), Key(index: 1),
        Key(seed: 3, replication: 7), Key(replication: 5, entity: 3), Key(replication: -3),
    ];

    [Fact]
    public void Equal_keys_give_equal_draws()
    {
        var first = Key();
        var second = Key();
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(first.NextUInt64(), second.NextUInt64()));
    }

    [Fact]
    public void Different_keys_differ_through_every_method()
    {
        AssertAllDiffer((ref RandomStream stream) => stream.NextUInt64());
        AssertAllDiffer((ref RandomStream stream) => stream.NextDouble());
        AssertAllDiffer((ref RandomStream stream) => stream.NextOpenDouble());
        AssertAllDiffer((ref RandomStream stream) => stream.NextInt32(int.MaxValue));
    }

    [Fact]
    public void Streams_of_neighbouring_keys_are_uncorrelated()
    {
        const int draws = 20_000;
        for (var other = 1; other < Neighbours.Length; other++)
        {
            var (x, y) = (Neighbours[0], Neighbours[other]);
            var sum = 0.0;
            for (var i = 0; i < draws; i++)
                sum += (x.NextDouble() - 0.5) * (y.NextDouble() - 0.5) * 12;
            Assert.InRange(sum / Math.Sqrt(draws), -4, 4);
        }
    }

    [Fact]
    public void Doubles_stay_inside_their_interval()
    {
        var stream = Key();
        for (var i = 0; i < 100_000; i++)
        {
            Assert.InRange(stream.NextDouble(), 0, 1 - double.Epsilon);
            Assert.InRange(stream.NextOpenDouble(), double.Epsilon, 1 - 1.0 / (1L << 54));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(255)]
    public void Integers_are_uniform_below_their_bound(int bound)
    {
        const int drawsPerValue = 2_000;
        var stream = Key(index: bound);
        var counts = new long[bound];
        for (var i = 0; i < bound * drawsPerValue; i++)
            counts[stream.NextInt32(bound)]++;
        var chiSquare = counts.Sum(count => Math.Pow(count - drawsPerValue, 2) / drawsPerValue);
        var limit = bound - 1 + 5 * Math.Sqrt(2 * bound);
        Assert.InRange(chiSquare, 0, limit);
    }

    /// <summary>
    /// With 3/8 of 2^32 as bound, the remainder of 32 bits favours the lower two thirds, and a product without rejection
    /// the values that leave 0 or 1 when divided by three.
    /// </summary>
    [Fact]
    public void Integers_are_unbiased_for_a_bound_that_does_not_divide_the_range()
    {
        const int draws = 100_000, bound = 1_610_612_736;
        var stream = Key();
        var perThird = new int[3];
        for (var i = 0; i < draws; i++)
            perThird[stream.NextInt32(bound) / (bound / 3)]++;
        Assert.All(perThird, count => Assert.InRange(count, draws / 3 - 750, draws / 3 + 750));
        var again = Key();
        var multiples = Enumerable.Range(0, draws).Count(_ => again.NextInt32(bound) % 3 == 0);
        Assert.InRange(multiples, draws / 3 - 750, draws / 3 + 750);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_that_is_not_positive_is_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            var stream = Key();
            return stream.NextInt32(bound);
        });

    [Fact]
    public void First_outputs_are_pinned()
    {
        var stream = RandomStream.For(20110611, 0, 1, StreamPurpose.SharedDelay);
        ulong[] outputs = [stream.NextUInt64(), stream.NextUInt64(), stream.NextUInt64()];
        Assert.Equal([6678484554193869003, 6126554488919110127, 2017760375267743885], outputs);
        Assert.Equal(0.5077552116429305, stream.NextDouble());
        Assert.Equal(0.6920050504709477, stream.NextOpenDouble());
        Assert.Equal(807, stream.NextInt32(1000));
    }

    private delegate T Draw<T>(ref RandomStream stream);

    private static void AssertAllDiffer<T>(Draw<T> draw)
    {
        var sequences = Neighbours.Select(stream => string.Join(' ', Enumerable.Range(0, 4).Select(_ => draw(ref stream))));
        Assert.Equal(Neighbours.Length, sequences.Distinct().Count());
    }
}
