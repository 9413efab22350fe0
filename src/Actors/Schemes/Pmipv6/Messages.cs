using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Pmipv6;

/// <summary>
/// Proxy Binding Update (RFC 5213 section 8.1; mobility header type 5, flags A and P): a gateway registers a mobile node's
/// attachment with its anchor.
/// </summary>
/// <param name="MobileNode">Of the Mobile Node Identifier option.</param>
/// <param name="HomeNetworkPrefix">The prefix that the node keeps; the anchor owns it.</param>
/// <param name="LifetimeUnits">Of 4 s; 0 ends the binding.</param>
/// <param name="Timestamp">When it was sent: the order of updates of different gateways (RFC 5213 section 5.5).</param>
public sealed record ProxyBindingUpdate(
    NodeId MobileNode, Address HomeNetworkPrefix, ushort Sequence, ushort LifetimeUnits, HandoffIndicator Indicator, SimTime Timestamp)
    : Message, IRefusable
{
    /// <summary>
    /// Mobility header 6 + sequence 2 + flags 2 + lifetime 2; Mobile Node Identifier (RFC 4283) with an NAI of 24 octets 27,
    /// padding 5, Home Network Prefix 20, Handoff Indicator 4, Access Technology Type 4, padding 2, Timestamp 10, padding 4.
    /// </summary>
    public const int HeaderBytes = 88;

    public override int SizeBytes => HeaderBytes;

    public override string Name => "PBU";

    public Packet Refused(Packet request, byte status) => new(
        request.Destination,
        request.Source,
        new ProxyBindingAcknowledgement(MobileNode, (ProxyBindingStatus)status, HomeNetworkPrefix, Sequence, 0, Timestamp),
        request.Handover,
        request.EspBytes);
}

/// <summary>
/// Router Advertisement (RFC 4861 section 4.2) that shows a mobile node its own prefix, as the link of its home would (RFC
/// 5213 section 6.7).
/// </summary>
/// <param name="UpdateSentAt">When the gateway sent its update, and</param>
/// <param name="RegisteredAt">when it had the anchor's acknowledgement: for the measurement, no bytes on the wire.</param>
public sealed record HomeLinkAdvertisement(Address HomeNetworkPrefix, SimTime? UpdateSentAt, SimTime? RegisteredAt) : Message
{
    /// <summary>Header 16, source link-layer address option 8, prefix information option 32.</summary>
    public override int SizeBytes => 56;

    public override string Name => "RA";
}

/// <summary>Value of the Handoff Indicator option (RFC 5213 section 8.4), whose name is the RFC's.</summary>
public enum HandoffIndicator : byte
{
    /// <summary>Between gateways, for the same interface of the node.</summary>
    BetweenGateways = 3,

    /// <summary>The gateway does not know.</summary>
    Unknown = 4,
}

/// <summary>Proxy Binding Acknowledgement (RFC 5213 section 8.2; mobility header type 6, flag P); the options of the update come back.</summary>
/// <param name="Timestamp">Of the update, or with a status about timestamps the anchor's own.</param>
public sealed record ProxyBindingAcknowledgement(
    NodeId MobileNode, ProxyBindingStatus Status, Address HomeNetworkPrefix, ushort Sequence, ushort LifetimeUnits, SimTime Timestamp)
    : Message
{
    /// <summary>As the update, with status 1 and flags 1 in the place of its flags.</summary>
    public override int SizeBytes => ProxyBindingUpdate.HeaderBytes;

    public override string Name => "PBA";
}

/// <summary>Status of a proxy binding acknowledgement; 128 and above is a refusal (RFC 5213 section 8.9), with the values of RFC 6275 besides.</summary>
public enum ProxyBindingStatus : byte
{
    Accepted = 0,
    NotAnchorForThisMobileNode = 153,
    TimestampLowerThanAccepted = 157,
}
