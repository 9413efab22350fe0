namespace Actors.Network.TrafficModels;

/// <summary>
/// A video: frames at a fixed rate, of which the first of each group is coded by itself (an I-frame) and longer than the others.
/// A frame leaves at once, in as many packets as it takes; all but the last are full.
/// </summary>
/// <param name="FramesPerSecond">At least 1.</param>
/// <param name="GroupFrames">From one I-frame to the next; at least 1.</param>
/// <param name="IntraFrameBytes">Of an I-frame; at least 1.</param>
/// <param name="FrameBytes">Of every other frame; at least 1.</param>
/// <param name="PacketBytes">Payload of a full packet; at least 1.</param>
public sealed record Video(int FramesPerSecond, int GroupFrames, int IntraFrameBytes, int FrameBytes, int PacketBytes) : TrafficModel
{
    /// <summary>About 0.5 Mbit/s: 25 frames a second, an I-frame each 12, packets that fit the least MTU of IPv6 in a tunnel with ESP.</summary>
    public static readonly Video Usual = new(25, 12, 8_000, 2_000, 1_100);

    public override Emission Next(ref StreamState state)
    {
        if (state.Left == 0)
            state.Left = state.Count % GroupFrames == 0 ? IntraFrameBytes : FrameBytes;
        var payloadBytes = (int)Math.Min(PacketBytes, state.Left);
        state.Left -= payloadBytes;
        if (state.Left > 0)
            return new Emission(payloadBytes, TimeSpan.Zero);
        state.Count++;
        return new Emission(payloadBytes, TimeSpan.FromTicks(Start(state.Count) - Start(state.Count - 1)));
    }

    /// <summary>Of a frame, in ticks: no rounding adds up.</summary>
    private long Start(long frame) => frame * TimeSpan.TicksPerSecond / FramesPerSecond;
}
