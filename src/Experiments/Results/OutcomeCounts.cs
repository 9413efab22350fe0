using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Topology.Randomness;

namespace Experiments.Results;

/// <summary>Handovers that ended in one way.</summary>
/// <param name="Reason">Why they failed; null for an outcome that gives none.</param>
public sealed record OutcomeCount(string Name, string? Reason, int Count)
{
    /// <summary><c>predictive</c>, or <c>failed: no binding acknowledgement</c>.</summary>
    public string Label => Reason is null ? Name : $"{Name}{OutcomeCounts.Separator}{Reason}";
}

/// <summary>How the handovers of a replication, or of many, ended. Outcomes are open names; their order here is always the same.</summary>
public sealed class OutcomeCounts
{
    internal const string Separator = ": ";
    public const string Failed = "failed";

    /// <summary>No handover at all.</summary>
    public static readonly OutcomeCounts None = new([]);

    private OutcomeCounts(ImmutableArray<OutcomeCount> items)
    {
        Items = items;
        Handovers = items.Sum(item => item.Count);
        Json = Written(items);
        Hash = Json.Aggregate(0UL, (hash, letter) => RandomStream.Mix(hash ^ letter));
    }

    /// <summary>See <see cref="NameOrder"/>; those of one name by reason.</summary>
    public ImmutableArray<OutcomeCount> Items { get; }

    public int Handovers { get; }

    /// <summary>An object with a member per label, its count.</summary>
    public string Json { get; }

    internal ulong Hash { get; }

    /// <summary>How many ended with this outcome, whatever the reason.</summary>
    public int this[string name] => Items.Sum(item => item.Name == name ? item.Count : 0);

    /// <summary>Equal outcomes are added up.</summary>
    public static OutcomeCounts Of(IEnumerable<OutcomeCount> counts) => new(
    [
        .. counts.GroupBy(count => (count.Name, count.Reason))
            .Select(group => new OutcomeCount(group.Key.Name, group.Key.Reason, group.Sum(count => count.Count)))
            .OrderBy(count => count.Name, NameOrder).ThenBy(count => count.Reason, StringComparer.Ordinal),
    ]);

    /// <summary>The inverse of <see cref="Json"/>.</summary>
    /// <exception cref="JsonException">The text is none.</exception>
    public static OutcomeCounts Read(string json) => Of((JsonSerializer.Deserialize<Dictionary<string, int>>(json) ?? [])
        .Select(pair => pair.Key.Split(Separator, 2) is [var name, var reason]
            ? new OutcomeCount(name, reason, pair.Value)
            : new OutcomeCount(pair.Key, null, pair.Value)));

    /// <summary>Predictive, reactive, then by name, failed at last.</summary>
    public static readonly IComparer<string> NameOrder = Comparer<string>.Create((left, right) =>
        (Rank(left), Rank(right)) is var (a, b) && a != b ? a.CompareTo(b) : string.CompareOrdinal(left, right));

    private static int Rank(string name) => name switch
    {
        "predictive" => 0,
        "reactive" => 1,
        Failed => 3,
        _ => 2,
    };

    private static string Written(ImmutableArray<OutcomeCount> items)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var item in items)
                json.WriteNumber(item.Label, item.Count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
