using Topology.Plans;

namespace Experiments.Configuration;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary><c>Did you mean 'x'?</c>, or what there is when nothing is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        if (names.Count == 0)
            return "There is none.";
        if (names.Count == 1)
            return $"The only one is '{names[0]}'.";
        return NameSuggestion.For(name.Length <= LongestName ? name : "", names);
    }
}
