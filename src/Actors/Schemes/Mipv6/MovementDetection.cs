using Actors.Mobility;

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
}
