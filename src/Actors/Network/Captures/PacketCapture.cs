using System.Globalization;
using Actors.Kernel;
using Actors.Network.Forms;
using Actors.Observation;
using Actors.Security;
using Actors.Wire.Captures;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Network.Captures;

/// <summary>A packet on a link.</summary>
/// <param name="Link">`from>to`, as an experiment names it.</param>
public sealed record CapturedPacket(SimTime At, string Link, byte[] Bytes, string Comment);

/// <summary>
/// Takes down the bytes of every packet on each link that it crosses, of a simulation of one partition. In model mode it makes
/// the bytes; the keys are those of a codec of its own.
/// </summary>
/// <param name="codec">For this run alone: each packet under ESP takes a sequence number.</param>
public sealed class PacketCapture(PacketCodec codec) : INetworkObserver
{
    private readonly Dictionary<Packet, Sent> _sent = new(ReferenceEqualityComparer.Instance);
    private readonly List<CapturedPacket> _packets = [];
    private readonly List<CapturedPacket> _chains = [];

    /// <summary>In the order in which they were sent.</summary>
    public IReadOnlyList<CapturedPacket> Packets => _packets;

    /// <summary>
    /// The chains of IKEv2 payloads that other messages carry, each as the message of UDP 500 that it would be: a dissector reads
    /// SA, KE, CERT and AUTH of these, where it sees only bytes in an experimental option.
    /// </summary>
    public IReadOnlyList<CapturedPacket> Chains => _chains;

    void INetworkObserver.Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet)
    {
        var bytes = BytesOf(node, packet, at);
        var plan = codec.Plan;
        var link = $"{plan[node].Name}>{plan[nextHop].Name}";
        _packets.Add(new CapturedPacket(at, link, bytes, Comment(packet)));
        foreach (var chain in CarriedChains.In(codec, node, packet, at))
            _chains.Add(new CapturedPacket(at, link, chain, Comment(packet)));
    }

    /// <summary>Writes packets as pcapng: an interface for each link that any of them crosses, the names of all nodes, a comment for each packet.</summary>
    public static void Write(Stream output, NetworkPlan plan, IReadOnlyList<CapturedPacket> packets)
    {
        var writer = new PcapngWriter(output, "handover");
        var links = new Dictionary<string, int>();
        foreach (var link in packets.Select(packet => packet.Link).Distinct().Order(StringComparer.Ordinal))
            links[link] = writer.AddInterface(link);
        writer.AddNames(NamesOf(plan, packets));
        foreach (var packet in packets.OrderBy(packet => packet.At))
            writer.Write(links[packet.Link], packet.At.Ticks, packet.Bytes, packet.Comment);
    }

    void INetworkObserver.Received(SimTime at, NodeId node, Packet packet)
    {
    }

    void INetworkObserver.Lost(SimTime at, NodeId node, Packet packet)
    {
    }

    void INetworkObserver.Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost)
    {
    }

    void INetworkObserver.TimerExpired(SimTime at, NodeId node, ProtocolTimer timer)
    {
    }

    void INetworkObserver.Marked(SimTime at, NodeId node, Mark mark)
    {
    }

    void INetworkObserver.Completed(SimTime at, HandoverKey handover, Outcome outcome)
    {
    }

    /// <summary>Addresses of the nodes, and of all whose addresses appear: `mn`, and `mn@nar` on the link of that router.</summary>
    private static IEnumerable<(Address, string)> NamesOf(NetworkPlan plan, IReadOnlyList<CapturedPacket> packets)
    {
        var seen = new HashSet<Address>();
        foreach (var packet in packets)
        {
            for (ReadOnlySpan<byte> bytes = packet.Bytes; Ipv6Packet.Read(bytes).TryGet(out var parsed); bytes = parsed.Payload)
            {
                foreach (var address in (Address?[])[parsed.Header.Source, parsed.Header.Destination, parsed.HomeAddress, parsed.RoutedTo])
                {
                    if (address is { } known)
                        seen.Add(known);
                }

                if (parsed.Protocol != IpProtocol.Ipv6)
                    break;
            }
        }

        return seen.Where(address => IsNode(address.Host) && IsNode(address.PrefixOwner))
            .OrderBy(address => address.Prefix).ThenBy(address => address.InterfaceId)
            .Select(address => (address, address.Host == address.PrefixOwner ? plan[address.Host].Name : $"{plan[address.Host].Name}.{plan[address.PrefixOwner].Name}"));

        bool IsNode(NodeId id) => id.Index >= 0 && id.Index < plan.Nodes.Count;
    }

    private string Comment(Packet packet)
    {
        var handover = packet.Handover.Number == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", handover {packet.Handover.Number} of {codec.Plan[packet.Handover.Mobile].Name}");
        return packet.Message.Name + (packet.EspBytes > 0 ? ", protected" : "") + handover;
    }

    /// <summary>
    /// Who sends a packet object again makes its bytes anew, which matters under ESP; who passes it on, passes on its bytes,
    /// unless its own association with the next node takes over from the one by which it came.
    /// </summary>
    private byte[] BytesOf(NodeId node, Packet packet, SimTime at)
    {
        if (_sent.TryGetValue(packet, out var known) && known.Sender != node && known.Peer != node)
            return known.Bytes;
        var bytes = codec.Encode(node, packet, at, inner => BytesOf(node, inner, at));
        _sent[packet] = new Sent(node, packet.EspBytes > 0 ? PacketCodec.PeerOf(node, packet) : null, bytes);
        return bytes;
    }

    private sealed record Sent(NodeId Sender, NodeId? Peer, byte[] Bytes);
}
