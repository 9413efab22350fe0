using Actors.Wire.Ipv6;
using Actors.Wire.Transport;
using Topology.Plans;

namespace Actors.Network.Forms;

/// <summary>
/// RTP over UDP (RFC 3550 section 5.1): the timestamp counts 160 for each packet, the source is the stream's mobile node, and
/// its correspondent with the highest bit set.
/// </summary>
public sealed class DataPacketForm : MessageForm<DataPacket>
{
    private const ushort Port = 5004;
    private const ushort FirstOctets = 0x8060;
    private const int RtpBytes = 12;
    private const uint TimestampStep = 160;
    private const uint Downlink = 1U << 31;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Udp, Port)];

    public override void Write(DataPacket message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        if (message is { IsRouteOptimised: true, Direction: DataDirection.Up })
            writer.AddHomeAddress(scope.HomeAddressOf(message.Mobile));
        else if (message.IsRouteOptimised)
            writer.AddRoutingHeader(scope.HomeAddressOf(message.Mobile));
        writer.BeginUdp(Port, Port);
        ref var body = ref writer.Body;
        body.UInt16(FirstOctets);
        body.UInt16((ushort)message.Sequence);
        body.UInt32((uint)message.Sequence * TimestampStep);
        body.UInt32((uint)message.Mobile.Index | (message.Direction == DataDirection.Down ? Downlink : 0));
        body.Zeros(message.PayloadBytes);
    }

    public override DataPacket? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadUdp().TryGet(out var datagram) || datagram.Data.Length < RtpBytes)
            return null;
        var rtp = datagram.Data;
        var sequence = (int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(rtp[4..]) / TimestampStep);
        var source = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(rtp[8..]);
        var measured = scope.Measured as DataPacket;
        return new DataPacket(new NodeId((int)(source & ~Downlink)), sequence, measured?.SentAt ?? default, rtp.Length - RtpBytes)
        {
            Direction = (source & Downlink) != 0 ? DataDirection.Down : DataDirection.Up,
            IsRouteOptimised = packet.RoutedTo is not null || packet.HomeAddress is not null,
            Path = measured?.Path ?? DataPath.None,
        };
    }
}
