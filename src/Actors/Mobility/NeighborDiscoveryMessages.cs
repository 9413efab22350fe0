using System.Collections.Immutable;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>Router Solicitation (RFC 4861 section 4.1; ICMPv6 133).</summary>
public sealed record RouterSolicitation : Message
{
    /// <summary>Header 8, source link-layer address option 8.</summary>
    public override int SizeBytes => 16;

    public override string Name => "RS";
}

/// <summary>Router Advertisement (RFC 4861 section 4.2; ICMPv6 134).</summary>
/// <param name="Prefix">Whose prefix the prefix information option announces.</param>
/// <param name="AnchorPoints">Mobility anchor points that cover this link, the preferred one first: a MAP option each (RFC 5380 section 5).</param>
public sealed record RouterAdvertisement(NodeId Prefix, ImmutableArray<Address> AnchorPoints) : Message
{
    public RouterAdvertisement(NodeId prefix)
        : this(prefix, [])
    {
    }

    /// <summary>Header 16, source link-layer address option 8, prefix information option 32, MAP options 24 each.</summary>
    public override int SizeBytes => 56 + 24 * AnchorPoints.Length;

    public override string Name => "RA";
}

/// <summary>
/// Neighbor Solicitation of duplicate address detection (RFC 4862 section 5.4.2; ICMPv6 135), from the unspecified address.
/// Every node of the link hears it; the router stands for them.
/// </summary>
public sealed record NeighborSolicitation(Address Target) : Message
{
    /// <summary>Header 8, target 16; no option when the source is unspecified.</summary>
    public override int SizeBytes => 24;

    public override string Name => "NS";
}
