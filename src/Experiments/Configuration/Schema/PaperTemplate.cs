using Experiments.Configuration.Syntax;
using Topology.Generation;
using Topology.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>The template <c>paper</c>, and what a file may override in it or another template.</summary>
internal static class PaperTemplate
{
    public const string Name = "paper";

    private const int LongestName = 64;

    // Only their names matter here; whether the study's own template has them is checked with its network.
    private static readonly NetworkPlan[] Networks = [PaperTopology.Build(Instant), HomePlusTwoTopology.Build(Instant)];

    private static PaperDelays Instant => new(None, None, None, None, None, None, TimeSpan.Zero);

    private static LinkDelay None => LinkDelay.Fixed(TimeSpan.Zero);

    /// <summary>Reports a node that the template has not.</summary>
    public static bool CheckNode(ConfigEntry entry, Findings findings) =>
        NameShape.Check(entry.Key, "a node", entry.KeyAt, findings)
        && (GeneratedTopology.IsName(entry.Key) || Check(TopologyOverrides.None with { Nodes = TopologyOverrides.None.Nodes.Add(entry.Key, new NodeOverride(null)) }, entry, findings));

    /// <summary>Reports a link that the template has not.</summary>
    public static bool CheckLink(ConfigEntry entry, Findings findings)
    {
        if (entry.Key.Split('>').Length == 2 && entry.Key.Length <= LongestName)
            return entry.Key.Split('>').All(GeneratedTopology.IsName) || Check(TopologyOverrides.None with { Links = TopologyOverrides.None.Links.Add(entry.Key, new LinkOverride()) }, entry, findings);
        findings.Error(Codes.NoSuchPlace, entry.KeyAt, $"'{entry.Key}' is no link. Write \"from>to\", as in \"par>nar\".");
        return false;
    }

    private static bool Check(TopologyOverrides overrides, ConfigEntry entry, Findings findings)
    {
        if (Networks.Any(network => overrides.Unknown(network).Count == 0))
            return true;
        var errors = overrides.Unknown(Networks[0]);
        foreach (var error in errors)
            findings.Error(error.Code, entry.KeyAt, $"{error.What}. {error.Remedy}");
        return false;
    }
}
