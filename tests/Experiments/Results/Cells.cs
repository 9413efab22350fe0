using CsCheck;
using Experiments.Results;

namespace Tests.Experiments.Results;

/// <summary>Small cells to store and to summarise.</summary>
internal static class Cells
{
    public static readonly MetricDefinition[] Metrics = [new("total", "ms"), new("registration", "ms"), new("signalling.messages", "count")];

    public static readonly Gen<ReplicationRecord[]> Replications =
        Gen.Select(Gen.Long[0, 2_000_000], Gen.OneOf(Gen.Long[0, 500_000], Gen.Const(MetricDefinition.Absent)), Gen.Long[0, 40], Gen.ULong)
            .Select((total, registration, messages, digest) => (Values: new[] { total, registration, messages }, digest))
            .Array[0, 60]
            .Select(items => items.Select((item, index) => new ReplicationRecord(index, item.Values, item.digest)).ToArray());

    public static ReplicationRecord[] Totals(params long[] totals) =>
        [.. totals.Select((total, index) => new ReplicationRecord(index, [total, MetricDefinition.Absent, 8], (ulong)index))];

    public static CellSamples Of(IEnumerable<ReplicationRecord> records)
    {
        var samples = new CellSamples(Metrics);
        foreach (var record in records)
            samples.Add(record);
        return samples;
    }

    public static SweptParameter H(int ms) => new("H", "H_ms", "ms", $"{ms}");
}
