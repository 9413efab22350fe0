using System.Buffers.Binary;
using Actors.Kernel;
using Actors.Security.Esp;
using Actors.Security.Keys;
using Actors.Wire.Esp;
using Actors.Wire.Ipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Network.Forms;

/// <summary>Why bytes were not handed on.</summary>
public enum WireVerdict : byte
{
    /// <summary>All that can be checked of them holds.</summary>
    Accepted,

    /// <summary>Encrypted for somebody else: to be passed on as they are.</summary>
    NotForUs,

    /// <summary>Not the packet that was sent: shape, checksum, or content.</summary>
    Malformed,

    /// <summary>ESP: integrity check value or padding is wrong, or the association unknown.</summary>
    Forged,

    /// <summary>ESP: authentic, but the sequence number was seen before, or is too old.</summary>
    Replayed,
}

/// <summary>
/// From packets to bytes and back: addresses, extension headers, the message's form, and ESP where the packet has it. One for each
/// run; several threads may use it, each for the nodes of its own.
/// </summary>
public sealed class PacketCodec(NetworkPlan plan, MessageForms forms, KeyRing keys)
{
    /// <summary>Room for any message: a mobility header has at most 2,048 bytes, a neighbor discovery option 2,040.</summary>
    private const int LargestBytes = 1 << 14;

    /// <summary>Of a destination options header with a home address, and of a routing header of type 2.</summary>
    private const int ExtensionHeaderBytes = 24;

    /// <summary>ESP in tunnel mode adds at least a header, SPI and number 8, vector 8, trailer 2, check value 16; in transport mode less.</summary>
    private const int LeastTunnelBytes = Ipv6Header.SizeBytes + 34;

    [ThreadStatic]
    private static byte[]? _buffer;

    public MessageForms Forms => forms;

    public KeyRing Keys => keys;

    public NetworkPlan Plan => plan;

    public Address HomeAddressOf(NodeId mobile) => Address.On(plan.Mobiles[mobile.Index - plan.WiredCount].HomeAgent, mobile);

    /// <summary>
    /// Who ends the protection that a node gives to a packet: whom it is for; but data is protected on the link and between routers:
    /// as far as the router of the link that it leaves or is redirected to.
    /// </summary>
    public static NodeId PeerOf(NodeId sender, Packet packet) => packet.Message.Data switch
    {
        null => packet.Destination.Host,
        { Direction: DataDirection.Up } when packet.Source.Host == sender && packet.Source.PrefixOwner != sender => packet.Source.PrefixOwner,
        _ => packet.Destination.PrefixOwner != sender ? packet.Destination.PrefixOwner : packet.Destination.Host,
    };

    /// <summary>The bytes of a packet that a node sends; with ESP, each time others.</summary>
    /// <param name="inner">The bytes of a packet inside this one; by default they are made here.</param>
    public byte[] Encode(NodeId sender, Packet packet, SimTime now, Func<Packet, byte[]>? inner = null)
    {
        if (packet.Message is WireMessage known)
            return known.Bytes;
        var clear = Clear(sender, packet, now, inner);
        return packet.EspBytes == 0 ? clear : Protect(sender, packet, clear);
    }

    /// <summary>
    /// What a node makes of bytes.
    /// </summary>
    /// <param name="packet">That brings them, with its addresses.</param>
    /// <param name="decoded">The packet with its message; with any verdict but <see cref="WireVerdict.Accepted"/> the one that was given.</param>
    public WireVerdict Decode(NodeId receiver, Packet packet, SimTime now, out Packet decoded)
    {
        decoded = packet;
        var (bytes, origin, _) = (WireMessage)packet.Message;
        if (!Ipv6Packet.Read(bytes).TryGet(out var parsed) || parsed.Header.Source != packet.Source || parsed.Header.Destination != packet.Destination)
            return WireVerdict.Malformed;
        return parsed.Protocol == IpProtocol.Esp
            ? Open(receiver, packet, bytes, parsed, origin, now, out decoded)
            : Read(receiver, packet, bytes, bytes.Length, origin, now, out decoded);
    }

    /// <summary>
    /// A packet in a tunnel, as the end of the tunnel finds it: bytes where it is for somebody else; null for one that is none, or
    /// whose damaged addresses would lead it nowhere.
    /// </summary>
    internal Packet? DecodeInner(FormScope scope, ReadOnlySpan<byte> bytes, Packet? measured)
    {
        if (!Ipv6Packet.Read(bytes).TryGet(out var parsed)
            || (measured is not null && (parsed.Header.Source != measured.Source || parsed.Header.Destination != measured.Destination)))
            return null;
        var origin = measured?.Message is WireMessage known ? known.Origin : measured?.Message ?? new NoMessage();
        var inner = new Packet(
            parsed.Header.Source, parsed.Header.Destination, new WireMessage(bytes.ToArray(), origin), measured?.Handover ?? scope.Packet.Handover);
        return Decode(scope.Node, inner, scope.Now, out var decoded) is WireVerdict.Accepted or WireVerdict.NotForUs ? decoded : null;
    }

