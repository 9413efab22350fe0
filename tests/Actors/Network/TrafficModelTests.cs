using Actors.Network.TrafficModels;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Network;

/// <summary>Models of traffic as values.</summary>
public class TrafficModelTests
{
    [Fact]
    public void Constant_bit_rate_sends_equal_packets_at_equal_intervals() =>
        Assert.Equal(Enumerable.Repeat(new Emission(512, Ms(10)), 50), Emissions(new ConstantBitRate(Ms(10), 512), 50));

    [Fact]
    public void G711_is_64_kbit_per_second()
    {
        var emissions = Emissions(ConstantBitRate.G711, 50);
        Assert.Equal((8000, TimeSpan.TicksPerSecond), (emissions.Sum(emission => emission.PayloadBytes), emissions.Sum(emission => emission.Gap.Ticks)));
    }

    [Fact]
    public void On_off_voice_talks_one_second_and_is_silent_1_35_on_average()
    {
        var gaps = Emissions(OnOffVoice.G711, 400_000).Select(emission => emission.Gap.TotalSeconds).ToArray();
        var spurts = gaps.Count(gap => gap != 0.02);

        // Of 7,900 spurts: three standard errors of an exponential mean are 3.4 %. A silence begins where its spurt ends, up to an interval after the last packet.
        Assert.InRange(gaps.Sum() / spurts, 2.35 * 0.966, 2.35 * 1.034);
        Assert.InRange(gaps.Where(gap => gap != 0.02).Average(), 1.36 * 0.966, 1.36 * 1.034);
        Assert.All(Emissions(OnOffVoice.G711, 100), emission => Assert.Equal(160, emission.PayloadBytes));
    }

    [Fact]
    public void On_off_voice_depends_on_its_stream_alone()
    {
        Assert.Equal(Emissions(OnOffVoice.G711, 1000), Emissions(OnOffVoice.G711, 1000));
        Assert.NotEqual(Emissions(OnOffVoice.G711, 1000), Emissions(OnOffVoice.G711, 1000, direction: 1));
    }

    [Fact]
    public void Video_sends_a_long_frame_then_short_ones_each_in_a_burst()
    {
        // Frames of 2,500 B and 1,000 B in packets of 1,000 B, 30 a second, an I-frame each third.
        var emissions = Emissions(new Video(30, 3, 2500, 1000, 1000), 10);
        Assert.Equal([1000, 1000, 500, 1000, 1000, 1000, 1000, 500, 1000, 1000], emissions.Select(emission => emission.PayloadBytes));
        Assert.Equal([0, 0, 333_333, 333_333, 333_334, 0, 0, 333_333, 333_333, 333_334], emissions.Select(emission => emission.Gap.Ticks));
    }

    [Fact]
    public void Usual_video_is_half_a_megabit_per_second()
    {
        var emissions = Emissions(Video.Usual, 10_000);
        Assert.InRange(8 * emissions.Sum(emission => emission.PayloadBytes) / emissions.Sum(emission => emission.Gap.TotalSeconds), 490_000, 510_000);
    }

    private static Emission[] Emissions(TrafficModel model, int count, long direction = 0)
    {
        var state = new StreamState(RandomStream.For(1, 0, 9, StreamPurpose.Traffic, direction));
        var emissions = new Emission[count];
        for (var i = 0; i < count; i++)
            emissions[i] = model.Next(ref state);
        return emissions;
    }
}
