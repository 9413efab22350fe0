using Actors.Mobility;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>How the paper's lost formula for this scheme is read.</summary>
/// <param name="ParametersAreCached">The visited AAA server holds the signature parameters of the home already: no round trip to home before the switch.</param>
/// <param name="NetworkSigns">The visited AAA server signs its reply, which the mobile node verifies.</param>
public readonly record struct Readings(bool ParametersAreCached, bool NetworkSigns)
{
    internal static readonly SchemeOption ParametersOption = new(
        "parameters",
        "fetched",
        "Whether the AAAv fetches the home's signature parameters for each handover or holds them already; a reading of the paper's lost formula.",
        ["fetched", "cached"]);

    internal static readonly SchemeOption SignaturesOption = new(
        "signatures",
        "mutual",
        "Who signs: the mobile node its request only, or the AAAv its reply too; a reading of the paper's lost formula.",
        ["mutual", "request"]);

    internal static Readings Of(SchemeOptions options) =>
        new(options.Text(ParametersOption.Name) == "cached", options.Text(SignaturesOption.Name) == "mutual");
}
