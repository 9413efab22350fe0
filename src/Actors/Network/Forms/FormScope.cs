using Actors.Kernel;
using Actors.Security.Keys;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Network.Forms;

/// <summary>What a form may know besides its message or bytes.</summary>
/// <param name="Packet">Being written; or that which brings the bytes: its addresses, its handover, its size.</param>
/// <param name="Node">Which writes or reads.</param>
/// <param name="Now">Virtual time, for the validity of certificates.</param>
public sealed record FormScope(PacketCodec Codec, Packet Packet, NodeId Node, SimTime Now)
{
    /// <summary>The keys behind the symbolic credentials.</summary>
    public KeyRing Keys => Codec.Keys;

    /// <summary>
    /// Of a message being read, what was written, for what is measured and has no bytes; null where there is none. Nothing else
    /// may be taken from it.
    /// </summary>
    public Message? Measured { get; init; }

    /// <summary>Makes the bytes of a packet inside the one that is written; null for the codec's own way.</summary>
    internal Func<Packet, byte[]>? Inner { get; init; }

    /// <summary>The bytes of a packet inside the one that is written.</summary>
    public byte[] BytesOf(Packet inner) => Inner?.Invoke(inner) ?? Codec.Encode(Node, inner, Now);

    /// <summary>The packet of these bytes, inside the one that is read; left as bytes where they are not for this node, null where they do not hold.</summary>
    /// <param name="measured">As it was sent; null where that is not known.</param>
    public Packet? ReadInner(ReadOnlySpan<byte> bytes, Packet? measured) => Codec.DecodeInner(this, bytes, measured);

    /// <summary>The handover that has caused the packet, as key rings name it.</summary>
    public (NodeId Mobile, int Number) Handover => (Packet.Handover.Mobile, Packet.Handover.Number);

    public TimeSpan Elapsed => Now - SimTime.Zero;

    /// <summary>The home address of a mobile node.</summary>
    public Address HomeAddressOf(NodeId mobile) => Codec.HomeAddressOf(mobile);

    /// <summary>The link-layer address of a node, locally administered.</summary>
    public static void LinkLayer(NodeId node, Span<byte> address)
    {
        (address[0], address[1]) = (2, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(address[2..], node.Index);
    }

    /// <summary>The node of a link-layer address, which may be followed by padding; null for none of ours.</summary>
    public static NodeId? NodeOf(ReadOnlySpan<byte> address) =>
        address.Length >= LinkLayerBytes && address[0] == 2 && address[1] == 0
            ? new NodeId(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(address[2..]))
            : null;

    /// <summary>Length of a link-layer address.</summary>
    public const int LinkLayerBytes = 6;
}
