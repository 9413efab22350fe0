namespace Actors.Mobility;

/// <summary>The option that says whether a handover stays with its anchor point.</summary>
public static class AnchorPointChoice
{
    private const string IntraMap = "intra-map";

    public static readonly SchemeOption Option = new(
        "movement",
        IntraMap,
        "Keep the anchor point while the new router advertises it (intra-map), or take the one that it prefers (inter-map); RFC 5380 section 6.4.",
        [IntraMap, "inter-map"]);

    /// <summary>Whether the anchor point is kept where it may be.</summary>
    public static bool Keeps(SchemeOptions options) => options.Text(Option.Name) == IntraMap;
}
