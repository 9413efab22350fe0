using System.Globalization;
using Topology.Plans;
using Topology.Randomness;

namespace Topology.Generation;

/// <summary>Bandwidths of generated links; null for no limit.</summary>
public sealed record LinkRates(BitRate? Wireless, BitRate? IntraDomain, BitRate? InterDomain, BitRate? Home)
{
    public static readonly LinkRates Unlimited = new(null, null, null, null);

    internal BitRate? Of(LinkClass link) => link switch
    {
        LinkClass.Wireless => Wireless,
        LinkClass.IntraDomain => IntraDomain,
        LinkClass.InterDomain => InterDomain,
        _ => Home,
    };
}

/// <summary>
/// A network of visited domains of Hierarchical Mobile IPv6 (RFC 5380), whose gateways a core joins, and of home domains that hang on
/// the core. A visited domain has a gateway, on it the anchor points and a AAA server, and on each anchor point its access
/// routers, whose cells tile the plane. A home domain has a gateway, on it a home agent, a AAA server and its share of the
/// correspondents. Nodes of a domain follow one another, so that its prefixes are one range.
/// </summary>
public sealed record HmipTopology
{
    /// <summary>Visited domains, at least 1.</summary>
    public int Domains { get; init; } = 4;

    /// <summary>At least 1.</summary>
    public int MapsPerDomain { get; init; } = 1;

    /// <summary>At least 1.</summary>
    public int RoutersPerMap { get; init; } = 4;

    /// <summary>At least 1; mobile node i is at home in domain i mod this.</summary>
    public int HomeDomains { get; init; } = 1;

    /// <summary>At least 0; mobile node i talks to correspondent i mod this, which is in home domain of that number modulo theirs.</summary>
    public int Correspondents { get; init; } = 1;

    /// <summary>Visited domains with a AAA server; null for all of them, empty for no AAA at all, at home neither.</summary>
    public IReadOnlyList<int>? AaaDomains { get; init; }

    public CoreModel Core { get; init; } = new RingCore();

    /// <summary>A core in place of one that <see cref="Core"/> makes; it has at least as many nodes as there are visited domains.</summary>
    public CoreGraph? ImportedCore { get; init; }

    /// <summary>How far a cell reaches, in metres; above 0.</summary>
    public double CellRadius { get; init; } = 100;

    /// <summary>See <see cref="CellLayout.Overlap"/>; 0 to below 1.</summary>
    public double CellOverlap { get; init; } = 0.15;

    public LinkRates Rates { get; init; } = LinkRates.Unlimited;

    /// <summary>Whether each link draws its delay once and keeps it (c, which is drawn once for each handover, excepted), or anew for each packet.</summary>
    public bool DrawsPerLink { get; init; } = true;

    public CellLayout Layout => new(Domains, MapsPerDomain, RoutersPerMap, CellRadius, CellOverlap);

    public int Routers => Domains * MapsPerDomain * RoutersPerMap;

    /// <summary>The network with its overrides, or every error at once.</summary>
    /// <param name="seed">Decides the core and the delays of links.</param>
    /// <param name="mobiles">At least 0; computed when asked for, so that their number costs nothing.</param>
    /// <param name="firstRouter">The access router, from 0, at which a mobile node starts; null deals them out in turn.</param>
    public PlanResult Build(PaperDelays delays, ulong seed, TopologyOverrides overrides, int mobiles, Func<int, int>? firstRouter = null)
    {
        var errors = Flaws().ToArray();
        if (errors.Length > 0)
            return new PlanResult(null, errors);
        var network = new HmipNetwork(this, delays, seed);

        // One mobile node stands for all, which are computed alike.
        var sample = network.Plan(Math.Min(mobiles, 1), router => router % Routers);
        var found = overrides.Unknown(sample);
        if (found.Count == 0)
            found = NetworkPlanValidation.Errors(overrides.ApplyTo(sample));
        return found.Count > 0
            ? new PlanResult(null, found)
            : new PlanResult(overrides.ApplyTo(network.Plan(mobiles, firstRouter ?? (mobile => mobile % Routers))), []);
    }

    private IEnumerable<PlanError> Flaws()
    {
        if (Core.Flaw is { } flaw && ImportedCore is null)
            yield return new("HO3019", "core", $"the core cannot be made: {flaw}", "Change its parameters.");
        if (ImportedCore is { } core && core.Nodes.Count < Domains)
            yield return new("HO3019", "core",
                string.Create(CultureInfo.InvariantCulture, $"the core has {core.Nodes.Count} nodes for {Domains} domains"), "Ask for as many domains as it has nodes, or fewer.");
        foreach (var domain in (AaaDomains ?? []).Where(domain => domain < 0 || domain >= Domains))
            yield return new("HO3004", "aaa",
                string.Create(CultureInfo.InvariantCulture, $"AAA is asked for in domain {domain}, which is not there"), string.Create(CultureInfo.InvariantCulture, $"Name domains from 0 to {Domains - 1}."));
    }
}
