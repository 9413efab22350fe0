namespace Actors.Wire.Icmpv6;

/// <summary>Type of an ICMPv6 message (RFC 4861 section 4; RFC 5568 section 6.1).</summary>
public enum Icmpv6Type : byte
{
    RouterSolicitation = 133,
    RouterAdvertisement = 134,
    NeighborSolicitation = 135,
    NeighborAdvertisement = 136,

    /// <summary>Told apart by a subtype: RtSolPr and PrRtAdv.</summary>
    ExperimentalMobility = 154,
}

/// <summary>
/// The fields of a neighbor discovery message before its options: the code, two bytes of checksum which the packet fills in
/// and checks, then the rest. A scheme may bring its own.
/// </summary>
public interface INeighborDiscoveryMessage<TSelf> : IWireFormat<TSelf>
    where TSelf : INeighborDiscoveryMessage<TSelf>, allows ref struct
{
    static abstract Icmpv6Type Type { get; }

    /// <summary>The byte after the checksum, of <see cref="Icmpv6Type.ExperimentalMobility"/>; 0 for a type that has none.</summary>
    static virtual byte Subtype => 0;
}

/// <summary>
/// The content of a neighbor discovery option, what follows type and length (RFC 4861 section 4.6). A scheme brings its own
/// by implementing this. Padding to 8 bytes goes by itself; a content that takes the rest reads it too.
/// </summary>
public interface INeighborDiscoveryOption<TSelf> : IWireFormat<TSelf>
    where TSelf : INeighborDiscoveryOption<TSelf>, allows ref struct
{
    static abstract byte Type { get; }
}
