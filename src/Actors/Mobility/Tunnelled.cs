using Actors.Network;
using Topology.Addressing;

namespace Actors.Mobility;

/// <summary>A packet inside another (RFC 2473).</summary>
public sealed record Tunnelled(Packet Inner) : Message
{
    /// <summary>The inner packet with its IPv6 header.</summary>
    public override int SizeBytes => Inner.SizeBytes;

    public override string Name => Inner.Message.Name + " in tunnel";

    public override DataPacket? Data => Inner.Message.Data;

    public override Message Noting(DataPath path) => new Tunnelled(Inner.Noting(path));

    /// <summary>How many packets are inside one another, this one not counted.</summary>
    public int Depth => Inner.Message is Tunnelled inner ? 1 + inner.Depth : 1;

    /// <summary>A packet in an outer one.</summary>
    /// <param name="isProtected">Whether the tunnel is one of ESP.</param>
    public static Packet Wrap(Address source, Address destination, Packet inner, bool isProtected) => new(
        source,
        destination,
        new Tunnelled(inner),
        inner.Handover,
        EspOverhead.Bytes(isProtected ? EspMode.Transport : EspMode.None, inner.SizeBytes));
}
