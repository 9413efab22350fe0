using System.Globalization;
using Topology.Generation;

namespace Experiments.Plans;

/// <summary>A generated network.</summary>
/// <param name="Seed">Decides the core and the delays of links.</param>
/// <param name="CoreText">What identifies the core: its model and parameters, or the hash of its file.</param>
public sealed record GeneratedPlan(HmipTopology Shape, ulong Seed, string CoreText)
{
    /// <summary>All that decides the network, besides delays, in one line.</summary>
    public string Canonical => string.Create(CultureInfo.InvariantCulture,
        $"hmipv6;{Shape.Domains};{Shape.MapsPerDomain};{Shape.RoutersPerMap};{Shape.HomeDomains};{Shape.Correspondents};{Aaa};{CoreText};{Shape.CellRadius:R};{Shape.CellOverlap:R};{Shape.Rates};{Shape.DrawsPerLink};{Seed}");

    private string Aaa => Shape.AaaDomains is { } domains ? string.Join(',', domains) : "all";
}
