using Actors.Mobility;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>The options of the half-open table.</summary>
public static class HalfOpenOptions
{
    public const string Lifetime = "half-open-lifetime";

    public const string Limit = "half-open-limit";

    public static readonly SchemeOption LifetimeOption = new(
        Lifetime,
        TimeSpan.FromSeconds(30),
        "T_h: how long a new router keeps an arrival that is not confirmed, and how old an offer may be.");

    public static readonly SchemeOption LimitOption = new(
        Limit, 1000.0, "Arrivals that a new router keeps at a time; beyond that it refuses with code 130 (insufficient resources).");

    /// <summary>For routers of the paper, which have no limit of their own.</summary>
    public static readonly SchemeOption PaperLifetimeOption = new(
        Lifetime,
        TimeSpan.Zero,
        "T_h: how long a new router keeps an arrival that does not come; 0 for as long as its previous router may still repeat itself.");

    public static readonly SchemeOption PaperLimitOption = LimitOption with { Default = (double)int.MaxValue };
}
