using Topology.Addressing;

namespace Actors.Network;

/// <summary>
/// What a packet carries after its IPv6 header: a typed record, nested in its protocol. In model mode it travels as the
/// object it is and only its size is computed.
/// </summary>
public abstract record Message
{
    /// <summary>Bytes after the fixed IPv6 header, extension headers included, without ESP.</summary>
    public abstract int SizeBytes { get; }

    /// <summary>
    /// As <see cref="SizeBytes"/>, of each of the packets that the message takes, multiples of 8, where these are fragmented
    /// as links with the least MTU of IPv6 want it; null for a message that is one packet of any size.
    /// </summary>
    public virtual IReadOnlyList<int>? Parts => null;

    /// <summary>The name by which traces show it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The application data that it is or, in tunnels, brings; null for signalling.</summary>
    public virtual DataPacket? Data => null;

    /// <summary>The same message, if it is or brings data with a note of what a router does with that.</summary>
    public virtual Message Noting(DataPath path) => this;
}

/// <summary>An IPv6 packet; immutable, so forwarding passes on the same object.</summary>
public sealed class Packet(Address source, Address destination, Message message, HandoverKey handover, int espBytes = 0)
{
    internal const int FixedHeaderBytes = 40;

    private readonly int _sizeBytes = FixedHeaderBytes + espBytes + message.SizeBytes;

    public Address Source { get; } = source;

    public Address Destination { get; } = destination;

    public Message Message { get; } = message;

    /// <summary>The handover that caused this packet.</summary>
    public HandoverKey Handover { get; } = handover;

    /// <summary>Bytes that ESP adds; 0 for a packet in the clear.</summary>
    public int EspBytes { get; } = espBytes;

    /// <summary>What it is on the wire, where that is more than one packet or might be; null for one packet of any size.</summary>
    public PacketPieces? Pieces { get; } = message.Parts is { } parts ? new PacketPieces(parts, espBytes) : null;

    /// <summary>Size on the wire, IPv6 headers included.</summary>
    public int SizeBytes => Pieces?.SizeBytes ?? _sizeBytes;

    /// <summary>The same packet with a note of what a router does with its data.</summary>
    public Packet Noting(DataPath path) => new(Source, Destination, Message.Noting(path), Handover, EspBytes);

    /// <summary>The same packet with so many bytes of ESP.</summary>
    public Packet WithEsp(int bytes) => bytes == EspBytes ? this : new(Source, Destination, Message, Handover, bytes);

    public override string ToString() => $"{Message.Name} {Source} > {Destination}";
}
