using Actors.Mobility;
using CsCheck;

namespace Tests.Actors.Mobility;

public class SequenceNumberTests
{
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 65535, true)]
    [InlineData(65535, 0, false)]
    [InlineData(32767, 0, true)]
    [InlineData(32768, 0, false)]
    public void Newer_means_up_to_32767_ahead_modulo_65536(int number, int last, bool newer) =>
        Assert.Equal(newer, SequenceNumber.IsNewer((ushort)number, (ushort)last));

    [Fact]
    public void Of_two_numbers_less_than_half_the_circle_apart_exactly_one_is_newer() =>
        Gen.Select(Gen.UShort, Gen.Int[1, 32767]).Sample((last, step) =>
            SequenceNumber.IsNewer((ushort)(last + step), last) && !SequenceNumber.IsNewer(last, (ushort)(last + step)));

    [Theory]
    [InlineData(65534, false)]
    [InlineData(65535, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_range_may_pass_zero(int number, bool within) => Assert.Equal(within, SequenceNumber.IsWithin((ushort)number, 65535, 1));
}
