using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;

namespace Actors.Network.Forms;

/// <summary>Where the bytes of a message begin: what a packet carries, and of which kind. One key may have several forms.</summary>
/// <param name="Kind">Type of a mobility header, type of an ICMPv6 message, destination port; 0 where the protocol has only one.</param>
/// <param name="Subtype">Of ICMPv6 type 154; code of the types for experiments, which tells them apart.</param>
public readonly record struct FormKey(IpProtocol Protocol, int Kind = 0, byte Subtype = 0)
{
    /// <summary>ICMPv6 type for private experimentation (RFC 4443 section 2.1) of requests, and of all that have no other.</summary>
    public const byte Experiment = 200;

    /// <summary>The other type for private experimentation, of answers.</summary>
    public const byte ExperimentalAnswer = 201;

    public static FormKey Mobility(MobilityType type) => new(IpProtocol.Mobility, (int)type);

    public static FormKey Neighbor(Icmpv6Type type, byte subtype = 0) => new(IpProtocol.Icmpv6, (int)type, subtype);

    /// <summary>The key of a packet that has arrived; null for one that no form can have.</summary>
    public static FormKey? Of(Ipv6Packet packet)
    {
        var payload = packet.Payload;
        return packet.Protocol switch
        {
            IpProtocol.Mobility when payload.Length > 2 => new FormKey(IpProtocol.Mobility, payload[2]),
            IpProtocol.Icmpv6 when payload.Length > 4 && payload[0] == (byte)Icmpv6Type.ExperimentalMobility => new FormKey(IpProtocol.Icmpv6, payload[0], payload[4]),
            IpProtocol.Icmpv6 when payload.Length > 1 && payload[0] is Experiment or ExperimentalAnswer => new FormKey(IpProtocol.Icmpv6, payload[0], payload[1]),
            IpProtocol.Icmpv6 when payload.Length > 1 => new FormKey(IpProtocol.Icmpv6, payload[0]),
            IpProtocol.Udp when payload.Length > 3 => new FormKey(IpProtocol.Udp, payload[2] << 8 | payload[3]),
            IpProtocol.Sctp => new FormKey(IpProtocol.Sctp),
            IpProtocol.Ipv6 => new FormKey(IpProtocol.Ipv6),
            _ => null,
        };
    }
}

/// <summary>
/// The bytes of one type of message, beside the message in its protocol's folder. Stateless, with a public parameterless
/// constructor, by which <see cref="MessageForms"/> finds it.
/// </summary>
public abstract class MessageForm
{
    public abstract Type Message { get; }

    public abstract IReadOnlyList<FormKey> Keys { get; }

    /// <summary>Of the packet: 255 for neighbor discovery, which must come from the same link (RFC 4861 section 4).</summary>
    public virtual byte HopLimit => 64;

    internal abstract void WriteAny(Message message, FormScope scope, ref Ipv6PacketWriter writer);

    internal abstract Message? ReadAny(Ipv6Packet packet, FormScope scope);
}

/// <summary>The form of a message of this type.</summary>
public abstract class MessageForm<T> : MessageForm
    where T : Message
{
    public sealed override Type Message => typeof(T);

    /// <summary>Adds extension headers and payload to a packet whose fixed header is written; as many bytes as the message counts.</summary>
    public abstract void Write(T message, FormScope scope, ref Ipv6PacketWriter writer);

    /// <summary>The message; null for one of another form, or when what must hold of it (checksum, shape) does not.</summary>
    public abstract T? Read(Ipv6Packet packet, FormScope scope);

    internal sealed override void WriteAny(Message message, FormScope scope, ref Ipv6PacketWriter writer) => Write((T)message, scope, ref writer);

    internal sealed override Message? ReadAny(Ipv6Packet packet, FormScope scope) => Read(packet, scope);
}

/// <summary>A form of neighbor discovery: hop limit 255.</summary>
public abstract class NeighborDiscoveryForm<T> : MessageForm<T>
    where T : Message
{
    public override byte HopLimit => byte.MaxValue;
}
