using Actors.Mobility;

namespace Actors.Schemes.Famipv6;

/// <summary>How the paper's lost formula for this scheme is read.</summary>
/// <param name="UpdatesInParallel">The binding update leaves at link-up, beside the authentication; else after the decision.</param>
/// <param name="IsChallenged">The home AAA server sends a challenge first: two round trips in place of one.</param>
/// <param name="NodeSigns">The mobile node signs its request by RSA; else it proves it by the shared key.</param>
/// <param name="HomeSigns">The home AAA server signs its decision by RSA; else it proves it by the shared key.</param>
public readonly record struct Readings(bool UpdatesInParallel, bool IsChallenged, bool NodeSigns, bool HomeSigns)
{
    private const string Update = "update";
    private const string RoundTrips = "round-trips";
    private const string Signatures = "signatures";

    internal static readonly IReadOnlyList<SchemeOption> Options =
    [
        new(Update, "serial", "When BU leaves: after the AAA decision, or at link-up beside it; a reading of the paper's lost formula.", ["serial", "parallel"]),
        new(RoundTrips, "one", "AAA round trips to home: one, or two, the first for a challenge; a reading of the paper's lost formula.", ["one", "two"]),
        new(
            Signatures,
            "none",
            "Who signs by RSA in place of the shared key, at one t_RSA each: nobody, the mobile node its request, or the AAAH its decision too; a reading of the paper's lost formula.",
            ["none", "request", "mutual"]),
    ];

    /// <summary>t_RSA on the path: each signature stands with its verification.</summary>
    internal int SignaturePairs => (NodeSigns ? 1 : 0) + (HomeSigns ? 1 : 0);

    internal static Readings Of(SchemeOptions options) => new(
        options.Text(Update) == "parallel",
        options.Text(RoundTrips) == "two",
        options.Text(Signatures) != "none",
        options.Text(Signatures) == "mutual");
}
