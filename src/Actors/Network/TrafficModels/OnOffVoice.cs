using Topology.Randomness;

namespace Actors.Network.TrafficModels;

/// <summary>
/// A voice that is silent between its spurts: packets at equal intervals while it talks, none while it does not. Both last
/// exponential times (ITU-T P.59 speaks of 1.0 s and 1.35 s on average); it begins with a spurt. A spurt has a packet at its begin and
/// then one each interval.
/// </summary>
/// <param name="Voice">Of a spurt.</param>
/// <param name="MeanTalk">Positive.</param>
/// <param name="MeanSilence">Positive.</param>
public sealed record OnOffVoice(ConstantBitRate Voice, TimeSpan MeanTalk, TimeSpan MeanSilence) : TrafficModel
{
    /// <summary>G.711 in spurts of 1.0 s and silences of 1.35 s.</summary>
    public static readonly OnOffVoice G711 = new(ConstantBitRate.G711, TimeSpan.FromSeconds(1.0), TimeSpan.FromSeconds(1.35));

    public override Emission Next(ref StreamState state)
    {
        if (state.Count++ == 0)
            state.Left = Draw(MeanTalk, ref state.Random);
        if (state.Left > Voice.Interval.Ticks)
        {
            state.Left -= Voice.Interval.Ticks;
            return new Emission(Voice.PayloadBytes, Voice.Interval);
        }

        var gap = state.Left + Draw(MeanSilence, ref state.Random);
        state.Left = Draw(MeanTalk, ref state.Random);
        return new Emission(Voice.PayloadBytes, TimeSpan.FromTicks(gap));
    }

    /// <summary>At least a tick, so that two spurts are two.</summary>
    private static long Draw(TimeSpan mean, ref RandomStream random) =>
        Math.Max(1, new ExponentialDelay(mean, TimeSpan.Zero).Sample(ref random).Ticks);
}
