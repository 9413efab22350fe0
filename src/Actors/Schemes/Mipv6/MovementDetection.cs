using Actors.Mobility;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Mipv6;

/// <summary>The option that says how a node notices the new router.</summary>
public static class MovementDetection
{
    public const string Solicited = "solicited";

    public static readonly SchemeOption Option = new(
        "movement-detection",
        Solicited,
        "After link-up: ask for a Router Advertisement (solicited), or trust the link layer's word (link-layer; RFC 6275 section 11.5.1).",
        [Solicited, "link-layer"]);

    /// <summary>From link-up until the new address may be used, for closed forms.</summary>
    internal static DelayForm Form(SchemeOptions options) =>
        options.Text(Option.Name) == Solicited ? Md + 2 * A + 2 * Tp + Dad : Md + Dad;
}
