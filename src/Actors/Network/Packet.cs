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

/// <summary>
/// An IPv6 packet; forwarding passes on the same object. One that was made with <c>new</c> never changes. One that was sent through
/// <see cref="Effects.Send(Address, Address, Message, HandoverKey, int)"/> is lent: it is written anew when the step of its receiver's
/// machine is over.
/// </summary>
public sealed class Packet
{
    internal const int FixedHeaderBytes = 40;

    private int _sizeBytes;

    public Packet(Address source, Address destination, Message message, HandoverKey handover, int espBytes = 0) =>
        Write(source, destination, message, handover, espBytes);

    public Address Source { get; private set; }

    public Address Destination { get; private set; }

    public Message Message { get; private set; } = null!;

    /// <summary>The handover that caused this packet.</summary>
    public HandoverKey Handover { get; private set; }

    /// <summary>Bytes that ESP adds; 0 for a packet in the clear.</summary>
    public int EspBytes { get; private set; }

    /// <summary>What it is on the wire, where that is more than one packet or might be; null for one packet of any size.</summary>
    public PacketPieces? Pieces { get; private set; }

    /// <summary>Size on the wire, IPv6 headers included.</summary>
    public int SizeBytes => Pieces?.SizeBytes ?? _sizeBytes;

    /// <summary>Whether it may be written anew when its receiver is done with it.</summary>
    internal bool IsLent { get; set; }

    /// <summary>The same packet with a note of what a router does with its data.</summary>
    public Packet Noting(DataPath path) => new(Source, Destination, Message.Noting(path), Handover, EspBytes);

    /// <summary>The same packet with so many bytes of ESP.</summary>
    public Packet WithEsp(int bytes) => bytes == EspBytes ? this : new(Source, Destination, Message, Handover, bytes);

    public override string ToString() => $"{Message.Name} {Source} > {Destination}";

    /// <summary>From here on whoever has kept it finds nothing.</summary>
    internal void Clear()
    {
        IsLent = false;
        Message = null!;
    }

    internal void Write(Address source, Address destination, Message message, HandoverKey handover, int espBytes)
    {
        Source = source;
        Destination = destination;
        Message = message;
        Handover = handover;
        EspBytes = espBytes;
        Pieces = message.Parts is { } parts ? new PacketPieces(parts, espBytes) : null;
        _sizeBytes = FixedHeaderBytes + espBytes + message.SizeBytes;
    }
}
