namespace Actors.Network.TrafficModels;

/// <summary>Packets of equal size at equal intervals.</summary>
/// <param name="Interval">Between two packets; positive.</param>
/// <param name="PayloadBytes">Of each packet; not negative.</param>
public sealed record ConstantBitRate(TimeSpan Interval, int PayloadBytes) : TrafficModel
{
    /// <summary>G.711: 64 kbit/s in packets of 20 ms (RFC 3551 section 4.5.14), 220 B with RTP, UDP and IPv6.</summary>
    public static readonly ConstantBitRate G711 = new(TimeSpan.FromMilliseconds(20), 160);

    public override Emission Next(ref StreamState state) => new(PayloadBytes, Interval);
}
