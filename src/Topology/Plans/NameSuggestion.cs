namespace Topology.Plans;

/// <summary>The known name a user probably meant.</summary>
public static class NameSuggestion
{
    /// <summary>`Did you mean 'par>nar'?`, or the list of all names when none is near.</summary>
    public static string For(string unknown, IReadOnlyList<string> known)
    {
        var nearest = known.Select(name => (Name: name, Edits: Edits(unknown, name)))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Max(1, unknown.Length / 3)
            ? $"Did you mean '{nearest.Name}'?"
            : $"Known are {string.Join(", ", known)}.";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one name into the other, case ignored.</summary>
    private static int Edits(string from, string to)
    {
        var distance = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                var replaced = distance[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                distance[i, j] = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[from.Length, to.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
