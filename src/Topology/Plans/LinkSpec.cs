using Topology.Randomness;

namespace Topology.Plans;

/// <summary>Which of the paper's delays a link stands for; signalling is counted per class.</summary>
public enum LinkClass
{
    /// <summary>a: mobile node to access router.</summary>
    Wireless,

    /// <summary>b: two nodes of one domain.</summary>
    IntraDomain,

    /// <summary>c: visited network to home network (assumptions A1, A5).</summary>
    Home,

    /// <summary>d: adjacent domains.</summary>
    InterDomain,

    /// <summary>f: home agent to correspondent.</summary>
    HomeCorrespondent,

    /// <summary>g: access router to correspondent.</summary>
    RouterCorrespondent,
}

/// <summary>
/// Propagation delay of a link. <see cref="PerHandover"/> tells whether the distribution is drawn once per handover
/// and shared by every link of the network that names the same variable (c of the paper), or anew for every packet.
/// </summary>
/// <param name="Distribution">One-way delay; never negative.</param>
/// <param name="PerHandover">Name of the network-level variable, or null for a link's own draw.</param>
public sealed record LinkDelay(DelayDistribution Distribution, string? PerHandover = null)
{
    public static LinkDelay Fixed(TimeSpan delay) => new(new ConstantDelay(delay));
}

/// <summary>A half-open interval of virtual time [<paramref name="From"/>, <paramref name="Until"/>) in which a link carries nothing.</summary>
public sealed record Outage(TimeSpan From, TimeSpan Until);

/// <summary>One direction of a link; full duplex is two of these.</summary>
/// <param name="Bandwidth">Null means no serialisation delay and no queue.</param>
/// <param name="QueuePackets">Drop-tail limit of packets waiting for the transmitter; used with a bandwidth only.</param>
/// <param name="Loss">Probability that a packet is lost, 0 to 1.</param>
/// <param name="Jitter">Added to the delay of each packet, drawn for each; null for none.</param>
public sealed record LinkSpec(
    NodeId From,
    NodeId To,
    LinkClass Class,
    LinkDelay Delay,
    BitRate? Bandwidth = null,
    int QueuePackets = 100,
    double Loss = 0,
    DelayDistribution? Jitter = null)
{
    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Probability that a packet arrives a second time, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>Probability that a packet arrives damaged, 0 to 1: the checksum or ICV of its receiver discards it.</summary>
    public double Corruption { get; init; }

    /// <summary>Null for none but what jitter causes.</summary>
    public Reordering? Reordering { get; init; }
}

/// <summary>A link that holds packets back, so that later ones overtake them.</summary>
/// <param name="Probability">Of being held back, 0 to 1.</param>
/// <param name="Delay">How long, drawn for each packet held back; never negative.</param>
public sealed record Reordering(double Probability, DelayDistribution Delay);

/// <summary>Bits per second; positive.</summary>
public readonly record struct BitRate(double BitsPerSecond)
{
    public static BitRate FromMegabits(double megabitsPerSecond) => new(megabitsPerSecond * 1e6);

    /// <summary>Time to put <paramref name="sizeBytes"/> on the line, rounded up to a tick of 100 ns.</summary>
    public TimeSpan TransmissionTime(int sizeBytes) =>
        TimeSpan.FromTicks((long)Math.Ceiling(sizeBytes * 8.0 * TimeSpan.TicksPerSecond / BitsPerSecond));
}