    private byte[] Clear(NodeId sender, Packet packet, SimTime now, Func<Packet, byte[]>? inner)
    {
        var form = forms.Of(packet.Message);
        var buffer = Interlocked.Exchange(ref _buffer, null) ?? new byte[LargestBytes];
        var writer = new Ipv6PacketWriter(buffer, new Ipv6Header(packet.Source, packet.Destination, form?.HopLimit ?? 64));
        if (form is null)
            Formless.Write(packet.Message, ref writer);
        else
            form.WriteAny(packet.Message, new FormScope(this, packet, sender, now) { Inner = inner }, ref writer);
        var bytes = writer.Finish().ToArray();
        _buffer = buffer;
        return bytes;
    }

    private byte[] Protect(NodeId sender, Packet packet, byte[] clear)
    {
        if (!Ipv6Packet.Read(clear).TryGet(out var parsed))
            throw new InvalidOperationException($"the bytes of {packet.Message.Name} are no packet");
        var isWhole = packet.EspBytes >= LeastTunnelBytes;
        var content = isWhole ? clear : parsed.Payload;
        var next = isWhole ? IpProtocol.Ipv6 : parsed.Protocol;
        var mode = next == IpProtocol.Ipv6 ? EncapsulationMode.Tunnel : EncapsulationMode.Transport;
        var association = keys.AssociationOf(sender, PeerOf(sender, packet), mode);
        var esp = new byte[association.Association.Suite.Format.PacketBytes(content.Length)];
        association.Sender.Protect(content, (byte)next, esp);
        if (!isWhole)
            return WithPayload(clear, parsed, IpProtocol.Esp, esp);
        var writer = new Ipv6PacketWriter(new byte[Ipv6Header.SizeBytes + esp.Length], new Ipv6Header(packet.Source, packet.Destination));
        writer.Add(IpProtocol.Esp, esp);
        return writer.Finish().ToArray();
    }

    /// <summary>The headers of a packet, with another payload.</summary>
    private static byte[] WithPayload(ReadOnlySpan<byte> bytes, Ipv6Packet parsed, IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        var headersBytes = parsed.PayloadOffsetBytes;
        byte[] changed = [.. bytes[..headersBytes], .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(Ipv6Header.PayloadLengthOffset), (ushort)(changed.Length - Ipv6Header.SizeBytes));
        changed[headersBytes == Ipv6Header.SizeBytes ? Ipv6Header.NextHeaderOffset : headersBytes - ExtensionHeaderBytes] = (byte)protocol;
        return changed;
    }

    private WireVerdict Open(
        NodeId receiver, Packet packet, ReadOnlySpan<byte> bytes, Ipv6Packet parsed, Message origin, SimTime now, out Packet decoded)
    {
        decoded = packet;
        if (!EspPacket.ReadSpi(parsed.Payload).TryGet(out var spi))
            return WireVerdict.Malformed;
        var associations = keys.AssociationsTo(receiver, spi);
        if (associations.IsEmpty)
            return packet.Destination.Host == receiver ? WireVerdict.Forged : WireVerdict.NotForUs;
        var content = new byte[parsed.Payload.Length];
        var (verdict, length, next) = (WireVerdict.Forged, 0, (byte)0);
        for (var i = 0; i < associations.Length && verdict == WireVerdict.Forged; i++)
        {
            // A number that was altered may be one seen before, or not, by what else has come: that must not tell how it is counted.
            verdict = associations[i].Receiver.Open(parsed.Payload, content, out length, out next) switch
            {
                EspVerdict.Accepted => WireVerdict.Accepted,
                EspVerdict.Replayed when associations[i].Receiver.IsAuthentic(parsed.Payload) => WireVerdict.Replayed,
                _ => WireVerdict.Forged,
            };
        }

        if (verdict != WireVerdict.Accepted)
            return verdict;
        var data = content.AsSpan(0, length);
        if (next == (byte)IpProtocol.Ipv6 && Ipv6Packet.Read(data).TryGet(out var whole)
            && whole.Header.Source == packet.Source && whole.Header.Destination == packet.Destination)
            return Read(receiver, packet, data, bytes.Length, origin, now, out decoded);
        return Read(receiver, packet, WithPayload(bytes, parsed, (IpProtocol)next, data), bytes.Length, origin, now, out decoded);
    }

    private WireVerdict Read(
        NodeId receiver, Packet packet, ReadOnlySpan<byte> clear, int sizeBytes, Message origin, SimTime now, out Packet decoded)
    {
        decoded = packet;
        if (!Ipv6Packet.Read(clear).TryGet(out var parsed))
            return WireVerdict.Malformed;
        Message? message = null;
        if (Formless.Is(parsed) && forms.Of(origin) is null && origin is not NoMessage)
        {
            message = origin;
        }
        else
        {
            var scope = new FormScope(this, packet, receiver, now) { Measured = origin };
            foreach (var form in forms.For(parsed))
            {
                message = form.ReadAny(parsed, scope);
                if (message is not null)
                    break;
            }
        }

        if (message is null || message.SizeBytes != clear.Length - Ipv6Header.SizeBytes)
            return WireVerdict.Malformed;
        decoded = new Packet(packet.Source, packet.Destination, message, packet.Handover, sizeBytes - clear.Length);
        return WireVerdict.Accepted;
    }

    /// <summary>What was measured of bytes that nobody here has sent: nothing.</summary>
    internal sealed record NoMessage : Message
    {
        public override int SizeBytes => 0;
    }
}
