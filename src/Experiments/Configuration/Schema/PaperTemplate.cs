using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Schema;

/// <summary>The names of the template <c>paper</c>: what a file may override.</summary>
internal static class PaperTemplate
{
    public const string Name = "paper";

    public static readonly string[] Nodes = ["mn", "par", "nar", "pmap", "nmap", "ha", "aaav", "paaav", "aaah", "cn"];

    /// <summary>Reports a node that the template has not.</summary>
    public static bool CheckNode(ConfigEntry entry, Findings findings) => IsNode(entry.Key, entry.KeyAt, entry.Key, findings);

    /// <summary>Reports a link that the template has not.</summary>
    public static bool CheckLink(ConfigEntry entry, Findings findings)
    {
        var ends = entry.Key.Split('>');
        if (ends.Length != 2)
        {
            findings.Error(Codes.NoSuchLink, entry.KeyAt, $"'{entry.Key}' is no link. Write \"from>to\", as in \"par>nar\".");
            return false;
        }

        if (ends[0] == ends[1] && Nodes.Contains(ends[0]))
        {
            findings.Error(Codes.NoSuchLink, entry.KeyAt, $"link '{entry.Key}' leads from a node to itself. Write \"from>to\" with two nodes.");
            return false;
        }

        // Both ends are checked, so that both mistakes show.
        return IsNode(ends[0], entry.KeyAt, entry.Key, findings) & IsNode(ends[1], entry.KeyAt, entry.Key, findings);
    }

    private static bool IsNode(string name, SourcePosition at, string key, Findings findings)
    {
        if (Nodes.Contains(name))
            return true;
        findings.Error(Codes.NoSuchPlace, at,
            $"the topology has no node '{name}'{(key == name ? "" : $" (link '{key}')")}. {Suggestion.For(name, Nodes)}");
        return false;
    }
}
