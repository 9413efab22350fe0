using Actors.Security.Esp;
using CsCheck;

namespace Tests.Actors.Security;

public sealed class ReplayWindowTests
{
    /// <summary>Steps near the highest number, and leaps: to the last number there is, and beyond the window.</summary>
    private static readonly Gen<(long Step, bool IsAuthentic)> Arrival =
        Gen.Select(Gen.OneOf(Gen.Long[-70, 5], Gen.Long[-3, 3], Gen.Long[-200, 200], Gen.Const(-63L), Gen.Const(-64L), Gen.Long[-5_000_000_000, 5_000_000_000]), Gen.Bool);

    [Fact]
    public void The_window_admits_what_a_set_of_all_numbers_admits() => Arrival.Array[1, 300].Sample(arrivals =>
    {
        ReplayWindow window = default;
        var seen = new HashSet<uint>();
        uint highest = 0;
        foreach (var (step, isAuthentic) in arrivals)
        {
            var sequence = (uint)Math.Clamp(highest + step, 0, uint.MaxValue);
            var expected = sequence != 0 && !seen.Contains(sequence) && sequence + (long)ReplayWindow.Size > highest;
            Assert.Equal(expected, window.Admits(sequence));
            if (!expected || !isAuthentic)
                continue;
            window.Slide(sequence);
            seen.Add(sequence);
            highest = Math.Max(highest, sequence);
            Assert.Equal(highest, window.Highest);
        }
    }, iter: 5000);

    [Fact]
    public void The_number_63_below_the_highest_is_the_oldest_that_is_admitted()
    {
        ReplayWindow window = default;
        window.Slide(100);
        Assert.True(window.Admits(37));
        Assert.False(window.Admits(36));
        Assert.False(window.Admits(100));
        Assert.False(window.Admits(0));
    }
}
