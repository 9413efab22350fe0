using Experiments.Results;

namespace Experiments.Cluster.Protocol;

/// <summary>
/// The replications of a result: indices run on, each metric is the difference from the replication before, and the few
/// different ways in which handovers end are written once. Most metrics are the same throughout, a byte each.
/// </summary>
internal static class RecordCodec
{
    private const int LeastBytes = 10; // a digest, which outcome, and whether there is a distribution
    private const int MostMetrics = 4096;

    public static void Write(MessageWriter writer, IReadOnlyList<ReplicationRecord> records)
    {
        var outcomes = records.Select(record => record.Outcomes?.Json).Distinct().ToList();
        writer.List(outcomes, writer.OptionalText);
        var before = new long[records.Count == 0 ? 0 : records[0].Metrics.Length];
        writer.Unsigned((ulong)before.Length);
        writer.List(records, record =>
        {
            writer.Fixed(record.Digest);
            writer.Unsigned((ulong)outcomes.IndexOf(record.Outcomes?.Json));
            for (var i = 0; i < before.Length; i++)
                writer.Signed(unchecked(record.Metrics[i] - before[i]));
            before = record.Metrics;
            writer.OptionalBytes(record.Distribution);
        });
    }

    /// <param name="from">Index of the first.</param>
    public static IReadOnlyList<ReplicationRecord> Read(MessageReader reader, int from)
    {
        var outcomes = reader.List(() => Outcomes(reader));
        var width = reader.Natural();
        if (width > MostMetrics)
            throw reader.Bad("more metrics than there are");
        var before = new long[width];
        var index = from;
        return reader.List(
            () =>
            {
                var digest = reader.Fixed();
                var outcome = reader.Natural();
                if (outcome >= outcomes.Count)
                    throw reader.Bad("an outcome that was not told");
                var metrics = new long[before.Length];
                for (var i = 0; i < metrics.Length; i++)
                    metrics[i] = unchecked(before[i] + reader.Signed());
                before = metrics;
                return new ReplicationRecord(index++, metrics, digest, outcomes[outcome], reader.OptionalBytes());
            },
            LeastBytes + before.Length);
    }

    private static OutcomeCounts? Outcomes(MessageReader reader)
    {
        if (reader.OptionalText() is not { } text)
            return null;
        try
        {
            return OutcomeCounts.Read(text);
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or OverflowException)
        {
            throw reader.Bad("outcomes that are none");
        }
    }
}
