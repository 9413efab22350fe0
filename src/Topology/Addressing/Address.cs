using Topology.Plans;

namespace Topology.Addressing;

/// <summary>
/// An IPv6 address. Every node owns the /64 prefix 2001:db8:nnnn:nnnn:: of its index (RFC 3849 documentation prefix), so
/// that routing is an array look-up; a mobile node keeps its interface identifier and takes the prefix of the router
/// (care-of address) or home agent (home address) it is reached through.
/// </summary>
public readonly record struct Address(ulong Prefix, ulong InterfaceId)
{
    private const ulong Documentation = 0x20010DB8UL << 32;

    /// <summary>The address of <paramref name="host"/> on the link of <paramref name="owner"/>.</summary>
    public static Address On(NodeId owner, NodeId host) => new(Documentation | (uint)owner.Index, (ulong)host.Index + 1);

    /// <summary>A fixed node's own address.</summary>
    public static Address Of(NodeId node) => On(node, node);

    /// <summary>The node whose prefix this is.</summary>
    public NodeId PrefixOwner => new((int)(uint)Prefix);

    /// <summary>The node whose interface this is.</summary>
    public NodeId Host => new((int)(InterfaceId - 1));

    /// <summary>The 16 bytes in network order.</summary>
    public void CopyTo(Span<byte> destination)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(destination, Prefix);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(destination[8..], InterfaceId);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return new System.Net.IPAddress(bytes).ToString();
    }
}
