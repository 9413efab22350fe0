using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Placement.Bytes;

/// <summary>A packet: what it was made from. Its size and pieces follow from that. Whether it is lent is said elsewhere.</summary>
internal static class PacketBytes
{
    public static void Write(EventWriter writer, Packet packet)
    {
        Form<Address>.Write(writer, packet.Source);
        Form<Address>.Write(writer, packet.Destination);
        writer.Signed(packet.Handover.Mobile.Index);
        writer.Signed(packet.Handover.Number);
        writer.Unsigned((uint)packet.EspBytes);
        Form<Message>.Write(writer, packet.Message);
    }

    public static Packet Read(EventReader reader) => Read(reader, null);

    /// <param name="pool">Of which the packet is to be lent; null for one that never changes.</param>
    public static Packet Read(EventReader reader, PacketPool? pool)
    {
        var (source, destination) = (Form<Address>.Read(reader), Form<Address>.Read(reader));
        var handover = new HandoverKey(new NodeId(Form<int>.Read(reader)), Form<int>.Read(reader));
        var esp = reader.Unsigned();
        if (esp > ushort.MaxValue)
            throw reader.Bad("more bytes of ESP than a packet holds");
        var message = Form<Message>.Read(reader);
        try
        {
            return pool?.Lend(source, destination, message, handover, (int)esp) ?? new Packet(source, destination, message, handover, (int)esp);
        }
        catch (Exception cause)
        {
            // Its size is worked out of what it holds, which no scheme would put together so.
            throw reader.Bad($"a {message.Name} without a size ({cause.Message})");
        }
    }
}
