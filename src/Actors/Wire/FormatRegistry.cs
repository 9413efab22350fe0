using System.Collections.Immutable;
using Actors.Wire.Diameter;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;

namespace Actors.Wire;

/// <summary>
/// Which forms a reader of any packet knows, by name: a capture's comments and an attacker need it, a role that expects a
/// message does not. A scheme adds its own messages and options to <see cref="Standard"/> and edits nothing here.
/// </summary>
public sealed partial class FormatRegistry
{
    private static readonly FormatRegistry Empty = new([], [], [], []);

    private readonly ImmutableDictionary<int, Message> _neighborDiscovery;
    private readonly ImmutableDictionary<int, Message> _mobility;
    private readonly ImmutableDictionary<int, NeighborDiscoveryCheck> _neighborDiscoveryOptions;
    private readonly ImmutableDictionary<int, MobilityCheck> _mobilityOptions;

    private FormatRegistry(
        ImmutableDictionary<int, Message> neighborDiscovery,
        ImmutableDictionary<int, Message> mobility,
        ImmutableDictionary<int, NeighborDiscoveryCheck> neighborDiscoveryOptions,
        ImmutableDictionary<int, MobilityCheck> mobilityOptions)
    {
        _neighborDiscovery = neighborDiscovery;
        _mobility = mobility;
        _neighborDiscoveryOptions = neighborDiscoveryOptions;
        _mobilityOptions = mobilityOptions;
    }

    private delegate ParseError PacketCheck(FormatRegistry registry, Ipv6Packet packet);

    private delegate ParseError NeighborDiscoveryCheck(NeighborDiscoveryOption option);

    private delegate ParseError MobilityCheck(MobilityOption option);

    /// <summary>This registry and a message; one that it has already throws <see cref="ArgumentException"/>.</summary>
    /// <param name="name">As traces show it.</param>
    public FormatRegistry WithNeighborDiscovery<T>(string name)
        where T : INeighborDiscoveryMessage<T>, allows ref struct => new(
            Added(_neighborDiscovery, Key(T.Type, T.Subtype), new Message(name, static (all, packet) => all.CheckNeighborDiscovery<T>(packet))),
            _mobility,
            _neighborDiscoveryOptions,
            _mobilityOptions);

    /// <inheritdoc cref="WithNeighborDiscovery"/>
    public FormatRegistry WithMobility<T>(string name)
        where T : IMobilityMessage<T>, allows ref struct => new(
            _neighborDiscovery,
            Added(_mobility, (int)T.Type, new Message(name, static (registry, packet) => registry.CheckMobility<T>(packet))),
            _neighborDiscoveryOptions,
            _mobilityOptions);

    /// <summary>This registry and an option; one that it has already throws <see cref="ArgumentException"/>.</summary>
    public FormatRegistry WithNeighborDiscoveryOption<T>()
        where T : INeighborDiscoveryOption<T>, allows ref struct =>
        new(_neighborDiscovery, _mobility, Added(_neighborDiscoveryOptions, T.Type, static option => option.Read<T>().Error), _mobilityOptions);

    /// <inheritdoc cref="WithNeighborDiscoveryOption"/>
    public FormatRegistry WithMobilityOption<T>()
        where T : IMobilityOption<T>, allows ref struct =>
        new(_neighborDiscovery, _mobility, _neighborDiscoveryOptions, Added(_mobilityOptions, T.Type, static option => option.Read<T>().Error));

    /// <summary>The name of the message that a packet carries; null for one that is not known.</summary>
    public string? NameOf(Ipv6Packet packet) => Find(packet)?.Name;

    /// <summary>Reads all that is known of a packet, in tunnels too; what is encrypted or unknown is passed over.</summary>
    /// <returns>The first error; none when all is sound.</returns>
    public ParseError Check(ReadOnlySpan<byte> bytes)
    {
        for (var origin = 0; ;)
        {
            if (!Ipv6Packet.Read(bytes, origin).TryGet(out var packet, out var error))
                return error;
            if (packet.Protocol != IpProtocol.Ipv6)
                return CheckPayload(packet);
            bytes = packet.Payload;
            origin = packet.PayloadOffsetBytes;
        }
    }

    private static ImmutableDictionary<int, T> Added<T>(ImmutableDictionary<int, T> entries, int type, T entry) => entries.ContainsKey(type)
        ? throw new ArgumentException($"Type {type} is taken: give the message or option another one.")
        : entries.Add(type, entry);

    private static int Key(Icmpv6Type type, byte subtype) => (int)type << 8 | subtype;

    private static ParseError CheckUdp(Ipv6Packet packet)
    {
        if (!packet.ReadUdp().TryGet(out var datagram, out var error))
            return error;
        if (datagram.DestinationPort != UdpDatagram.Ikev2Port)
            return default;
        return Ikev2Message.Read(datagram.Data, datagram.DataOffsetBytes).TryGet(out var message, out error) ? message.Payloads.Check() : error;
    }

    private static ParseError CheckSctp(Ipv6Packet packet)
    {
        if (!packet.ReadSctp().TryGet(out var chunk, out var error))
            return error;
        return chunk.Protocol == SctpData.DiameterProtocol
            ? DiameterMessage.Read(chunk.Data, packet.PayloadOffsetBytes + SctpData.HeaderBytes).Error
            : default;
    }

    private ParseError CheckPayload(Ipv6Packet packet) => packet.Protocol switch
    {
        IpProtocol.Udp => CheckUdp(packet),
        IpProtocol.Sctp => CheckSctp(packet),
        IpProtocol.Esp => Esp.EspPacket.ReadSpi(packet.Payload, packet.PayloadOffsetBytes).Error,
        _ => Find(packet)?.Check(this, packet) ?? default,
    };

    private Message? Find(Ipv6Packet packet)
    {
        if (packet.ReadMobilityType().TryGet(out var mobilityType))
            return _mobility.GetValueOrDefault((int)mobilityType);
        if (packet.ReadExperimentalMobilitySubtype().TryGet(out var subtype))
            return _neighborDiscovery.GetValueOrDefault(Key(Icmpv6Type.ExperimentalMobility, subtype));
        return packet.ReadIcmpv6Type().TryGet(out var type) ? _neighborDiscovery.GetValueOrDefault(Key(type, 0)) : null;
    }

    private ParseError CheckNeighborDiscovery<T>(Ipv6Packet packet)
        where T : INeighborDiscoveryMessage<T>, allows ref struct
    {
        if (!packet.ReadNeighborDiscovery<T>().TryGet(out var message, out var error))
            return error;
        foreach (var option in message.Options)
        {
            if (_neighborDiscoveryOptions.TryGetValue(option.Type, out var check) && check(option) is { Fault: not ParseFault.None } wrong)
                return wrong;
        }
        return default;
    }

    private ParseError CheckMobility<T>(Ipv6Packet packet)
        where T : IMobilityMessage<T>, allows ref struct
    {
        if (!packet.ReadMobility<T>().TryGet(out var message, out var error))
            return error;
        foreach (var option in message.Options)
        {
            if (_mobilityOptions.TryGetValue(option.Type, out var check) && check(option) is { Fault: not ParseFault.None } wrong)
                return wrong;
        }
        return default;
    }

    private sealed record Message(string Name, PacketCheck Check);
}
