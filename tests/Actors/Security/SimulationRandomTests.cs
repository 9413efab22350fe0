using System.Globalization;
using System.Reflection;
using Actors.Security.Keys;

namespace Tests.Actors.Security;

public sealed class SimulationRandomTests
{
    public static TheoryData<string> Draws => [.. AllDraws.Keys];

    private static readonly Dictionary<string, Func<SimulationRandom, object>> AllDraws = new()
    {
        ["NextBytes(array)"] = random => Filled(bytes => random.NextBytes(bytes)),
        ["NextBytes(array, offset, length)"] = random => Filled(bytes => random.NextBytes(bytes, 0, bytes.Length)),
        ["NextBytes(span)"] = random => Filled(bytes => random.NextBytes(bytes.AsSpan())),
        ["GenerateSeed(length)"] = random => Convert.ToHexString(random.GenerateSeed(21)),
        ["GenerateSeed(span)"] = random => Filled(bytes => random.GenerateSeed(bytes.AsSpan())),
        ["Next()"] = random => random.Next(),
        ["Next(max)"] = random => random.Next(1_000_000_007),
        ["Next(min, max)"] = random => random.Next(-1_000_000_007, 1_000_000_007),
        ["NextInt"] = random => random.NextInt(),
        ["NextLong"] = random => random.NextLong(),
        ["NextInt64()"] = random => random.NextInt64(),
        ["NextInt64(max)"] = random => random.NextInt64(1L << 60),
        ["NextInt64(min, max)"] = random => random.NextInt64(-(1L << 60), 1L << 60),
        ["NextDouble"] = random => random.NextDouble(),
        ["NextSingle"] = random => random.NextSingle(),
        ["SetSeed(long)"] = random => After(random, () => random.SetSeed(5)),
        ["SetSeed(array)"] = random => After(random, () => random.SetSeed([1, 2, 3])),
        ["SetSeed(span)"] = random => After(random, () => random.SetSeed(new byte[] { 4, 5, 6 }.AsSpan())),
        ["Shuffle"] = random =>
        {
            var items = Enumerable.Range(0, 40).ToArray();
            random.Shuffle(items);
            return string.Join(',', items);
        },
        ["GetItems"] = random => string.Join(',', random.GetItems(Enumerable.Range(0, 40).ToArray(), 12)),
    };

    [Theory]
    [MemberData(nameof(Draws))]
    public void Streams_differ_by_seed_replication_entity_and_index_and_by_nothing_else(string draw)
    {
        var draws = new HashSet<string> { Draw(SimulationRandom.For(1, 0, 0)) };
        Assert.DoesNotContain(Draw(SimulationRandom.For(2, 0, 0)), draws);
        Assert.DoesNotContain(Draw(SimulationRandom.For(1, 1, 0)), draws);
        Assert.DoesNotContain(Draw(SimulationRandom.For(1, 0, 1)), draws);
        Assert.DoesNotContain(Draw(SimulationRandom.For(1, 0, 0, 1)), draws);
        Assert.Contains(Draw(SimulationRandom.For(1, 0, 0)), draws);

        string Draw(SimulationRandom random) => string.Create(CultureInfo.InvariantCulture, $"{AllDraws[draw](random)}|{AllDraws[draw](random)}");
    }

    [Fact]
    public void No_draw_is_left_to_a_source_that_the_seed_does_not_decide()
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var inherited = typeof(SimulationRandom).GetMethods(Instance)
            .Where(method => method.IsVirtual && !method.IsFinal && (method.IsPublic || method.IsFamily))
            .Where(method => method.DeclaringType != typeof(SimulationRandom) && method.GetBaseDefinition().DeclaringType != typeof(object));
        Assert.Empty(inherited.Select(method => method.ToString()));
    }

    [Fact]
    public void Draws_stay_within_their_bounds()
    {
        var random = SimulationRandom.For(7, 0, 0);
        for (var i = 0; i < 2000; i++)
        {
            Assert.InRange(random.Next(), 0, int.MaxValue);
            Assert.InRange(random.Next(3), 0, 2);
            Assert.InRange(random.Next(-2, 2), -2, 1);
            Assert.InRange(random.NextInt64(5, 7), 5, 6);
            Assert.InRange(random.NextInt64(), 0, long.MaxValue);
            Assert.True(random.NextSingle() is >= 0 and < 1 && random.NextDouble() is >= 0 and < 1);
        }

        Assert.Equal(4, random.Next(4, 4));
    }

    private static string Filled(Action<byte[]> fill)
    {
        var bytes = new byte[21];
        fill(bytes);
        return Convert.ToHexString(bytes);
    }

    private static long After(SimulationRandom random, Action stir)
    {
        stir();
        return random.NextLong();
    }
}
