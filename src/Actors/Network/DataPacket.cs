using Actors.Kernel;
using Topology.Plans;

namespace Actors.Network;

/// <summary>One packet of a stream of application data between the home address of a mobile node and its correspondent.</summary>
/// <param name="Mobile">Whose stream it is.</param>
/// <param name="Sequence">From 0, one by one, in each direction.</param>
/// <param name="SentAt">When it was sent: for the measurement, no bytes on the wire.</param>
/// <param name="PayloadBytes">Of the application.</param>
public sealed record DataPacket(NodeId Mobile, int Sequence, SimTime SentAt, int PayloadBytes) : Message
{
    public DataDirection Direction { get; init; }

    /// <summary>
    /// Whether it goes straight between care-of address and correspondent, and names the home address in a routing header of type 2
    /// or a home address option (RFC 6275 sections 6.4 and 6.3).
    /// </summary>
    public bool IsRouteOptimised { get; init; }

    /// <summary>What routers have done with it: for the measurement, no bytes on the wire.</summary>
    public DataPath Path { get; init; }

    /// <summary>UDP header 8, RTP header 12, payload; routing header or home address option 24.</summary>
    public override int SizeBytes => 20 + PayloadBytes + (IsRouteOptimised ? 24 : 0);

    public override string Name => "DATA";

    public override DataPacket Data => this;

    public override Message Noting(DataPath path) => this with { Path = Path | path };
}

/// <summary>What routers have done with a packet of data on its way.</summary>
[Flags]
public enum DataPath : byte
{
    None = 0,

    /// <summary>A previous router has sent it on in a tunnel.</summary>
    Forwarded = 1,

    /// <summary>A router has held it back.</summary>
    Buffered = 2,
}

/// <summary>What happens to packets of data on their way.</summary>
public enum DataEvent : byte
{
    /// <summary>Sent by the application, whether there is a link or not.</summary>
    Sent,

    /// <summary>Received by the other application for the first time.</summary>
    Received,

    /// <summary>Received once more.</summary>
    Duplicated,

    /// <summary>Received after one that was sent later (RFC 4737 section 3.3).</summary>
    Reordered,

    /// <summary>Held back by a router.</summary>
    Buffered,

    /// <summary>Let go by a router that has held it back.</summary>
    Released,

    /// <summary>Dropped by a router that was to hold it back, and has no room for it.</summary>
    Overflowed,

    /// <summary>Sent on by a previous router in a tunnel.</summary>
    Forwarded,

    /// <summary>Lost on a link or between two links, or dropped by a node for another reason than want of room.</summary>
    Dropped,
}
