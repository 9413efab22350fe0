namespace Actors.Wire.Ipv6;

/// <summary>What a header says that the next one is (IANA protocol numbers).</summary>
public enum IpProtocol : byte
{
    HopByHopOptions = 0,
    Udp = 17,

    /// <summary>A packet in a tunnel (RFC 2473).</summary>
    Ipv6 = 41,
    Routing = 43,
    Fragment = 44,
    Esp = 50,
    Icmpv6 = 58,
    NoNextHeader = 59,
    DestinationOptions = 60,
    Sctp = 132,

    /// <summary>Mobility header (RFC 6275 section 6.1).</summary>
    Mobility = 135,
}
