using CsCheck;
using Topology.Partitioning;

namespace Tests.Topology.Partitioning;

public sealed class DistancesTests
{
    private static readonly Gen<TimeSpan?[,]> Direct = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 20].Array[36]).Select((parts, ms) =>
    {
        var direct = new TimeSpan?[parts, parts];
        for (var from = 0; from < parts; from++)
        {
            for (var to = 0; to < parts; to++)
                direct[from, to] = from == to || ms[from * 6 + to] == 0 ? null : TimeSpan.FromMilliseconds(ms[from * 6 + to]);
        }

        return direct;
    });

    [Fact]
    public void The_least_is_that_of_all_ways_and_of_a_part_to_itself_by_way_of_another() => Direct.Sample(direct =>
    {
        var distances = new Distances(direct);
        for (var from = 0; from < distances.Parts; from++)
        {
            for (var to = 0; to < distances.Parts; to++)
                Assert.Equal(Walk(direct, from, to), distances.Least(from, to));
        }
    });

    [Fact]
    public void Where_all_are_as_far_the_way_back_is_twice_the_way()
    {
        var distances = Distances.Uniform(3, TimeSpan.FromMilliseconds(2));
        Assert.Equal((20_000, 40_000), (distances.Least(0, 2), distances.Least(1, 1)));
        Assert.Null(Distances.Uniform(1, TimeSpan.MaxValue).Least(0, 0));
        Assert.Equal(1L << 51, Distances.Uniform(2, TimeSpan.MaxValue).Least(0, 0));
    }

    /// <summary>Bellman's recursion over ways of at most as many links as there are parts.</summary>
    private static long? Walk(TimeSpan?[,] direct, int from, int to)
    {
        var parts = direct.GetLength(0);
        var best = new long?[parts];
        for (var part = 0; part < parts; part++)
            best[part] = direct[part, to]?.Ticks;
        for (var links = 1; links < parts; links++)
        {
            best = [.. best.Select((least, part) => Enumerable.Range(0, parts)
                .Select(next => direct[part, next]?.Ticks + best[next]).Append(least).Min())];
        }

        return best[from];
    }
}
