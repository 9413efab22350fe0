using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6;

/// <summary>An option that a scheme built on fast handovers adds to their messages.</summary>
public abstract record MessageExtension
{
    /// <summary>Bytes that it adds to RtSolPr, PrRtAdv and UNA, as neighbor discovery options; 0 for one that they never carry.</summary>
    public virtual int NeighborDiscoveryBytes => 0;

    /// <summary>Bytes of the IKEv2 payloads in it, without what carries them; 0 for one that has none.</summary>
    public virtual int ChainBytes => 0;

    /// <summary>Bytes that it adds to HI, HAck, FBU and FBack, as mobility options; 0 for one that they never carry.</summary>
    public virtual int MobilityBytes => 0;

    /// <summary><see cref="Message.Parts"/> of a neighbor discovery message with it.</summary>
    /// <param name="otherBytes">Of the message without it.</param>
    public virtual IReadOnlyList<int>? NeighborDiscoveryParts(int otherBytes) => null;

    /// <summary><see cref="Message.Parts"/> of a message of the mobility header with it.</summary>
    /// <param name="otherBytes">Of the message without it.</param>
    public virtual IReadOnlyList<int>? MobilityParts(int otherBytes) => null;
}

/// <summary>Router Solicitation for Proxy Advertisement (RFC 5568 section 6.1.1; ICMPv6 154, subtype 2).</summary>
public sealed record ProxyRouterSolicitation(ushort Identifier, NodeId NewAccessPoint, MessageExtension? Extension = null) : Message, IRateLimited
{
    /// <summary>Header 8, source link-layer address 16, new access point's link-layer address 16.</summary>
    public override int SizeBytes => 40 + (Extension?.NeighborDiscoveryBytes ?? 0);

    public override IReadOnlyList<int>? Parts => Extension?.NeighborDiscoveryParts(SizeBytes - Extension.NeighborDiscoveryBytes);

    public override string Name => "RtSolPr";

    /// <summary>MAX_RTSOLPR_RATE: 3 in a second.</summary>
    public TimeSpan LeastInterval => TimeSpan.FromSeconds(1) / 3;
}

/// <summary>Proxy Router Advertisement (RFC 5568 section 6.1.2; ICMPv6 154, subtype 3).</summary>
/// <param name="Identifier">Of the solicitation.</param>
/// <param name="NewRouter">Address, and prefix, of the router that owns the access point; null with <see cref="ProxyCode.NoInformation"/>.</param>
/// <param name="NewCareOfAddress">Where the new router assigns one.</param>
public sealed record ProxyRouterAdvertisement(
    ushort Identifier,
    ProxyCode Code,
    NodeId NewAccessPoint,
    Address? NewRouter,
    Address? NewCareOfAddress = null,
    MessageExtension? Extension = null) : Message
{
    /// <summary>
    /// Header 8, link-layer addresses of sender, access point and new router 48, new router's address 24, then its prefix or
    /// the care-of address 24; without information 8, sender and access point 32.
    /// </summary>
    public override int SizeBytes => (NewRouter is null ? 40 : 104) + (Extension?.NeighborDiscoveryBytes ?? 0);

    public override IReadOnlyList<int>? Parts => Extension?.NeighborDiscoveryParts(SizeBytes - Extension.NeighborDiscoveryBytes);

    public override string Name => "PrRtAdv";
}

/// <summary>Code of a proxy router advertisement (RFC 5568 section 6.1.2).</summary>
public enum ProxyCode : byte
{
    /// <summary>The router of the access point is named.</summary>
    Information = 0,

    /// <summary>Nothing is known of the access point, or its router refuses.</summary>
    NoInformation = 2,
}

/// <summary>Handover Initiate (RFC 5568 section 6.2.1.1; mobility header type 14), U flag set: the new router is to buffer.</summary>
/// <param name="AssignsAddress">S flag: the new router shall assign the new care-of address.</param>
/// <param name="NewCareOfAddress">The one the mobile node proposes; null with the S flag.</param>
public sealed record HandoverInitiate(
    ushort Sequence, bool AssignsAddress, Address PreviousCareOfAddress, Address? NewCareOfAddress, MessageExtension? Extension = null)
    : Message
{
    /// <summary>Code 1 in the place of 0: the mobile node is on the new link already, where its update has come from.</summary>
    public bool IsReactive { get; init; }

    /// <summary>Mobility header 10, link-layer address 9, padding 1, previous care-of address 20; padding 4 and new care-of address 20.</summary>
    public override int SizeBytes => (NewCareOfAddress is null ? 40 : 64) + (Extension?.MobilityBytes ?? 0);

    public override IReadOnlyList<int>? Parts => Extension?.MobilityParts(SizeBytes - Extension.MobilityBytes);

    public override string Name => "HI";
}

