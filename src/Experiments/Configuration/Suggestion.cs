namespace Experiments.Configuration;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
public static class Suggestion
{
    /// <summary><c>Did you mean 'x'?</c>, or the list of what there is when nothing is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = names
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Tolerated(name, candidate.Name))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        if (nearest is not null)
            return $"Did you mean '{nearest}'?";
        return names.Count == 0 ? "There is none." : $"Known: {string.Join(", ", names)}.";
    }

    /// <summary>A third of the longer name; very short names must agree but for case.</summary>
    private static int Tolerated(string a, string b) => Math.Min(a.Length, b.Length) < 3 ? 0 : Math.Max(a.Length, b.Length) / 3;

    /// <summary>Optimal string alignment: insertions, deletions, replacements, swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 64)
            return int.MaxValue;
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
