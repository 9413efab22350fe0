using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// A chain of IKEv2 payloads inside fast handover messages: in RtSolPr and PrRtAdv as neighbor discovery options 253, in HI and
/// HAck as mobility options 18. An option is too short for a long chain, and so is a mobility header: the chain is split over
/// several, which carry index and count, and a message of the mobility header is sent as several.
/// </summary>
public abstract record ChainExtension : MessageExtension
{
    private const int LongestNeighborDiscoveryData = 2032;
    private const int NeighborDiscoveryHead = 8;
    private const int LongestMobilityOption = 257;
    private const int MobilityHead = 6;
    private const int LongestMobilityData = LongestMobilityOption - MobilityHead;
    private const int LongestMobilityHeader = 2048;

    public PayloadSizes Payloads { get; init; } = PayloadSizes.Paper;

    /// <summary>Bytes of the whole chain.</summary>
    public abstract override int ChainBytes { get; }

    /// <summary>Options of a head of 8 bytes and up to 2,032 of the chain, padded to 8.</summary>
    public sealed override int NeighborDiscoveryBytes
    {
        get
        {
            var (whole, rest) = Math.DivRem(ChainBytes, LongestNeighborDiscoveryData);
            return whole * (NeighborDiscoveryHead + LongestNeighborDiscoveryData) + (rest == 0 ? 0 : Padded(NeighborDiscoveryHead + rest));
        }
    }

    /// <summary>Options of a head of 6 bytes and up to 251 of the chain, together padded to 8.</summary>
    public sealed override int MobilityBytes => MobilityOptions(ChainBytes);

    public sealed override IReadOnlyList<int>? NeighborDiscoveryParts(int otherBytes) =>
        Payloads.IsFragmented ? [otherBytes + NeighborDiscoveryBytes] : null;

    /// <summary>Mobility headers of at most 2,048 bytes, each with all else that the message holds.</summary>
    public sealed override IReadOnlyList<int>? MobilityParts(int otherBytes)
    {
        if (!Payloads.IsFragmented)
            return null;
        var (whole, rest) = Math.DivRem(LongestMobilityHeader - otherBytes, LongestMobilityOption);
        var most = whole * LongestMobilityData + Math.Max(0, rest - MobilityHead);
        var parts = new List<int>();
        for (var left = ChainBytes; left > 0; left -= most)
            parts.Add(otherBytes + MobilityOptions(Math.Min(left, most)));
        return parts;
    }

    private static int MobilityOptions(int data) =>
        Padded(data + MobilityHead * ((data + LongestMobilityData - 1) / LongestMobilityData));

    private static int Padded(int bytes) => (bytes + 7) & ~7;
}