/// <summary>Handover Acknowledge (RFC 5568 section 6.2.1.2; mobility header type 15).</summary>
/// <param name="Sequence">Of the initiation.</param>
/// <param name="NewCareOfAddress">Accepted or assigned; its interface identifier tells the mobile node.</param>
public sealed record HandoverAcknowledge(
    ushort Sequence, HandoverCode Code, Address NewCareOfAddress, MessageExtension? Extension = null) : Message
{
    /// <summary>Mobility header 10, padding 2, new care-of address 20.</summary>
    public override int SizeBytes => 32 + (Extension?.MobilityBytes ?? 0);

    public override IReadOnlyList<int>? Parts => Extension?.MobilityParts(SizeBytes - Extension.MobilityBytes);

    public override string Name => "HAck";
}

/// <summary>Code of a handover acknowledge; 128 and above is a refusal (RFC 5568 section 6.2.1.2).</summary>
public enum HandoverCode : byte
{
    Accepted = 0,
    AddressAssigned = 2,
    Refused = 128,
    Prohibited = 129,
    InsufficientResources = 130,
}

/// <summary>Fast Binding Update (RFC 5568 section 6.2.2; mobility header type 8), from the previous link or, in reactive mode, the new.</summary>
/// <param name="PreviousCareOfAddress">Of the home address option.</param>
/// <param name="NewCareOfAddress">Of the alternate care-of address option.</param>
/// <param name="LifetimeSeconds">For which the previous router is to forward.</param>
public sealed record FastBindingUpdate(
    ushort Sequence,
    Address PreviousCareOfAddress,
    Address NewCareOfAddress,
    ushort LifetimeSeconds,
    MessageExtension? Extension = null) : Message
{
    /// <summary>Mobility header 12, padding 2, alternate care-of address 18.</summary>
    public const int HeaderBytes = 32;

    /// <summary>What ESP protects: all but the destination options header.</summary>
    public int ProtectedBytes => HeaderBytes + (Extension?.MobilityBytes ?? 0);

    /// <summary>Destination options header with the home address option (24), mobility header.</summary>
    public override int SizeBytes => 24 + ProtectedBytes;

    public override string Name => "FBU";
}

/// <summary>Fast Binding Acknowledgment (RFC 5568 section 6.2.3; mobility header type 9).</summary>
/// <param name="Sequence">Of the update.</param>
/// <param name="NewCareOfAddress">The one to use on the new link, as the new router has accepted or assigned it.</param>
public sealed record FastBindingAcknowledgment(
    FastBindingStatus Status, ushort Sequence, Address NewCareOfAddress, ushort LifetimeSeconds, MessageExtension? Extension = null)
    : Message
{
    /// <summary>Since when the previous router forwards: for the measurement, no bytes on the wire.</summary>
    public SimTime ForwardingSince { get; init; }

    /// <summary>Mobility header 12, padding 2, alternate care-of address 18.</summary>
    public override int SizeBytes => 32 + (Extension?.MobilityBytes ?? 0);

    public override string Name => "FBack";
}

/// <summary>Status of a fast binding acknowledgment; 128 and above is a refusal (RFC 5568 section 6.2.3).</summary>
public enum FastBindingStatus : byte
{
    Accepted = 0,
    UseSuppliedAddress = 1,
    Refused = 128,
    Prohibited = 129,
}

/// <summary>Unsolicited Neighbor Advertisement (RFC 5568 section 6.3; ICMPv6 136 with R = S = O = 0): the node is on the new link.</summary>
public sealed record UnsolicitedNeighborAdvertisement(Address Target, MessageExtension? Extension = null) : Message
{
    /// <summary>Header 8, target 16, target link-layer address option 8.</summary>
    public override int SizeBytes => 32 + (Extension?.NeighborDiscoveryBytes ?? 0);

    public override string Name => "UNA";
}
